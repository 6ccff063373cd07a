import { APP_SOURCES, FETCH_STATUSES, LIST_KINDS } from "@tracker/contracts";
import { blob, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Every app of Steam, as the list has it. */
export const apps = sqliteTable("apps", {
  appId: integer("app_id").primaryKey(),
  name: text("name").notNull(),
  type: text("type"),
  isActive: integer("is_active", { mode: "boolean" }).notNull().default(true),
  listScope: text("list_scope"),
  missingLists: integer("missing_lists").notNull().default(0),
  missingSince: integer("missing_since"),
  lastModified: integer("last_modified"),
  priceChangeNumber: integer("price_change_number"),
  firstSeenAt: integer("first_seen_at").notNull(),
});

const figures = {
  ownersLow: integer("owners_low"),
  ownersHigh: integer("owners_high"),
  positive: integer("positive"),
  negative: integer("negative"),
  ccu: integer("ccu"),
  currency: text("currency"),
  priceInitial: integer("price_initial"),
  priceFinal: integer("price_final"),
  discountPercent: integer("discount_percent"),
};

/** What the other sources say. */
export const appMetadata = sqliteTable("app_metadata", {
  appId: integer("app_id").primaryKey(),
  isFree: integer("is_free", { mode: "boolean" }),
  isVisible: integer("is_visible", { mode: "boolean" }),
  comingSoon: integer("coming_soon", { mode: "boolean" }),
  releaseDate: text("release_date"),
  developers: text("developers"),
  publishers: text("publishers"),
  languages: text("languages"),
  headerUrl: text("header_url"),
  ...figures,
  averageForever: integer("average_forever"),
  average2Weeks: integer("average_2weeks"),
  medianForever: integer("median_forever"),
  median2Weeks: integer("median_2weeks"),
  reviewsFrom: text("reviews_from", { enum: APP_SOURCES }),
  priceFrom: text("price_from", { enum: APP_SOURCES }),
  tagsFrom: text("tags_from", { enum: APP_SOURCES }),
  makersFrom: text("makers_from", { enum: APP_SOURCES }),
});

/** How fresh each source's part of an app is. */
export const appSources = sqliteTable(
  "app_sources",
  {
    source: text("source", { enum: APP_SOURCES }).notNull(),
    appId: integer("app_id").notNull(),
    fetchStatus: text("fetch_status", { enum: FETCH_STATUSES }).notNull().default("pending"),
    fetchAttempts: integer("fetch_attempts").notNull().default(0),
    lastAsked: integer("last_asked"),
    lastUpdated: integer("last_updated"),
    nextDue: integer("next_due"),
    tier: integer("tier").notNull(),
    error: text("error"),
  },
  (table) => [primaryKey({ columns: [table.source, table.appId] })],
);

/** Batches that were handed out. */
export const appBatches = sqliteTable("app_batches", {
  batchId: text("batch_id").primaryKey(),
  source: text("source").notNull(),
  appIds: text("app_ids").notNull(),
  size: integer("size").notNull(),
  leasedUntil: integer("leased_until").notNull(),
  recordedAt: integer("recorded_at"),
  summary: text("summary"),
});

/** Steam's tags and genres. */
export const appWords = sqliteTable("app_words", {
  id: integer("id").primaryKey(),
  kind: text("kind", { enum: ["tag", "genre"] }).notNull(),
  name: text("name").notNull(),
  key: text("key").notNull(),
});

export const appTags = sqliteTable(
  "app_tags",
  {
    wordId: integer("word_id").notNull(),
    appId: integer("app_id").notNull(),
    weight: integer("weight").notNull(),
  },
  (table) => [primaryKey({ columns: [table.wordId, table.appId] })],
);

export const appGenres = sqliteTable(
  "app_genres",
  { wordId: integer("word_id").notNull(), appId: integer("app_id").notNull() },
  (table) => [primaryKey({ columns: [table.wordId, table.appId] })],
);

/** A row when owners, reviews, players or price changed. */
export const appHistory = sqliteTable(
  "app_history",
  { appId: integer("app_id").notNull(), at: integer("at").notNull(), ...figures },
  (table) => [primaryKey({ columns: [table.appId, table.at] })],
);

/** When apps left Steam, and came back. */
export const appTombstones = sqliteTable(
  "app_tombstones",
  {
    appId: integer("app_id").notNull(),
    leftAt: integer("left_at").notNull(),
    returnedAt: integer("returned_at"),
  },
  (table) => [primaryKey({ columns: [table.appId, table.leftAt] })],
);

const STAGE_STATES = ["staging", "applying", "applied", "refused"] as const;

/** Lists of apps, staged and applied. */
export const appLists = sqliteTable("app_lists", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  listId: text("list_id").notNull(),
  kind: text("kind", { enum: LIST_KINDS }).notNull(),
  scope: text("scope").notNull(),
  state: text("state", { enum: STAGE_STATES }).notNull(),
  observedAt: integer("observed_at").notNull(),
  staged: integer("staged").notNull().default(0),
  lastAppId: integer("last_app_id"),
  newestModified: integer("newest_modified"),
  appliedUntil: integer("applied_until").notNull().default(0),
  reason: text("reason"),
  added: integer("added").notNull().default(0),
  missing: integer("missing").notNull().default(0),
  reappeared: integer("reappeared").notNull().default(0),
  renamed: integer("renamed").notNull().default(0),
  leftCount: integer("left_count").notNull().default(0),
  returned: integer("returned").notNull().default(0),
});

export const appListEntries = sqliteTable(
  "app_list_entries",
  {
    list: integer("list").notNull(),
    appId: integer("app_id").notNull(),
    name: text("name"),
    lastModified: integer("last_modified"),
    priceChangeNumber: integer("price_change_number"),
  },
  (table) => [primaryKey({ columns: [table.list, table.appId] })],
);

export const appListChanges = sqliteTable(
  "app_list_changes",
  {
    list: integer("list").notNull(),
    appId: integer("app_id").notNull(),
    change: text("change").notNull(),
    nameBefore: text("name_before"),
  },
  (table) => [primaryKey({ columns: [table.appId, table.list, table.change] })],
);

/** SteamSpy's crawls, staged and applied. */
export const steamspyCrawls = sqliteTable("steamspy_crawls", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  crawlId: text("crawl_id").notNull(),
  state: text("state", { enum: STAGE_STATES }).notNull(),
  startedAt: integer("started_at").notNull(),
  distinctApps: integer("distinct_apps").notNull().default(0),
  appliedPage: integer("applied_page").notNull().default(0),
  appliedRows: integer("applied_rows").notNull().default(0),
  history: integer("history").notNull().default(0),
  reason: text("reason"),
});

export const steamspyPages = sqliteTable(
  "steamspy_pages",
  {
    crawl: integer("crawl").notNull(),
    page: integer("page").notNull(),
    observedAt: integer("observed_at").notNull(),
    rowCount: integer("row_count").notNull(),
    rowsSent: integer("rows_sent").notNull(),
    isLast: integer("is_last", { mode: "boolean" }).notNull(),
    repeated: integer("repeated").notNull(),
    ownersHighMax: integer("owners_high_max").notNull(),
    body: blob("body", { mode: "buffer" }),
  },
  (table) => [primaryKey({ columns: [table.crawl, table.page] })],
);

export const steamspyPageApps = sqliteTable(
  "steamspy_page_apps",
  { crawl: integer("crawl").notNull(), appId: integer("app_id").notNull() },
  (table) => [primaryKey({ columns: [table.crawl, table.appId] })],
);

/** What filters and sorts look at, by popularity. */
export const appSearch = sqliteTable("app_search", {
  searchRank: integer("search_rank").primaryKey(),
  appId: integer("app_id").notNull(),
  isActive: integer("is_active", { mode: "boolean" }).notNull(),
  type: text("type"),
  nameKey: text("name_key").notNull(),
  ownersLow: integer("owners_low"),
  ownersHigh: integer("owners_high"),
  reviews: integer("reviews"),
  reviewShare: real("review_share"),
  price: integer("price"),
  releaseDate: text("release_date"),
  ccu: integer("ccu"),
});
