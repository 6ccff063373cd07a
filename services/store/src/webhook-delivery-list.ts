import {
  type Input,
  type listWebhookDeliveries as listing,
  type noteWebhookTry as noting,
  type Output,
  PAGE_LIMIT_DEFAULT,
  type retryWebhookDelivery as retrying,
  ServiceError,
  type WebhookDelivery,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { and, desc, eq, lt } from "drizzle-orm";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import { type Database, inTransaction } from "./database.ts";
import { webhookDeliveries } from "./schema.ts";
import { readInstant } from "./instant.ts";
import { toDelivery } from "./webhook-delivery-row.ts";
import { rowOf } from "./webhook.ts";

/** Newest first. */
export function listDeliveries(
  database: Database,
  { id, limit = PAGE_LIMIT_DEFAULT, cursor }: Input<typeof listing>,
): Output<typeof listing> {
  rowOf(database, id);
  const query: ListQuery = ["webhook-deliveries", id];
  const before = decodeCursor(query, Type.Integer(), cursor) ?? Number.MAX_SAFE_INTEGER;
  const rows = database.drizzle
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, id), lt(webhookDeliveries.id, before)))
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit + 1)
    .all();
  return pageOf(rows, limit, toDelivery, (row) => encodeCursor(query, row.id));
}

/** Makes a delivery due now, with all its attempts before it. CONFLICT while the webhook is switched off. */
export function retryDelivery(
  database: Database,
  { id, delivery_id: deliveryId }: Input<typeof retrying>,
  now: number,
): WebhookDelivery {
  return inTransaction(database, () => {
    if (!rowOf(database, id).enabled) {
      throw new ServiceError("CONFLICT", "the webhook is switched off: switch it on first");
    }
    const again = { state: "waiting", attempts: 0, dueAt: now, finishedAt: null } as const;
    const row = database.drizzle
      .update(webhookDeliveries)
      .set(again)
      .where(and(eq(webhookDeliveries.webhookId, id), eq(webhookDeliveries.id, deliveryId)))
      .returning()
      .get();
    if (row === undefined) {
      throw new ServiceError("NOT_FOUND", `webhook ${id} has no delivery ${deliveryId}`);
    }
    return toDelivery(row);
  });
}

/** Keeps what came of a person's try; sent twice it is kept once. */
export function noteTry(
  database: Database,
  {
    id,
    message_id: messageId,
    status,
    error,
    duration_ms: durationMs,
    ...at
  }: Input<typeof noting>,
  now: number,
): Record<string, never> {
  const { name } = rowOf(database, id);
  const startedAt = readInstant(at.started_at, "/started_at");
  inTransaction(database, () => {
    database.drizzle
      .insert(webhookDeliveries)
      .values({
        webhookId: id,
        messageId,
        event: "webhook.test",
        body: JSON.stringify({ webhook: name }),
        state: error === null ? "delivered" : "failed",
        attempts: 1,
        dueAt: startedAt,
        status,
        error,
        durationMs,
        createdAt: startedAt,
        finishedAt: now,
      })
      .onConflictDoNothing()
      .run();
  });
  return {};
}
