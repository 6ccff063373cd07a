/** HTTP clients for Steam; the only code that knows its URLs, and the only place where the key is. */
export { type Answer, retryAfterMs } from "./answer.ts";
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
export { appDetails, getAppList } from "./store.ts";
export { getItems, type StoreArt, type StoreItem } from "./store-items.ts";
export { steamSpyAll, steamSpyDetails } from "./steamspy.ts";
export { type AchievementCount, getTopAchievementsForGames } from "./top-achievements.ts";
export { resolveVanityUrl } from "./vanity-url.ts";
export {
  getUserYearInReview,
  type MonthOfPlay,
  YEAR_IN_REVIEW_MIN,
  type YearInReview,
  type YearOfGame,
} from "./year-in-review.ts";
