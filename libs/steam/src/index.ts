/** HTTP clients for Steam; the only code that knows its URLs, and the only place where the key is. */
export { type Answer, retryAfterMs } from "./answer.ts";
export {
  APP_LIST_KINDS,
  APP_LIST_PAGE_MAX,
  type AppListKind,
  type AppListPage,
  type AppListQuestion,
  getAppList,
  type ListedApp,
} from "./app-list.ts";
export { coverUrl, iconUrl } from "./art.ts";
export { classify } from "./classification.ts";
export { createSteamClient, STEAM_API_URL, type SteamClientOptions } from "./client.ts";
export type { Endpoint } from "./endpoint.ts";
export { FAILURE_KINDS, type FailureDetails, type FailureKind, SteamFailure } from "./failure.ts";
export { type GameSchema, getSchemaForGame, type SchemaAchievement } from "./game-schema.ts";
export {
  type AchievementPercentage,
  getGlobalAchievementPercentages,
} from "./global-percentages.ts";
export { clientGetLastPlayedTimes, type LastPlayedTimes } from "./last-played-times.ts";
export {
  getOwnedGames,
  type OwnedGame,
  type OwnedLibrary,
  playtimePrivate,
} from "./owned-games.ts";
export type { Price } from "./price.ts";
export { type ApiName, type ApiNames, type Permits, unlimitedPermits } from "./permits.ts";
export {
  getPlayerAchievements,
  type PlayerAchievement,
  type PlayerAchievements,
  silentlyEmpty,
} from "./player-achievements.ts";
export { getPlayerSummaries, type InGame, type PlayerSummary } from "./player-summaries.ts";
export { getRecentlyPlayedGames, type RecentGame, type RecentlyPlayed } from "./recently-played.ts";
export { RETRY_ATTEMPTS } from "./retry.ts";
export type { CallOptions, SteamClient } from "./steam-client.ts";
export { appDetails } from "./store.ts";
export type { StoreClient } from "./store-client.ts";
export type { StoreDetails, StorePrice } from "./store-details.ts";
export {
  APP_TYPES,
  type AppType,
  type StoreFacts,
  type StoreFactsItem,
  type StoreTag,
} from "./store-facts.ts";
export { getItems, type StoreArt, type StoreItem } from "./store-items.ts";
export { steamSpyAll, steamSpyDetails } from "./steamspy.ts";
export type { SteamSpyClient } from "./steamspy-client.ts";
export type { SteamSpyApp, SteamSpyDetails, SteamSpyPage } from "./steamspy-app.ts";
export type { CrawlProblems, CrawlTally, TalliedApp } from "./steamspy-crawl.ts";
export type { TagList } from "./tag-list.ts";
export { type AchievementCount, getTopAchievementsForGames } from "./top-achievements.ts";
export { resolveVanityUrl } from "./vanity-url.ts";
export {
  getUserYearInReview,
  type MonthOfPlay,
  YEAR_IN_REVIEW_MIN,
  type YearInReview,
  type YearOfGame,
} from "./year-in-review.ts";
