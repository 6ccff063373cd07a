import type { Price } from "./price.ts";

/** What the store's own page tells of an app. */
export interface StoreDetails {
  readonly appId: number;
  /** `game`, `dlc`, `demo`, `music`, `mod`, `video` and others: the list is open. */
  readonly type: string;
  readonly name: string;
  readonly isFree: boolean;
  /** In years; 0 when there is none. */
  readonly requiredAge: number;
  /** Null when it is free, or not for sale. */
  readonly price: Price | null;
  readonly genres: readonly { readonly genreId: number; readonly name: string }[];
  readonly categories: readonly { readonly categoryId: number; readonly name: string }[];
  readonly developers: readonly string[];
  readonly publishers: readonly string[];
  readonly isComingSoon: boolean;
  /** A text for people, such as `18 Apr, 2011` or `To be announced`; null when there is none. */
  readonly releaseText: string | null;
}

/** `isShown` is false for an app that is unknown, or not for sale in that country. */
export interface StorePrice {
  readonly appId: number;
  readonly isShown: boolean;
  /** Null when it is free, or not for sale. */
  readonly price: Price | null;
}
