/** HTTP clients for Steam; the only code that knows its URLs, and the only place where the key is. */
export { accountFile, readAccountFile, type SteamAccount } from "./account-file.ts";
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
export { coverUrl } from "./art.ts";
export { classify } from "./classification.ts";
export { createSteamClient, STEAM_API_URL, type SteamClientOptions } from "./client.ts";
export type { Endpoint } from "./endpoint.ts";
export { FAILURE_KINDS, type FailureDetails, type FailureKind, SteamFailure } from "./failure.ts";
export { type FailureOutcome, outcomeOf } from "./failure-outcome.ts";
export { type GameSchema, getSchemaForGame, type SchemaAchievement } from "./game-schema.ts";
export {
  type AchievementPercentage,
  getGlobalAchievementPercentages,
} from "./global-percentages.ts";
export { getOwnedGames, type OwnedGame, type OwnedLibrary } from "./owned-games.ts";
export { withoutPromise } from "./message.ts";
export type { Price } from "./price.ts";
export { type ApiName, type ApiNames, type Permits, unlimitedPermits } from "./permits.ts";
export {
  getPlayerAchievements,
  type PlayerAchievement,
  type PlayerAchievements,
} from "./player-achievements.ts";
export { getPlayerSummaries, type InGame, type PlayerSummary } from "./player-summaries.ts";
export { getRecentlyPlayedGames, type RecentGame, type RecentlyPlayed } from "./recently-played.ts";
export { RETRY_ATTEMPTS } from "./retry.ts";
export type { CallOptions, SteamClient } from "./steam-client.ts";
export {
  createStoreClient,
  STEAM_STORE_URL,
  type StoreClient,
  type StoreClientOptions,
} from "./store-client.ts";
export { appDetails, type StoreDetails } from "./store-details.ts";
export {
  APP_TYPES,
  type AppType,
  getItemFacts,
  type StoreFacts,
  type StoreFactsItem,
  type StoreTag,
} from "./store-facts.ts";
export { getItems, type StoreArt, type StoreItem } from "./store-items.ts";
export {
  STEAMSPY_PAGE_ROWS,
  steamSpyAll,
  steamSpyDetails,
  type SteamSpyDetails,
  type SteamSpyPage,
} from "./steamspy.ts";
export {
  createSteamSpyClient,
  STEAMSPY_URL,
  type SteamSpyClient,
  type SteamSpyClientOptions,
} from "./steamspy-client.ts";
export { HIDDEN_APP_ID, type SteamSpyApp } from "./steamspy-app.ts";
export { crawlProblems, type CrawlTally, STEAMSPY_GIANTS } from "./steamspy-crawl.ts";
export { type KnownAccount, readAccount, STEAM_VARIABLES } from "./steam-account.ts";
export { isSteamId, resolveSteamId } from "./steam-id.ts";
export { getTagList, type TagList } from "./tag-list.ts";
export { type AchievementCount, getTopAchievementsForGames } from "./top-achievements.ts";
export { resolveVanityUrl } from "./vanity-url.ts";
export {
  getUserYearInReview,
  type MonthOfPlay,
  YEAR_IN_REVIEW_MIN,
  type YearInReview,
  type YearOfGame,
} from "./year-in-review.ts";
