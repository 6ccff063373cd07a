/** HTTP clients for Steam; the only code that knows its URLs, and the only place where the key is. */
export { coverUrl, iconUrl } from "./art.ts";
export {
  type CallOptions,
  createSteamClient,
  type SteamClient,
  type SteamClientOptions,
} from "./client.ts";
export {
  FAILURE_KINDS,
  type FailureDetails,
  type FailureKind,
  SteamFailure,
} from "./failure.ts";
export type { OwnedGame, OwnedLibrary } from "./owned-games.ts";
export {
  API_NAMES,
  type ApiName,
  type Permits,
  unlimitedPermits,
} from "./permits.ts";
export type { InGame, PlayerSummary } from "./player-summaries.ts";
export type { RecentGame, RecentlyPlayed } from "./recently-played.ts";
