import type { OwnedLibrary } from "./owned-games.ts";
import type { Permits } from "./permits.ts";
import type { PlayerSummary } from "./player-summaries.ts";
import type { RecentlyPlayed } from "./recently-played.ts";

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
  recentlyPlayed(
    steamId: string,
    options?: CallOptions,
  ): Promise<RecentlyPlayed>;
  /** GetPlayerSummaries, in the order that Steam gives; an unknown id is missing. */
  playerSummaries(
    steamIds: readonly string[],
    options?: CallOptions,
  ): Promise<readonly PlayerSummary[]>;
  /** The SteamID64 of a vanity name; kind `bad_steam_id` when nobody has it. */
  resolveVanityUrl(name: string, options?: CallOptions): Promise<string>;
}

export function createSteamClient(_options: SteamClientOptions): SteamClient {
  throw new Error("not there yet");
}
