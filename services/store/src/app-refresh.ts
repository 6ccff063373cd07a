import type { AppSource, PlannedSource } from "@tracker/contracts";
import { type Popularity, TIER_MAX, tierAt, tierOf } from "./app-popularity.ts";

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Sources that every app is asked of; the store's page of one app costs too much for more than the library. */
export const ENROLLED: readonly PlannedSource[] = ["store_items", "steamspy_details"];

/** Tier of apps not refreshed on their own; they are still refreshed if they are in the library. */
export const UNASKED_TIER = TIER_MAX + 1;

/** Kinds of app that SteamSpy does not track: asking would only spend its quota. Those not told yet are asked. */
const NOT_ON_STEAMSPY: ReadonlySet<string> = new Set([
  "dlc",
  "demo",
  "music",
  "movie",
  "guide",
  "video",
  "series",
  "episode",
  "hardware",
  "advertising",
]);

/** INTERVAL_TIERS[i] is the last tier that gets REFRESH_MS[…][i + 1]. */
const INTERVAL_TIERS = [tierAt(10_000), tierAt(1_000), tierAt(100)];

/** After how long what is known is stale: for the library and wishlist, for those tiers, and for the rest. A little under whole days, so that a nightly crawl finds last night's due. */
const REFRESH_MS: Record<PlannedSource, readonly number[]> = {
  store_items: [20 * HOUR_MS, 20 * HOUR_MS, 44 * HOUR_MS, 4 * DAY_MS, 7 * DAY_MS],
  steamspy_details: [3 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 30 * DAY_MS, 60 * DAY_MS],
  store_details: [7 * DAY_MS, 30 * DAY_MS, 30 * DAY_MS, 60 * DAY_MS, 90 * DAY_MS],
};
const NOT_FOUND_REFRESH_MS = 30 * DAY_MS;
const FAILURE_WAIT_MS = 15 * SECOND_MS;
const FAILURE_WAIT_GROWTH = 4;
const FAILURE_WAIT_MS_MAX = DAY_MS;

export function tierFor(source: AppSource, type: string | null, popularity: Popularity): number {
  if (source === "steamspy_details" && type !== null && NOT_ON_STEAMSPY.has(type))
    return UNASKED_TIER;
  return tierOf(popularity);
}

/** How long after an answer the next question is due. */
export function refreshAfterMs(source: PlannedSource, tier: number, isOwned: boolean): number {
  const reached = INTERVAL_TIERS.findIndex((last) => tier <= last);
  const place = isOwned ? 0 : reached === -1 ? INTERVAL_TIERS.length + 1 : reached + 1;
  return REFRESH_MS[source][place] ?? NOT_FOUND_REFRESH_MS;
}

/** "There is no such app" may be wrong tomorrow: it is asked again, rarely. */
export function retryNotFoundAfterMs(): number {
  return NOT_FOUND_REFRESH_MS;
}

/** 15 s after the first failure, four times as long after each further one, at most a day. */
export function retryFailedAfterMs(attempts: number): number {
  return Math.min(
    FAILURE_WAIT_MS_MAX,
    FAILURE_WAIT_MS * FAILURE_WAIT_GROWTH ** Math.min(attempts - 1, 10),
  );
}
