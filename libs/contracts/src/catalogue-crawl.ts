import { type Static, Type } from "@sinclair/typebox";
import { AppFacts } from "./catalogue.ts";
import { defineRequest } from "./conversation.ts";
import { AppId, Choice, Count, Instant, Nullable, Strict } from "./primitive.ts";

/** Sources that are asked app by app, in batches that the store hands out. */
export const PLANNED_SOURCES = ["store_items", "steamspy_details", "store_details"] as const;
/** The most apps that one batch, one page of a list or one SteamSpy page holds. */
export const APP_BATCH_MAX = 1_000;

export const PlannedSource = Choice(PLANNED_SOURCES);
export type PlannedSource = Static<typeof PlannedSource>;
/** Names a batch, a list or a crawl; chosen by the collector, so that saying it again says the same thing. */
const WorkId = Type.String({
  pattern: "^[A-Za-z0-9_-]{8,64}$",
  description: "8 to 64 letters, digits, _ and -",
});
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

export const ListedApp = Type.Object({
  app_id: AppId,
  name: Type.String({ maxLength: 500 }),
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
const SteamSpyPage = Type.Object({
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
  /** Number of apps in the last accepted crawl of the month before this one; null if there was none. */
  previous_apps: Nullable(Count),
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
