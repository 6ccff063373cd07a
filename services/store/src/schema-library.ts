import {
  ACHIEVEMENT_OUTCOMES,
  GAME_STATUSES,
  LIBRARY_STATES,
  OUTCOMES,
  TRIGGERS,
  VISIBILITIES,
} from "@tracker/contracts";
import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The followed Steam accounts: one now, but every ledger row names its account. */
export const accounts = sqliteTable("accounts", {
  id: integer("id").primaryKey(),
  provider: text("provider", { enum: ["steam"] })
    .notNull()
    .default("steam"),
  steamId: text("steam_id").notNull(),
  personaName: text("persona_name"),
  state: text("state", { enum: OUTCOMES }).notNull(),
  stateSince: integer("state_since").notNull(),
  stateReason: text("state_reason"),
  trackingSince: integer("tracking_since"),
  lastSampleAt: integer("last_sample_at"),
  lastPresenceAt: integer("last_presence_at"),
  allZero: integer("all_zero", { mode: "boolean" }).notNull().default(true),
});

/** Every look that talked to the outside, and how it ended. */
export const syncRuns = sqliteTable("sync_runs", {
  id: text("id").primaryKey(),
  accountId: integer("account_id"),
  kind: text("kind").notNull(),
  trigger: text("trigger", { enum: TRIGGERS }).notNull(),
  startedAt: integer("started_at").notNull(),
  observedAt: integer("observed_at").notNull(),
  outcome: text("outcome", { enum: OUTCOMES }).notNull(),
  reason: text("reason"),
  gamesSeen: integer("games_seen").notNull().default(0),
  gamesAdded: integer("games_added").notNull().default(0),
  gamesChanged: integer("games_changed").notNull().default(0),
  minutesAdded: integer("minutes_added").notNull().default(0),
  jobId: integer("job_id"),
  reviewYear: integer("review_year"),
});

/** Games of every platform. What a person sets and what a sync sets are different columns; readers show the override first. */
export const games = sqliteTable("games", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  title: text("title").notNull(),
  titleOverride: text("title_override"),
  platform: text("platform").notNull(),
  platformOverride: text("platform_override"),
  status: text("status", { enum: GAME_STATUSES }).notNull(),
  rating: real("rating"),
  playtimeMinutes: integer("playtime_minutes").notNull().default(0),
  reportedMinutes: integer("reported_minutes"),
  offlineMinutes: integer("offline_minutes"),
  missingSamples: integer("missing_samples").notNull().default(0),
  listedUntil: integer("listed_until"),
  libraryState: text("library_state", { enum: LIBRARY_STATES }),
  steamAppId: integer("steam_app_id"),
  coverUrl: text("cover_url"),
  coverOverride: text("cover_override"),
  completionDate: text("completion_date"),
  steamLastPlayedAt: integer("steam_last_played_at"),
  lastPlayedAt: integer("last_played_at"),
  isFavorite: integer("is_favorite", { mode: "boolean" }).notNull().default(false),
  notes: text("notes"),
  visibility: text("visibility", { enum: VISIBILITIES }).notNull().default("public"),
  archivedAt: integer("archived_at"),
  requestId: text("request_id"),
  addedRunId: text("added_run_id"),
  createdAt: integer("created_at").notNull(),
  updatedAt: integer("updated_at").notNull(),
  statusSetAt: integer("status_set_at"),
  autoCompletedAt: integer("auto_completed_at"),
  coverCheckedAt: integer("cover_checked_at"),
  requestHash: text("request_hash"),
});

/** Steam apps that syncs pass over because their game was purged; adding the game by hand again removes the row. */
export const purgedApps = sqliteTable("purged_apps", {
  steamAppId: integer("steam_app_id").primaryKey(),
  purgedAt: integer("purged_at").notNull(),
});

export const achievements = sqliteTable("achievements", {
  id: integer("id").primaryKey(),
  gameId: integer("game_id").notNull(),
  apiName: text("api_name").notNull(),
  title: text("title").notNull(),
  description: text("description"),
  iconUrl: text("icon_url"),
  unlocked: integer("unlocked", { mode: "boolean" }).notNull().default(false),
  unlockedAt: integer("unlocked_at"),
  hidden: integer("hidden", { mode: "boolean" }).notNull().default(false),
  globalPercent: real("global_percent"),
});

export const tags = sqliteTable("tags", {
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
});

export const gameTags = sqliteTable(
  "game_tags",
  { gameId: integer("game_id").notNull(), tagId: integer("tag_id").notNull() },
  (table) => [primaryKey({ columns: [table.gameId, table.tagId] })],
);

/** What the importer has done for each app. */
export const steamImportStatus = sqliteTable("steam_import_status", {
  steamAppId: integer("steam_app_id").primaryKey(),
  gameImported: integer("game_imported", { mode: "boolean" }).notNull().default(false),
  achievementsImported: integer("achievements_imported", { mode: "boolean" })
    .notNull()
    .default(false),
  errorMessage: text("error_message"),
  updatedAt: integer("updated_at").notNull(),
  outcome: text("outcome", { enum: ACHIEVEMENT_OUTCOMES }),
  jobId: integer("job_id"),
  attemptedAt: integer("attempted_at"),
  staleSince: integer("stale_since"),
  overviewUnlocked: integer("overview_unlocked"),
  overviewTotal: integer("overview_total"),
});
