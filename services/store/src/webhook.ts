import {
  type createWebhook as creation,
  type findWebhook as finding,
  type Input,
  type listWebhooks as list,
  type Output,
  ServiceError,
  type updateWebhook as update,
  type Webhook,
  type WebhookEvent,
  WEBHOOKS_MAX,
} from "@tracker/contracts";
import { desc, eq, sql } from "drizzle-orm";
import { type Database, inTransaction } from "./database.ts";
import { instantOf } from "./instant.ts";
import { webhookDeliveries, webhooks } from "./schema.ts";
import { toDelivery } from "./webhook-delivery-row.ts";

type WebhookRow = typeof webhooks.$inferSelect;

/** Every webhook, oldest first. */
export function listWebhooks(database: Database): Output<typeof list> {
  const rows = database.drizzle.select().from(webhooks).orderBy(webhooks.id).all();
  return { items: rows.map((row) => toWebhook(database, row)) };
}

/** A request repeated with the same key creates only one webhook. CONFLICT when there are too many. */
export function createWebhook(
  database: Database,
  { key, name, host, format, events }: Input<typeof creation>,
  now: number,
): Webhook {
  return inTransaction(database, () => {
    const known = database.drizzle.select().from(webhooks).where(eq(webhooks.key, key)).get();
    if (known !== undefined) return toWebhook(database, known);
    if (database.drizzle.select({ id: webhooks.id }).from(webhooks).all().length >= WEBHOOKS_MAX) {
      throw new ServiceError("CONFLICT", `there are ${WEBHOOKS_MAX} webhooks, which is the most`);
    }
    const values = {
      key,
      name: name.trim(),
      host,
      format,
      events: JSON.stringify(events),
      enabled: true,
      createdAt: now,
    };
    return toWebhook(database, database.drizzle.insert(webhooks).values(values).returning().get());
  });
}

export function updateWebhook(
  database: Database,
  { id, name, events, enabled, disabled_reason: reason, ...rest }: Input<typeof update>,
): Webhook {
  return inTransaction(database, () => {
    const row = rowOf(database, id);
    const disabledReason = enabled === true ? null : (reason ?? row.disabledReason);
    const changes = {
      ...rest,
      ...(name === undefined ? {} : { name: name.trim() }),
      disabledReason,
      enabled: enabled ?? row.enabled,
      events: events === undefined ? row.events : JSON.stringify(events),
    };
    const changed = database.drizzle
      .update(webhooks)
      .set(changes)
      .where(eq(webhooks.id, id))
      .returning()
      .get();
    return toWebhook(database, changed);
  });
}

/** Its deliveries go with it. */
export function removeWebhook(database: Database, { id }: { id: number }): { key: string } {
  return inTransaction(database, () => {
    const { key } = rowOf(database, id);
    database.drizzle.delete(webhooks).where(eq(webhooks.id, id)).run();
    return { key };
  });
}

export function findWebhook(database: Database, { id }: { id: number }): Output<typeof finding> {
  const row = rowOf(database, id);
  return { webhook: toWebhook(database, row), key: row.key };
}

export function rowOf(database: Database, id: number): WebhookRow {
  const row = database.drizzle.select().from(webhooks).where(eq(webhooks.id, id)).get();
  if (row === undefined) throw new ServiceError("NOT_FOUND", `there is no webhook ${id}`);
  return row;
}

function toWebhook(database: Database, row: WebhookRow): Webhook {
  const own = eq(webhookDeliveries.webhookId, row.id);
  const last = database.drizzle
    .select()
    .from(webhookDeliveries)
    .where(own)
    .orderBy(desc(webhookDeliveries.id))
    .limit(1)
    .get();
  const waiting = database.drizzle
    .select({ count: sql<number>`count(*)` })
    .from(webhookDeliveries)
    .where(sql`${own} AND ${webhookDeliveries.state} = 'waiting'`)
    .get();
  return {
    id: row.id,
    name: row.name,
    host: row.host,
    format: row.format,
    events: JSON.parse(row.events) as WebhookEvent[],
    enabled: row.enabled,
    disabled_reason: row.disabledReason,
    created_at: instantOf(row.createdAt),
    waiting: waiting?.count ?? 0,
    last_delivery: last === undefined ? null : toDelivery(last),
  };
}
