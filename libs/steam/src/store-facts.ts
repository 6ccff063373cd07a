import type { Price } from "./price.ts";
import type { StoreArt } from "./store-items.ts";

/** Steam's kinds of app; one that is newer than this list is `other`. */
export const APP_TYPES = [
  "game",
  "demo",
  "mod",
  "movie",
  "dlc",
  "guide",
  "software",
  "video",
  "series",
  "episode",
  "hardware",
  "music",
  "beta",
  "tool",
  "advertising",
  "other",
] as const;
export type AppType = (typeof APP_TYPES)[number];

export interface StoreTag {
  /** Its name is in GetTagList. */
  readonly tagId: number;
  /** The more often players gave it, the more; only to be compared within one app. */
  readonly weight: number;
}

/** What the store tells of an app that it shows. */
export interface StoreFacts {
  readonly name: string | null;
  readonly type: AppType;
  readonly isFree: boolean;
  readonly isEarlyAccess: boolean;
  readonly isComingSoon: boolean;
  /** Epoch milliseconds; null when not told, as for most of what is coming soon. */
  readonly releasedAt: number | null;
  /** Null for an app that cannot be bought by itself, which most free ones are. */
  readonly price: Price | null;
  /** Of all reviews that count; null when there are none. */
  readonly reviews: { readonly count: number; readonly positivePercent: number } | null;
  /** The weightiest first, 20 at most. */
  readonly tags: readonly StoreTag[];
  readonly developers: readonly string[];
  readonly publishers: readonly string[];
  readonly platforms: { readonly windows: boolean; readonly mac: boolean; readonly linux: boolean };
  readonly art: StoreArt;
}

/** `facts` is null for an app that the store does not show: delisted, hidden or unknown. */
export interface StoreFactsItem {
  readonly appId: number;
  readonly facts: StoreFacts | null;
}
