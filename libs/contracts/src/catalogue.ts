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
/** Sources that are asked app by app, in batches that the store hands out. */
export const PLANNED_SOURCES = ["store_items", "steamspy_details", "store_details"] as const;
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
/** The most apps that one batch, one page of a list or one SteamSpy page holds. */
export const APP_BATCH_MAX = 1_000;

export const AppSource = Choice(APP_SOURCES);
export type AppSource = Static<typeof AppSource>;
export const PlannedSource = Choice(PLANNED_SOURCES);
export type PlannedSource = Static<typeof PlannedSource>;
export const FetchStatus = Choice(FETCH_STATUSES);
export type FetchStatus = Static<typeof FetchStatus>;
export const AppSort = Choice(APP_SORTS);
export type AppSort = Static<typeof AppSort>;

/** Names a batch, a list or a crawl; chosen by the collector, so that saying it again says the same thing. */
const WorkId = Type.String({
  pattern: "^[A-Za-z0-9_-]{8,64}$",
  description: "8 to 64 letters, digits, _ and -",
});
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

export const ReviewCounts = Type.Object({ positive: Count, negative: Count });

/** Minutes that owners play, by SteamSpy, which has told none since 2024: 0 means unknown and is sent as null. */
export const AppPlaytime = Type.Object({
  average_forever: Nullable(Minutes),
  average_2weeks: Nullable(Minutes),
  median_forever: Nullable(Minutes),
  median_2weeks: Nullable(Minutes),
});

export const AppTag = Type.Object({
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

// ---- what people read ----

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

export const AppChange = Type.Object({
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

// ---- batches, app by app: GetItems and details ----

export const planApps = defineRequest({
  subject: "store.apps.plan",
  description:
    "Hands out the next batch of a source: library and wishlist first, then the popular, then the stale. Its apps are nobody else's until the lease ends or the batch is recorded. The same batch_id is answered the same apps while its lease lasts; CONFLICT once it is recorded.",
  input: Strict({
    batch_id: WorkId,
    source: PlannedSource,
    limit: Type.Integer({
      minimum: 1,
      maximum: APP_BATCH_MAX,
      description: `a whole number from 1 to ${APP_BATCH_MAX}`,
    }),
    /** After which the batch may be handed to another; default 300. */
    lease_seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_600 })),
  }),
  /** Empty when nothing is due now. */
  output: Type.Object({ batch_id: Type.String(), app_ids: Type.Array(AppId) }),
});

export const countDueApps = defineRequest({
  subject: "store.apps.due",
  description: "How much of a source is due, for the total of a crawl and to know when it is over.",
  input: Strict({ source: PlannedSource }),
  output: Type.Object({
    /** Due now and not handed out. */
    due: Count,
    /** Handed out and not recorded. */
    leased: Count,
    /** Apps that the source is asked about at all. */
    apps: Count,
    /** When the next one is due, a lease's end included; null when there is none. */
    next_due_at: Nullable(Instant),
  }),
});

export const expireApps = defineRequest({
  subject: "store.apps.expire",
  description:
    "Starts a source over (--full-refresh): makes due the next apps that were not asked since an instant. Asked again with next_app_id until that is null; doing all of it twice changes nothing.",
  input: Strict({
    source: PlannedSource,
    not_asked_since: Instant,
    /** Where the last call ended; 0 at first. */
    after_app_id: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
  }),
  output: Type.Object({ expired: Count, next_app_id: Nullable(AppId) }),
});

/** What came of asking about one app. Only `success` carries facts; a passing error is `failed` and asked again soon, `not_found` rarely. */
export const AppResult = Strict({
  app_id: AppId,
  status: Choice(["success", "failed", "not_found"] as const),
  facts: Type.Optional(AppFacts),
  /** One sentence for people, when it failed. */
  error: Type.Optional(Type.String({ maxLength: 500 })),
});
export type AppResult = Static<typeof AppResult>;

export const recordApps = defineRequest({
  subject: "store.apps.record",
  description:
    "Records a batch's results in one commit. The same batch again changes nothing and answers what the first did. Apps of the batch that it leaves out are due again at once; an observation older than what is known is passed over.",
  input: Strict({
    batch_id: WorkId,
    source: PlannedSource,
    observed_at: Instant,
    /** Apps of the batch that are not among them were not asked about, and are due again at once. */
    results: Type.Array(AppResult, { maxItems: APP_BATCH_MAX }),
  }),
  output: Type.Object({
    /** False when the batch was recorded before. */
    first: Type.Boolean(),
    succeeded: Count,
    failed: Count,
    not_found: Count,
    /** Apps of which a fact differs from before. */
    changed: Count,
    /** Rows that their histories gained. */
    history: Count,
  }),
  timeoutMs: 10_000,
});

// ---- the list of apps ----

export const ListedApp = Type.Object({
  app_id: AppId,
  name: Name,
  last_modified: Nullable(Instant),
  /** Null where the list does not tell it (the v2 shape). */
  price_change_number: Nullable(Type.Integer({ minimum: 0 })),
});
export type ListedApp = Static<typeof ListedApp>;

export const LIST_KINDS = ["full", "incremental"] as const;
/** What was asked of the list, such as `all` or `software`: a full list only tells about apps of its own scope. */
const Scope = Type.String({ pattern: "^[a-z_]{1,40}$", description: "a word such as all" });

export const stageAppList = defineRequest({
  subject: "store.applist.stage",
  description:
    "Keeps a part of a list that is being fetched, at most 1,000 apps at a time in ascending order. Nothing changes until the list is finished; the same part again changes nothing.",
  input: Strict({
    list_id: WorkId,
    kind: Choice(LIST_KINDS),
    scope: Scope,
    observed_at: Instant,
    apps: Type.Array(ListedApp, { minItems: 1, maxItems: APP_BATCH_MAX }),
  }),
  output: Type.Object({
    staged: Count,
    /** Where the list goes on: `last_appid` of the next page. */
    last_app_id: AppId,
  }),
  timeoutMs: 10_000,
});

const Changed = Type.Object({
  added: Count,
  /** In the list before, and not in this one. */
  missing: Count,
  /** Missing before, and in this one. */
  reappeared: Count,
  renamed: Count,
  /** Inactive now: missing from three successive full lists. */
  left: Count,
  /** Active again. */
  returned: Count,
});

export const AppListState = Type.Object({
  list_id: Type.String(),
  /** `unknown`: nothing was staged under that name. */
  state: Choice(["unknown", "staging", "applying", "applied", "refused"] as const),
  staged: Count,
  last_app_id: Nullable(AppId),
  /** While applying: apps that are still to be looked at. */
  left_to_apply: Count,
  /** Why it was refused. */
  reason: Nullable(Type.String()),
  changes: Changed,
});

export const finishAppList = defineRequest({
  subject: "store.applist.finish",
  description:
    "Says that the last page has been staged. The list is refused whole when it is empty or, if full, holds less than 90 % of the list before; else applied, a part at each call: asked again until the state is applied.",
  input: Strict({ list_id: WorkId }),
  output: AppListState,
  timeoutMs: 10_000,
});

export const getAppList = defineRequest({
  subject: "store.applist.get",
  description: "How far a list is, so that a collector goes on where it or another stopped.",
  input: Strict({ list_id: WorkId }),
  output: AppListState,
});

export const getAppListFreshness = defineRequest({
  subject: "store.applist.freshness",
  description:
    "When the last lists were applied, and what `if_modified_since` the next incremental one asks for.",
  input: Strict({ scope: Scope }),
  output: Type.Object({
    last_full_at: Nullable(Instant),
    last_list_at: Nullable(Instant),
    /** The newest last_modified of any listed app; null before the first list. */
    modified_since: Nullable(Instant),
    apps: Count,
    active_apps: Count,
  }),
});

// ---- SteamSpy's `all` pages ----

/** A row of SteamSpy's `all`: facts of the same meaning as {@link AppFacts}. */
export const SteamSpyRow = Strict({
  app_id: AppId,
  facts: AppFacts,
});
export type SteamSpyRow = Static<typeof SteamSpyRow>;

export const stageSteamSpyPage = defineRequest({
  subject: "store.steamspy.stage",
  description:
    "Keeps one page of a SteamSpy crawl. Nothing changes until the crawl is accepted; a page that is staged already stays as it is.",
  input: Strict({
    crawl_id: WorkId,
    page: Type.Integer({ minimum: 0, maximum: 10_000 }),
    observed_at: Instant,
    /** Rows as SteamSpy sent them, hidden ones too. */
    rows_sent: Count,
    /** Whether the catalogue ends with this page. */
    is_last: Type.Boolean(),
    /** None on a page of hidden apps only, or behind a last page that is full. */
    rows: Type.Array(SteamSpyRow, { maxItems: 2_000 }),
  }),
  output: Type.Object({ rows: Count }),
  timeoutMs: 10_000,
});

/** A staged page, with what a check of the crawl needs of it. */
export const SteamSpyPage = Type.Object({
  page: Count,
  rows: Count,
  rows_sent: Count,
  is_last: Type.Boolean(),
  /** Rows whose app is on a page staged before as well. */
  repeated: Count,
  owners_high_max: Count,
});
export const SteamSpyCrawl = Type.Object({
  crawl_id: Type.String(),
  state: Choice(["unknown", "staging", "applying", "applied", "refused"] as const),
  pages: Type.Array(SteamSpyPage),
  distinct_apps: Count,
  /** Which of the apps asked about are in it. */
  present: Type.Array(AppId),
  left_to_apply: Count,
  reason: Nullable(Type.String()),
  /** Rows that histories gained, so far. */
  history: Count,
});
export type SteamSpyCrawl = Static<typeof SteamSpyCrawl>;

export const getSteamSpyCrawl = defineRequest({
  subject: "store.steamspy.get",
  description: "How far a SteamSpy crawl is, and what a check of it needs to know.",
  input: Strict({
    crawl_id: WorkId,
    /** Apps that the check expects. */
    expected: Type.Optional(Type.Array(AppId, { maxItems: 100 })),
  }),
  output: SteamSpyCrawl,
});

export const finishSteamSpyCrawl = defineRequest({
  subject: "store.steamspy.finish",
  description:
    "Accepts a crawl that was checked, or refuses it whole with the reason. An accepted one is applied a part at each call: asked again until the state is applied.",
  input: Strict({
    crawl_id: WorkId,
    accepted: Type.Boolean(),
    reason: Type.Optional(Type.String({ maxLength: 1_000 })),
  }),
  output: SteamSpyCrawl,
  timeoutMs: 10_000,
});
