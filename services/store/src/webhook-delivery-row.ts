import type { WebhookDelivery } from "@tracker/contracts";
import { instantOf, instantOrNull } from "./instant.ts";
import type { webhookDeliveries } from "./schema.ts";

export function toDelivery(row: typeof webhookDeliveries.$inferSelect): WebhookDelivery {
  return {
    id: row.id,
    event: row.event,
    state: row.state,
    attempts: row.attempts,
    next_attempt_at: row.state === "waiting" ? instantOf(row.dueAt) : null,
    status: row.status,
    error: row.error,
    duration_ms: row.durationMs,
    created_at: instantOf(row.createdAt),
    finished_at: instantOrNull(row.finishedAt),
  };
}
