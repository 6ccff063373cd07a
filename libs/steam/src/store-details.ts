import { type Static, Type } from "@sinclair/typebox";
import { defineEndpoint } from "./endpoint.ts";
import { textOrNull, Uint32 } from "./field.ts";
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

/** What Steam tells as a number in one answer and as a text in the next. */
const NumberOrText = Type.Union([
  Type.Integer({ minimum: 0 }),
  Type.String({ pattern: String.raw`^\d{1,9}\+?$` }),
]);

const PriceOverview = Type.Object({
  currency: Type.String({ minLength: 3, maxLength: 3 }),
  initial: Type.Integer({ minimum: 0 }),
  final: Type.Integer({ minimum: 0 }),
  discount_percent: Type.Integer({ minimum: 0, maximum: 100 }),
});

const Labels = Type.Optional(
  Type.Array(Type.Object({ id: NumberOrText, description: Type.String() })),
);
const Names = Type.Optional(Type.Array(Type.String()));

const Details = Type.Object({
  type: Type.String(),
  name: Type.String(),
  steam_appid: Uint32,
  required_age: Type.Optional(NumberOrText),
  is_free: Type.Optional(Type.Boolean()),
  price_overview: Type.Optional(PriceOverview),
  genres: Labels,
  categories: Labels,
  developers: Names,
  publishers: Names,
  release_date: Type.Optional(
    Type.Object({
      coming_soon: Type.Optional(Type.Boolean()),
      date: Type.Optional(Type.String()),
    }),
  ),
});

/** One app a request. When over its limit it answers 429 with the body `null`. */
export const appDetails = defineEndpoint({
  name: "appdetails",
  path: "/api/appdetails",
  apis: ["steam-store"],
  answer: Type.Record(
    Type.String(),
    Type.Object({ success: Type.Boolean(), data: Type.Optional(Details) }),
  ),
  absence: (apps) => (Object.values(apps).some(({ data }) => data) ? null : "not_found"),
  data: (apps): readonly StoreDetails[] =>
    Object.values(apps).flatMap(({ data }) => (data ? detailsOf(data) : [])),
});

function detailsOf(data: Static<typeof Details>): StoreDetails {
  return {
    appId: data.steam_appid,
    type: data.type,
    name: data.name,
    isFree: data.is_free ?? false,
    requiredAge: wholeNumber(data.required_age ?? 0),
    price: priceOf(data.price_overview),
    genres: (data.genres ?? []).map(({ id, description }) => ({
      genreId: wholeNumber(id),
      name: description,
    })),
    categories: (data.categories ?? []).map(({ id, description }) => ({
      categoryId: wholeNumber(id),
      name: description,
    })),
    developers: data.developers ?? [],
    publishers: data.publishers ?? [],
    isComingSoon: data.release_date?.coming_soon ?? false,
    releaseText: textOrNull(data.release_date?.date),
  };
}

function priceOf(overview: Static<typeof PriceOverview> | undefined): Price | null {
  if (!overview) return null;
  const { currency, final, initial, discount_percent: discountPercent } = overview;
  return { currency, final, initial, discountPercent };
}

function wholeNumber(value: string | number): number {
  return typeof value === "number" ? value : Number.parseInt(value, 10);
}
