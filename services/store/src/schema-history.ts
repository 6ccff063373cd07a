import { PRECISIONS } from "@tracker/contracts";
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The ledger, append-only (triggers refuse anything else): what each sample added to a game's total. */
export const playtimeChanges = sqliteTable("playtime_changes", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  accountId: integer("account_id"),
  gameId: integer("game_id").notNull(),
  observedAt: integer("observed_at").notNull(),
  previousObservedAt: integer("previous_observed_at"),
  minutes: integer("minutes").notNull(),
  totalAfter: integer("total_after").notNull(),
  kind: text("kind", { enum: ["baseline", "play", "correction"] }).notNull(),
  source: text("source", { enum: ["owned", "recent", "person", "adopted"] }).notNull(),
  lastPlayedAt: integer("last_played_at"),
  offlineMinutes: integer("offline_minutes").notNull().default(0),
  runId: text("run_id"),
});

/** Stretches in which every look found one game running; `notAfter` is null while the newest look still does. */
export const presenceIntervals = sqliteTable("presence_intervals", {
  id: integer("id").primaryKey(),
  accountId: integer("account_id").notNull(),
  gameId: integer("game_id"),
  appId: integer("app_id"),
  gameName: text("game_name"),
  startedAt: integer("started_at").notNull(),
  lastSeenAt: integer("last_seen_at").notNull(),
  notBefore: integer("not_before").notNull(),
  notAfter: integer("not_after"),
  sessionId: integer("session_id"),
});

/** When each game was played; derived from ledger and presence, and rebuildable from them. `isLive` says which are live. */
export const playSessions = sqliteTable("play_sessions", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  gameId: integer("game_id").notNull(),
  accountId: integer("account_id"),
  startedAt: integer("started_at").notNull(),
  endedAt: integer("ended_at"),
  notBefore: integer("not_before").notNull(),
  notAfter: integer("not_after"),
  minutes: integer("minutes").notNull(),
  precision: text("precision", { enum: PRECISIONS }).notNull(),
  evidenceAt: integer("evidence_at").notNull(),
  corrected: integer("corrected", { mode: "boolean" }).notNull().default(false),
});

/** A session's minutes by civil day; none for a gap. */
export const sessionDays = sqliteTable(
  "session_days",
  {
    sessionId: integer("session_id").notNull(),
    day: text("day").notNull(),
    minutes: integer("minutes").notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.day] })],
);

export const sessionEdits = sqliteTable("session_edits", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  gameId: integer("game_id").notNull(),
  kind: text("kind", { enum: ["add", "move", "merge", "split", "remove", "idle"] }).notNull(),
  arguments: text("arguments").notNull(),
  createdAt: integer("created_at").notNull(),
  undoneAt: integer("undone_at"),
  applied: integer("applied", { mode: "boolean" }).notNull().default(false),
  minutes: integer("minutes").notNull().default(0),
});

/** One row for every ended day since the first ledger row; `gamesPlayed` counts games with any playtime at its end. */
export const dailySnapshots = sqliteTable("daily_snapshots", {
  date: text("date").primaryKey(),
  totalMinutes: integer("total_minutes").notNull(),
  gamesPlayed: integer("games_played").notNull(),
});

/** Delta-encoded: a game on date D is its newest row ≤ D; a game without one had no playtime. */
export const dailyGameSnapshots = sqliteTable(
  "daily_game_snapshots",
  {
    gameId: integer("game_id").notNull(),
    date: text("date").notNull(),
    gameTitle: text("game_title").notNull(),
    coverUrl: text("cover_url"),
    minutes: integer("minutes").notNull(),
  },
  (table) => [primaryKey({ columns: [table.gameId, table.date] })],
);
