import { DELIVERY_STATES, DELIVERY_EVENTS, WEBHOOK_FORMATS } from "@tracker/contracts";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Who is told of events. */
export const webhooks = sqliteTable("webhooks", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  key: text("key").notNull(),
  name: text("name").notNull(),
  host: text("host").notNull(),
  format: text("format", { enum: WEBHOOK_FORMATS }).notNull(),
  events: text("events").notNull(),
  enabled: integer("enabled", { mode: "boolean" }).notNull(),
  disabledReason: text("disabled_reason"),
  createdAt: integer("created_at").notNull(),
});

/** What became of each telling. */
export const webhookDeliveries = sqliteTable("webhook_deliveries", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  webhookId: integer("webhook_id").notNull(),
  messageId: text("message_id").notNull(),
  event: text("event", { enum: DELIVERY_EVENTS }).notNull(),
  body: text("body").notNull(),
  state: text("state", { enum: DELIVERY_STATES }).notNull(),
  attempts: integer("attempts").notNull().default(0),
  dueAt: integer("due_at").notNull(),
  leasedUntil: integer("leased_until"),
  status: integer("status"),
  error: text("error"),
  durationMs: integer("duration_ms"),
  createdAt: integer("created_at").notNull(),
  finishedAt: integer("finished_at"),
});
