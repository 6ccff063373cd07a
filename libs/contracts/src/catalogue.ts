import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { SortOrder } from "./order.ts";
import {
  AppId,
  Choice,
  Count,
  Day,
  Id,
  Instant,
  Minutes,
  Nullable,
  Page,
  PageInput,
  Strict,
} from "./primitive.ts";

/** Sources of facts about an app, each with its own freshness: GetItems, SteamSpy's `all` pages, SteamSpy's and the store's page of one app. */
export const APP_SOURCES = [
  "store_items",
  "steamspy_all",
  "steamspy_details",
  "store_details",
] as const;
export const FETCH_STATUSES = ["pending", "success", "failed", "not_found"] as const;
export const APP_SORTS = [
  "popularity",
  "name",
  "owners",
  "reviews",
  "review_share",
  "price",
  "release",
  "ccu",
] as const;
export const AppSource = Choice(APP_SOURCES);
export type AppSource = Static<typeof AppSource>;
export const FetchStatus = Choice(FETCH_STATUSES);
export type FetchStatus = Static<typeof FetchStatus>;
export const AppSort = Choice(APP_SORTS);
export type AppSort = Static<typeof AppSort>;

const Name = Type.String({ maxLength: 500 });
const Word = Type.String({ minLength: 1, maxLength: 100 });
const Words = Type.Array(Word, { maxItems: 200 });
const Minor = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });

/** Money in minor units (cents) with its currency: 1999 USD is $19.99. A free app has no price. */
export const Price = Type.Object({
  currency: Type.String({ pattern: "^[A-Z]{3}$", description: "a currency such as USD" }),
  initial: Minor,
  final: Minor,
  discount_percent: Type.Integer({ minimum: 0, maximum: 100 }),
});
export type Price = Static<typeof Price>;

/** SteamSpy's estimate: between `low` and `high` accounts own the app. */
export const Owners = Type.Object({ low: Count, high: Count });
export type Owners = Static<typeof Owners>;

const ReviewCounts = Type.Object({ positive: Count, negative: Count });

/** Minutes that owners play, by SteamSpy, which has told none since 2024: 0 means unknown and is sent as null. */
const AppPlaytime = Type.Object({
  average_forever: Nullable(Minutes),
  average_2weeks: Nullable(Minutes),
  median_forever: Nullable(Minutes),
  median_2weeks: Nullable(Minutes),
});

const AppTag = Type.Object({
  name: Word,
  /** Votes (SteamSpy) or weight (Steam); only for the order. */
  weight: Count,
});

/** What a source says of an app. A property that is absent was not told; null means that the source says there is none. */
export const AppFacts = Strict({
  name: Type.Optional(Name),
  /** game, dlc, demo, software, music, video, mod, …: open, as Steam's is. */
  type: Type.Optional(Word),
  is_free: Type.Optional(Type.Boolean()),
  /** False for an app that is hidden or delisted. */
  is_visible: Type.Optional(Type.Boolean()),
  coming_soon: Type.Optional(Type.Boolean()),
  release_date: Type.Optional(Nullable(Day)),
  developers: Type.Optional(Words),
  publishers: Type.Optional(Words),
  price: Type.Optional(Nullable(Price)),
  owners: Type.Optional(Nullable(Owners)),
  reviews: Type.Optional(Nullable(ReviewCounts)),
  /** Players at once, at yesterday's peak. */
  ccu: Type.Optional(Nullable(Count)),
  playtime: Type.Optional(AppPlaytime),
  /** An empty list is "none told" (SteamSpy's `[]`): it never takes away what another source told. */
  tags: Type.Optional(Type.Array(AppTag, { maxItems: 100 })),
  genres: Type.Optional(Words),
  languages: Type.Optional(Words),
  header_url: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
});
export type AppFacts = Static<typeof AppFacts>;

/** An app of the catalogue, as lists and a library game show it. */
export const AppSummary = Type.Object({
  app_id: AppId,
  name: Type.String(),
  /** Null while no source has told it. */
  type: Nullable(Type.String()),
  /** False once the app was missing from three successive full lists. */
  is_active: Type.Boolean(),
  is_free: Nullable(Type.Boolean()),
  coming_soon: Nullable(Type.Boolean()),
  release_date: Nullable(Day),
  price: Nullable(Price),
  owners: Nullable(Owners),
  reviews: Nullable(
    Type.Object({
      ...ReviewCounts.properties,
      /** Share of positive ones, 0 to 100 with one decimal; null without any review. */
      percent_positive: Nullable(Type.Number()),
    }),
  ),
  ccu: Nullable(Count),
  header_url: Nullable(Type.String()),
  /** The game of the library that is this app; null when there is none. */
  game_id: Nullable(Id),
});
export type AppSummary = Static<typeof AppSummary>;

/** Everything known of an app, and how fresh each source's part of it is. */
export const App = Type.Object({
  ...AppSummary.properties,
  developers: Type.Array(Type.String()),
  publishers: Type.Array(Type.String()),
  genres: Type.Array(Type.String()),
  /** Heaviest first. */
  tags: Type.Array(AppTag),
  languages: Type.Array(Type.String()),
  playtime: AppPlaytime,
  first_seen_at: Instant,
  /** When it left the list; null while it is there. */
  left_at: Nullable(Instant),
  /** Every absence that is over or lasts, newest first. */
  absences: Type.Array(Type.Object({ left_at: Instant, returned_at: Nullable(Instant) })),
  sources: Type.Array(
    Type.Object({
      source: AppSource,
      fetch_status: FetchStatus,
      /** Failures since the last answer. */
      fetch_attempts: Count,
      last_updated: Nullable(Instant),
      /** Null for what comes with a whole crawl. */
      next_due: Nullable(Instant),
      error: Nullable(Type.String()),
    }),
  ),
});
export type App = Static<typeof App>;

const percent = { minimum: 0, maximum: 100, description: "a number from 0 to 100" };
const minor = { minimum: 0, maximum: 1_000_000_000, description: "minor units (cents), from 0" };
const count = { minimum: 0, maximum: 1_000_000_000, description: "a whole number from 0" };

export const AppFilter = {
  q: Type.Optional(
    Type.String({ maxLength: 200, description: "words of a name, or their beginnings" }),
  ),
  type: Type.Optional(Type.String({ maxLength: 100, description: "game, dlc, software, …" })),
  genre: Type.Optional(Type.String({ maxLength: 100, description: "a genre" })),
  tag: Type.Optional(Type.String({ maxLength: 100, description: "a tag" })),
  /** Apps that surely have as many: by the lower bound of the estimate. */
  min_owners: Type.Optional(Type.Integer(count)),
  /** Apps that surely have no more: by its upper bound. */
  max_owners: Type.Optional(Type.Integer(count)),
  min_reviews: Type.Optional(Type.Integer(count)),
  min_review_share: Type.Optional(Type.Number(percent)),
  max_review_share: Type.Optional(Type.Number(percent)),
  /** Of the price to pay now; a free app costs 0. */
  min_price: Type.Optional(Type.Integer(minor)),
  max_price: Type.Optional(Type.Integer(minor)),
  released_from: Type.Optional(Day),
  released_to: Type.Optional(Day),
  /** In the library (true) or not (false). */
  owned: Type.Optional(Type.Boolean()),
  /** Apps that left Steam are shown only when asked for, and then alone. */
  active: Type.Optional(Type.Boolean()),
};

export const searchApps = defineRequest({
  subject: "store.apps.search",
  description: "Apps of the catalogue, the most popular first, filtered, sorted and paged.",
  input: Strict({
    ...AppFilter,
    sort: Type.Optional(AppSort),
    /** Default: asc for name and price, desc for the rest. What is not known comes last in either order. */
    order: Type.Optional(SortOrder),
    ...PageInput,
  }),
  output: Page(AppSummary),
});

export const getApp = defineRequest({
  subject: "store.apps.get",
  description: "One app of the catalogue.",
  input: Strict({ app_id: AppId }),
  output: App,
});

const AppChange = Type.Object({
  at: Instant,
  owners: Nullable(Owners),
  reviews: Nullable(ReviewCounts),
  ccu: Nullable(Count),
  price: Nullable(Price),
});
export const getAppHistory = defineRequest({
  subject: "store.apps.history",
  description:
    "Owners, reviews, players and price of an app, newest first: a row when one changed.",
  input: Strict({ app_id: AppId, ...PageInput }),
  output: Page(AppChange),
});
