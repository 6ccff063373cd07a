import { OUTCOMES } from "@tracker/contracts";
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What Steam's Year in Review tells of one game in one month: evidence of play before tracking, never part of a day. */
export const monthRecords = sqliteTable(
  "month_records",
  {
    accountId: integer("account_id").notNull(),
    steamAppId: integer("steam_app_id").notNull(),
    month: text("month").notNull(),
    playedSeconds: integer("played_seconds").notNull(),
    sessions: integer("sessions"),
    recordedAt: integer("recorded_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.steamAppId, table.month] })],
);

/** How the newest question for each year of an account ended. */
export const reviewYears = sqliteTable(
  "review_years",
  {
    accountId: integer("account_id").notNull(),
    year: integer("year").notNull(),
    askedAt: integer("asked_at").notNull(),
    outcome: text("outcome", { enum: OUTCOMES }).notNull(),
    reason: text("reason"),
    answeredAt: integer("answered_at"),
    jobId: integer("job_id"),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.year] })],
);
