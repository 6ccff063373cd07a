import { type Caller, call, type Query } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { getOwnedGames, OWNED_GAMES_FLAGS, type OwnedLibrary } from "./owned-games.ts";
import type { Permits } from "./permits.ts";
import { getPlayerSummaries, type PlayerSummary, SUMMARIES_MAX } from "./player-summaries.ts";
import { getRecentlyPlayedGames, type RecentlyPlayed } from "./recently-played.ts";
import { RETRY_ATTEMPTS, sleep } from "./retry.ts";
import { resolveVanityUrl } from "./vanity-url.ts";

/** Where the Steam Web API is, unless a test or a proxy stands in for it. */
export const STEAM_API_URL = "https://api.steampowered.com";

const TIMEOUT_MS = 10_000;

export interface SteamClientOptions {
  /** Without a path, such as `https://api.steampowered.com`. */
  readonly apiUrl: string;
  readonly key: string;
  readonly permits: Permits;
  /** HTTP requests for one call at most, 3 unless told. */
  readonly retryAttempts?: number;
  /** For one HTTP request, from sending it to the last byte; 10 s unless told. Waiting for a permit does not count. */
  readonly timeoutMs?: number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** In [0, 1), for the jitter. */
  readonly random?: () => number;
}

export interface CallOptions {
  /** Ends the whole call, waiting and retries included; it then rejects with the signal's reason, not with a SteamFailure. */
  readonly signal?: AbortSignal;
}

/** The Steam Web API. Every method gives data or rejects with a SteamFailure. */
export interface SteamClient {
  /** GetOwnedGames with everything that Steam is willing to list. */
  ownedGames(steamId: string, options?: CallOptions): Promise<OwnedLibrary>;
  /** GetRecentlyPlayedGames, all of them. */
  recentlyPlayed(steamId: string, options?: CallOptions): Promise<RecentlyPlayed>;
  /** GetPlayerSummaries, in the order that Steam gives; an unknown id is missing. */
  playerSummaries(
    steamIds: readonly string[],
    options?: CallOptions,
  ): Promise<readonly PlayerSummary[]>;
  /** The SteamID64 of a vanity name; kind `bad_steam_id` when nobody has it. */
  resolveVanityUrl(name: string, options?: CallOptions): Promise<string>;
}

export function createSteamClient(options: SteamClientOptions): SteamClient {
  const { key } = options;
  const caller = createCaller(options);
  // The key lives in this closure alone, so that no object that is printed or logged can show it.
  const ask = <T>(endpoint: Endpoint<T>, query: Query, options?: CallOptions) =>
    call(caller, endpoint, { key, ...query }, options?.signal);

  return {
    ownedGames: (steamid, options) =>
      ask(getOwnedGames, { steamid, ...OWNED_GAMES_FLAGS }, options),
    recentlyPlayed: (steamid, options) =>
      ask(getRecentlyPlayedGames, { steamid, count: "0" }, options),
    async playerSummaries(steamIds, options) {
      const players: PlayerSummary[] = [];
      for (let from = 0; from < steamIds.length; from += SUMMARIES_MAX) {
        const steamids = steamIds.slice(from, from + SUMMARIES_MAX).join(",");
        players.push(...(await ask(getPlayerSummaries, { steamids }, options)));
      }
      return players;
    },
    resolveVanityUrl: (vanityurl, options) => ask(resolveVanityUrl, { vanityurl }, options),
  };
}

function createCaller(options: SteamClientOptions): Caller {
  return {
    baseUrl: options.apiUrl.replace(/\/+$/, ""),
    permits: options.permits,
    retry: {
      attempts: options.retryAttempts ?? RETRY_ATTEMPTS,
      random: options.random ?? Math.random,
    },
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    sleep: options.sleep ?? sleep,
    now: options.now ?? Date.now,
  };
}
