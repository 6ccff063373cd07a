import type { AppListPage, AppListQuestion } from "./app-list.ts";
import type { GameSchema } from "./game-schema.ts";
import type { AchievementPercentage } from "./global-percentages.ts";
import type { OwnedLibrary } from "./owned-games.ts";
import type { PlayerAchievements } from "./player-achievements.ts";
import type { PlayerSummary } from "./player-summaries.ts";
import type { RecentlyPlayed } from "./recently-played.ts";
import type { StoreFactsItem } from "./store-facts.ts";
import type { StoreItem } from "./store-items.ts";
import type { TagList } from "./tag-list.ts";
import type { AchievementCount } from "./top-achievements.ts";
import type { YearInReview } from "./year-in-review.ts";

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
  /** GetItems in batches, without the key; an app that Steam leaves out is missing. */
  storeItems(appIds: readonly number[], options?: CallOptions): Promise<readonly StoreItem[]>;

  /** One page of IStoreService/GetAppList; kind `empty` for a page without any app, unless the list is an incremental one. */
  appListPage(question?: AppListQuestion, options?: CallOptions): Promise<AppListPage>;
  /**
   * GetItems with everything that the catalogue keeps, in batches and without the key. An app that is missing in the answer was
   * not told of, which says nothing about it; one that the store does not show has `facts` null.
   */
  storeFacts(appIds: readonly number[], options?: CallOptions): Promise<readonly StoreFactsItem[]>;
  /** IStoreService/GetTagList, in English; `versionHash` of the list that is known, so that it comes only when it changed. */
  tagList(versionHash?: string, options?: CallOptions): Promise<TagList>;
}
