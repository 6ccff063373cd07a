import { JOB_STATES } from "@tracker/contracts";
import { blob, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What was asked to be done, and how far it is: the truth of which JetStream's messages are only reminders. */
export const jobs = sqliteTable("jobs", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  kind: text("kind").notNull(),
  arguments: text("arguments").notNull(),
  state: text("state", { enum: JOB_STATES }).notNull(),
  done: integer("done").notNull().default(0),
  total: integer("total"),
  ratePerMinute: real("rate_per_minute"),
  etaSeconds: real("eta_seconds"),
  message: text("message"),
  result: text("result"),
  error: text("error"),
  requestedBy: text("requested_by").notNull(),
  claims: integer("claims").notNull().default(0),
  publishedAt: integer("published_at"),
  createdAt: integer("created_at").notNull(),
  startedAt: integer("started_at"),
  heartbeatAt: integer("heartbeat_at"),
  finishedAt: integer("finished_at"),
});

/** Which runs of which schedule were started, so that none is started twice. */
export const scheduleRuns = sqliteTable(
  "schedule_runs",
  {
    schedule: text("schedule").notNull(),
    dueAt: integer("due_at").notNull(),
    jobId: integer("job_id"),
  },
  (table) => [primaryKey({ columns: [table.schedule, table.dueAt] })],
);

/** Messages that are committed and not yet published. */
export const outbox = sqliteTable("outbox", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  messageId: text("message_id").notNull(),
  subject: text("subject").notNull(),
  body: blob("body", { mode: "buffer" }).notNull(),
  traceparent: text("traceparent"),
  createdAt: integer("created_at").notNull(),
});

export const uiSessions = sqliteTable("ui_sessions", {
  hash: text("hash").primaryKey(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
});

export const apiTokens = sqliteTable("api_tokens", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  hash: text("hash").notNull(),
  name: text("name").notNull(),
  scopes: text("scopes").notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at"),
  lastUsedAt: integer("last_used_at"),
  revokedAt: integer("revoked_at"),
});

export const settings = sqliteTable("settings", {
  key: text("key").primaryKey(),
  value: text("value").notNull(),
});
