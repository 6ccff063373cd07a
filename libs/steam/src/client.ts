import { type Caller, call, type Query } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { SteamFailure } from "./failure.ts";
import { type GameSchema, getSchemaForGame } from "./game-schema.ts";
import {
  type AchievementPercentage,
  getGlobalAchievementPercentages,
} from "./global-percentages.ts";
import { clientGetLastPlayedTimes, type LastPlayedTimes } from "./last-played-times.ts";
import { getOwnedGames, OWNED_GAMES_FLAGS, type OwnedLibrary } from "./owned-games.ts";
import type { Permits } from "./permits.ts";
import { getPlayerAchievements, type PlayerAchievements } from "./player-achievements.ts";
import { getPlayerSummaries, type PlayerSummary, SUMMARIES_MAX } from "./player-summaries.ts";
import { getRecentlyPlayedGames, type RecentlyPlayed } from "./recently-played.ts";
import { RETRY_ATTEMPTS, sleep } from "./retry.ts";
import { getItems, STORE_ITEMS_MAX, type StoreItem, storeItemsQuery } from "./store-items.ts";
import {
  type AchievementCount,
  getTopAchievementsForGames,
  TOP_ACHIEVEMENTS_APPS_MAX,
  TOP_ACHIEVEMENTS_FLAGS,
} from "./top-achievements.ts";
import { resolveVanityUrl } from "./vanity-url.ts";
import { checkYear, getUserYearInReview, type YearInReview } from "./year-in-review.ts";

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

  /** GetPlayerAchievements, in English. Kinds `no_stats`, `not_visible` (this game) and `empty` are about the app. */
  playerAchievements(
    steamId: string,
    appId: number,
    options?: CallOptions,
  ): Promise<PlayerAchievements>;
  /** GetSchemaForGame, in English; kind `no_stats` for an app without any. */
  gameSchema(appId: number, options?: CallOptions): Promise<GameSchema>;
  /** GetGlobalAchievementPercentagesForApp, without the key, the most common first; kind `no_stats` for an app without any. */
  globalAchievementPercentages(
    appId: number,
    options?: CallOptions,
  ): Promise<readonly AchievementPercentage[]>;
  /**
   * GetTopAchievementsForGames in batches; an app of which Steam tells nothing is missing. It is undocumented, so whatever
   * goes wrong only ends it: what was told until then, or null when that is nothing.
   */
  achievementCounts(
    steamId: string,
    appIds: readonly number[],
    options?: CallOptions,
  ): Promise<readonly AchievementCount[] | null>;
  /** GetUserYearInReview of the account and year asked for; kind `not_visible` when Steam does not show it, so that year is not done. */
  yearInReview(steamId: string, year: number, options?: CallOptions): Promise<YearInReview>;
  /** ClientGetLastPlayedTimes of the key's own account; null when Steam does not answer this key, or at all. */
  lastPlayedTimes(options?: CallOptions): Promise<readonly LastPlayedTimes[] | null>;
  /** GetItems in batches, without the key; an app that Steam leaves out is missing. */
  storeItems(appIds: readonly number[], options?: CallOptions): Promise<readonly StoreItem[]>;
}

export function createSteamClient(options: SteamClientOptions): SteamClient {
  const { key } = options;
  const caller = createCaller(options);
  // The key lives in this closure alone, so that no object that is printed or logged can show it.
  const ask: Ask = (endpoint, query, options) =>
    call(caller, endpoint, { key, ...query }, options?.signal);
  const askWithoutKey: Ask = (endpoint, query, options) =>
    call(caller, endpoint, query, options?.signal);
  return { ...accountMethods(ask), ...gameMethods(ask, askWithoutKey), ...historyMethods(ask) };
}

type Ask = <T>(endpoint: Endpoint<T>, query: Query, options?: CallOptions) => Promise<T>;

type AccountMethods = "ownedGames" | "recentlyPlayed" | "playerSummaries" | "resolveVanityUrl";

function accountMethods(ask: Ask): Pick<SteamClient, AccountMethods> {
  return {
    ownedGames: (steamid, options) =>
      ask(getOwnedGames, { steamid, ...OWNED_GAMES_FLAGS }, options),
    recentlyPlayed: (steamid, options) =>
      ask(getRecentlyPlayedGames, { steamid, count: "0" }, options),
    async playerSummaries(steamIds, options) {
      const players: PlayerSummary[] = [];
      for (const batch of batches(steamIds, SUMMARIES_MAX)) {
        players.push(...(await ask(getPlayerSummaries, { steamids: batch.join(",") }, options)));
      }
      return players;
    },
    resolveVanityUrl: (vanityurl, options) => ask(resolveVanityUrl, { vanityurl }, options),
  };
}

type GameMethods =
  "playerAchievements" | "gameSchema" | "globalAchievementPercentages" | "storeItems";

function gameMethods(ask: Ask, askWithoutKey: Ask): Pick<SteamClient, GameMethods> {
  const l = "english";
  return {
    playerAchievements: (steamid, appId, options) =>
      ask(getPlayerAchievements, { steamid, appid: String(appId), l }, options),
    gameSchema: (appId, options) => ask(getSchemaForGame, { appid: String(appId), l }, options),
    globalAchievementPercentages: (appId, options) =>
      askWithoutKey(getGlobalAchievementPercentages, { gameid: String(appId) }, options),
    async storeItems(appIds, options) {
      const items: StoreItem[] = [];
      for (const batch of batches(appIds, STORE_ITEMS_MAX)) {
        const query = { input_json: storeItemsQuery(batch) };
        items.push(...(await askWithoutKey(getItems, query, options)));
      }
      return items;
    },
  };
}

type HistoryMethods = "achievementCounts" | "yearInReview" | "lastPlayedTimes";

function historyMethods(ask: Ask): Pick<SteamClient, HistoryMethods> {
  return {
    async achievementCounts(steamid, appIds, options) {
      const counts: AchievementCount[] = [];
      for (const [index, batch] of batches(appIds, TOP_ACHIEVEMENTS_APPS_MAX).entries()) {
        const query = { steamid, ...TOP_ACHIEVEMENTS_FLAGS, ...indexed("appids", batch) };
        const told = await orNull(ask(getTopAchievementsForGames, query, options));
        if (told === null) return index === 0 ? null : counts;
        counts.push(...told);
      }
      return counts;
    },
    async yearInReview(steamid, year, options) {
      const query = { steamid, year: String(year) };
      return checkYear(await ask(getUserYearInReview, query, options), steamid, year);
    },
    lastPlayedTimes: (options) =>
      orNull(ask(clientGetLastPlayedTimes, { min_last_played: "0" }, options)),
  };
}

function batches<T>(items: readonly T[], size: number): (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** A list as Steam reads it: `appids[0]=10&appids[1]=20`. */
function indexed(name: string, values: readonly number[]): Query {
  return Object.fromEntries(values.map((value, index) => [`${name}[${index}]`, String(value)]));
}

/** For what may be missing: any failure of Steam's is null, a cancellation stays one. */
async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof SteamFailure) return null;
    throw error;
  }
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
