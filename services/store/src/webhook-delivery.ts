import {
  type claimWebhookDeliveries as claiming,
  DELIVERY_LEASE_MS,
  type DueDelivery,
  type Input,
  type Output,
  type reportWebhookDelivery as reporting,
  WEBHOOK_EVENTS,
  type WebhookDelivery,
  WEBHOOKS_MAX,
} from "@tracker/contracts";
import { and, eq } from "drizzle-orm";
import { type Database, inTransaction } from "./database.ts";
import { instantOf } from "./instant.ts";
import { webhookDeliveries, webhooks } from "./schema.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** After each failed attempt; after the last the delivery has failed for good. The Standard Webhooks specification proposes such growing waits over a day. */
const RETRY_WAITS_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  12 * HOUR_MS,
];
/** So that many that failed together do not come back together. */
const JITTER_SHARE = 0.2;
const RETRY_AFTER_MS_MAX = 24 * HOUR_MS;
const KEPT = 500;
const KEPT_MS = 30 * 24 * HOUR_MS;
const SUBJECT_PREFIX = "events.";
const KNOWN: ReadonlySet<string> = new Set(WEBHOOK_EVENTS);

/** Queues an event for every webhook that subscribed to it. Call it inside the transaction that makes the change. */
export function noteForWebhooks(
  database: Database,
  subject: string,
  data: unknown,
  now: number,
): void {
  const event = subject.slice(SUBJECT_PREFIX.length);
  if (!subject.startsWith(SUBJECT_PREFIX) || !KNOWN.has(event)) return;
  const wanting = database
    .prepare<{ id: number }>(
      "SELECT id FROM webhooks WHERE enabled = 1 AND EXISTS (SELECT 1 FROM json_each(events) WHERE value = ?)",
    )
    .all(event);
  const insert = database.prepare(
    "INSERT INTO webhook_deliveries (webhook_id, message_id, event, body, state, due_at, created_at) VALUES (?, ?, ?, ?, 'waiting', ?, ?)",
  );
  for (const { id } of wanting) {
    insert.run(id, `msg_${crypto.randomUUID()}`, event, JSON.stringify(data), now, now);
  }
}

interface DueRow extends Omit<DueDelivery, "data" | "created_at"> {
  readonly body: string;
  readonly created_at: number;
}

/** Hands out the oldest due delivery of each webhook that none is under way for. */
export function claimDeliveries(database: Database, now: number): Output<typeof claiming> {
  return inTransaction(database, () => {
    const rows = database
      .prepare<DueRow>(
        `SELECT delivery.id, key, webhook_id, format, message_id, event, body, delivery.created_at
         FROM webhooks JOIN webhook_deliveries AS delivery ON delivery.id = (
           SELECT id FROM webhook_deliveries
           WHERE webhook_id = webhooks.id AND state = 'waiting' AND due_at <= ?1
           ORDER BY due_at, id LIMIT 1)
         WHERE enabled = 1 AND NOT EXISTS (
           SELECT 1 FROM webhook_deliveries
           WHERE webhook_id = webhooks.id AND state = 'waiting' AND leased_until > ?1)
         ORDER BY delivery.due_at, delivery.id LIMIT ?2`,
      )
      .all(now, WEBHOOKS_MAX);
    const lease = database.prepare("UPDATE webhook_deliveries SET leased_until = ? WHERE id = ?");
    for (const { id } of rows) lease.run(now + DELIVERY_LEASE_MS, id);
    const next = database
      .prepare<{ at: number | null }>(
        // While one of a webhook is under way, none of its others is due.
        `SELECT min(at) AS at FROM (
           SELECT max(min(due_at), coalesce(max(leased_until), 0)) AS at
           FROM webhook_deliveries JOIN webhooks ON webhooks.id = webhook_id
           WHERE state = 'waiting' AND enabled = 1 GROUP BY webhook_id)`,
      )
      .get();
    return { items: rows.map(toDue), next_due_at: next?.at == null ? null : instantOf(next.at) };
  });
}

function toDue(row: DueRow): DueDelivery {
  const { body, created_at: at, ...rest } = row;
  return { ...rest, data: JSON.parse(body) as unknown, created_at: instantOf(at) };
}

/** What came of a delivery. A report about one that is over already, or gone with its webhook, changes nothing. */
export function reportDelivery(
  database: Database,
  input: Input<typeof reporting>,
  now: number,
): Record<string, never> {
  return inTransaction(database, () => {
    const row = database.drizzle
      .select()
      .from(webhookDeliveries)
      .where(and(eq(webhookDeliveries.id, input.id), eq(webhookDeliveries.state, "waiting")))
      .get();
    if (row === undefined) return {};
    const { outcome, status, error, duration_ms: durationMs } = input;
    const attempts = row.attempts + (outcome === "skipped" ? 0 : 1);
    const waitMs = outcome === "retry" ? waitAfter(attempts, input.retry_after_ms) : null;
    const told = { attempts, status, error, durationMs, leasedUntil: null };
    const after =
      waitMs === null
        ? { ...told, state: finalState(outcome), finishedAt: now }
        : { ...told, dueAt: now + waitMs };
    database.drizzle
      .update(webhookDeliveries)
      .set(after)
      .where(eq(webhookDeliveries.id, row.id))
      .run();
    if (outcome === "gone") switchOff(database, row.webhookId);
    forgetOld(database, row.webhookId, now);
    return {};
  });
}

function finalState(outcome: Input<typeof reporting>["outcome"]): WebhookDelivery["state"] {
  if (outcome === "delivered" || outcome === "skipped") return outcome;
  return "failed";
}

/** Milliseconds until the next attempt; null when that was the last. */
function waitAfter(attempts: number, retryAfterMs: number | null): number | null {
  const usual = RETRY_WAITS_MS[attempts - 1];
  if (usual === undefined) return null;
  const jittered = Math.round(usual * (1 + JITTER_SHARE * Math.random()));
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, RETRY_AFTER_MS_MAX));
}

function switchOff(database: Database, id: number): void {
  const disabledReason = "Its receiver answered 410: it is gone for good.";
  const { drizzle } = database;
  drizzle.update(webhooks).set({ enabled: false, disabledReason }).where(eq(webhooks.id, id)).run();
}

function forgetOld(database: Database, webhookId: number, now: number): void {
  database
    .prepare(
      `DELETE FROM webhook_deliveries WHERE webhook_id = ?1 AND state <> 'waiting' AND (created_at < ?2 OR id <= (
         SELECT id FROM webhook_deliveries WHERE webhook_id = ?1 AND state <> 'waiting' ORDER BY id DESC LIMIT 1 OFFSET ?3))`,
    )
    .run(webhookId, now - KEPT_MS, KEPT);
}
