import {
  findWebhook,
  type Input,
  isUnavailable,
  listWebhookDeliveries,
  noteWebhookTry,
  Nullable,
  retryWebhookDelivery,
  Strict,
  WebhookDelivery,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { pageOf } from "./answer-example.ts";
import { DELIVERY_EXAMPLE } from "./operation-example.ts";
import { parameters, withExample } from "./schema.ts";
import { missingAddress } from "./webhook-address.ts";
import { webhookMessage } from "./webhook-message.ts";
import type { Ask } from "./question.ts";
import type { WebhookParts } from "./webhook-routes.ts";
import { readWebhookSecret } from "./webhook-secret.ts";
import { sendWebhook } from "./webhook-send.ts";

const tags = ["Webhooks"];
const Tried = Type.Object({
  delivered: Type.Boolean(),
  /** The HTTP status; null when no answer came. */
  status: Nullable(Type.Integer()),
  error: Nullable(Type.String()),
  duration_ms: Type.Integer({ minimum: 0 }),
});

/** A webhook's deliveries with their outcomes, the retry of one, and a test delivery. */
export function deliveryRoutes({ ask, dataDir, mayBePrivate }: WebhookParts) {
  const example = { delivered: true, status: 204, error: null, duration_ms: 84 };
  const { id: _id, ...page } = listWebhookDeliveries.input.properties;
  return new Elysia({ name: "webhook-deliveries" })
    .post(
      "/api/webhooks/:id/test",
      async ({ params }) => {
        const { webhook, key } = await ask(findWebhook, params);
        const secret = readWebhookSecret(dataDir, key);
        if (secret === null) throw missingAddress();
        const created_at = new Date().toISOString();
        const message_id = `msg_${crypto.randomUUID()}`;
        const data = { webhook: webhook.name };
        const telling = {
          format: webhook.format,
          message_id,
          created_at,
          data,
          event: "webhook.test",
        };
        const message = webhookMessage(telling, secret, Date.now());
        const { status, error, durationMs } = await sendWebhook(message, { mayBePrivate });
        const told = { status, error, duration_ms: durationMs };
        await note(ask, { id: params.id, message_id, started_at: created_at, ...told });
        return { delivered: error === null, ...told };
      },
      {
        params: parameters(findWebhook.input),
        response: { 200: withExample(Tried, example) },
        detail: {
          tags,
          summary: "Try a webhook",
          description:
            "Sends the event `webhook.test` once, now, answers what came back, and keeps it among the deliveries.",
        },
      },
    )
    .get(
      "/api/webhooks/:id/deliveries",
      ({ params, query }) => ask(listWebhookDeliveries, { ...params, ...query }),
      {
        params: parameters(findWebhook.input),
        query: parameters(Strict(page)),
        response: { 200: withExample(listWebhookDeliveries.output, pageOf(DELIVERY_EXAMPLE)) },
        detail: {
          tags,
          summary: "List a webhook's deliveries",
          description: listWebhookDeliveries.description,
        },
      },
    )
    .post(
      "/api/webhooks/:id/deliveries/:delivery_id/retry",
      ({ params }) => ask(retryWebhookDelivery, params),
      {
        params: parameters(retryWebhookDelivery.input),
        response: { 200: withExample(WebhookDelivery, DELIVERY_EXAMPLE) },
        detail: { tags, summary: "Deliver again", description: retryWebhookDelivery.description },
      },
    );
}

/** The outcome is answered even if it cannot be stored, as on a full disk. */
async function note(ask: Ask, told: Input<typeof noteWebhookTry>): Promise<void> {
  await ask(noteWebhookTry, told).catch((error: unknown) => {
    if (!isUnavailable(error)) throw error;
  });
}
