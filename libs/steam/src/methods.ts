import { batches } from "./batches.ts";
import type { Query } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { SteamFailure } from "./failure.ts";
import { getSchemaForGame } from "./game-schema.ts";
import { getGlobalAchievementPercentages } from "./global-percentages.ts";
import { getOwnedGames, OWNED_GAMES_FLAGS } from "./owned-games.ts";
import { getPlayerAchievements } from "./player-achievements.ts";
import { getPlayerSummaries, type PlayerSummary, SUMMARIES_MAX } from "./player-summaries.ts";
import { getRecentlyPlayedGames } from "./recently-played.ts";
import type { CallOptions, SteamClient } from "./steam-client.ts";
import { getItems, STORE_ITEMS_MAX, type StoreItem, storeItemsQuery } from "./store-items.ts";
import {
  type AchievementCount,
  getTopAchievementsForGames,
  TOP_ACHIEVEMENTS_APPS_MAX,
  TOP_ACHIEVEMENTS_FLAGS,
} from "./top-achievements.ts";
import { resolveVanityUrl } from "./vanity-url.ts";
import { checkYear, getUserYearInReview } from "./year-in-review.ts";

/** Asks one method and understands its answer. */
export type Ask = <T>(endpoint: Endpoint<T>, query: Query, options?: CallOptions) => Promise<T>;

type AccountMethods = "ownedGames" | "recentlyPlayed" | "playerSummaries" | "resolveVanityUrl";

export function accountMethods(ask: Ask): Pick<SteamClient, AccountMethods> {
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

export function gameMethods(ask: Ask, askWithoutKey: Ask): Pick<SteamClient, GameMethods> {
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

type HistoryMethods = "achievementCounts" | "yearInReview";

export function historyMethods(ask: Ask): Pick<SteamClient, HistoryMethods> {
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
  };
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
