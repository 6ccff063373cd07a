import { type Answer, answer } from "@tracker/bus";
import {
  claimWebhookDeliveries,
  createWebhook,
  findWebhook,
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook,
  noteWebhookTry,
  reportWebhookDelivery,
  retryWebhookDelivery,
  ServiceError,
  updateWebhook,
  type Webhook,
} from "@tracker/contracts";

interface Kept {
  readonly webhook: Webhook;
  readonly key: string;
}

/** Webhooks in memory, of which nothing is ever due. */
export function webhookAnswers(): Answer[] {
  const all = new Map<number, Kept>();
  const find = (id: number): Kept => {
    const kept = all.get(id);
    if (kept === undefined) throw new ServiceError("NOT_FOUND", `there is no webhook ${id}`);
    return kept;
  };
  return [
    answer(listWebhooks, () => ({ items: [...all.values()].map(({ webhook }) => webhook) })),
    answer(createWebhook, ({ key, ...wish }) => {
      const webhook: Webhook = {
        ...wish,
        id: all.size + 1,
        enabled: true,
        disabled_reason: null,
        created_at: "2026-11-20T12:00:00.000Z",
        waiting: 0,
        last_delivery: null,
      };
      all.set(webhook.id, { webhook, key });
      return webhook;
    }),
    answer(findWebhook, ({ id }) => find(id)),
    answer(updateWebhook, ({ id, ...changes }) => {
      const { webhook, key } = find(id);
      const changed = { ...webhook, ...changes };
      all.set(id, { webhook: changed, key });
      return changed;
    }),
    answer(removeWebhook, ({ id }) => {
      const { key } = find(id);
      all.delete(id);
      return { key };
    }),
    answer(listWebhookDeliveries, ({ id }) => {
      find(id);
      return { items: [], next_cursor: null };
    }),
    answer(retryWebhookDelivery, ({ id, delivery_id: deliveryId }) => {
      find(id);
      throw new ServiceError("NOT_FOUND", `webhook ${id} has no delivery ${deliveryId}`);
    }),
    answer(noteWebhookTry, () => ({})),
    answer(claimWebhookDeliveries, () => ({ items: [], next_due_at: null })),
    answer(reportWebhookDelivery, () => ({})),
  ];
}
