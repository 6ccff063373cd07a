import { isIP } from "node:net";
import {
  createWebhook,
  findWebhook,
  listWebhookDeliveries,
  listWebhooks,
  Nullable,
  removeWebhook,
  retryWebhookDelivery,
  Strict,
  updateWebhook,
  Webhook,
  WebhookDelivery,
  WebhookWish,
} from "@tracker/contracts";
import { type TSchema, Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { pageOf } from "./answer-example.ts";
import { DELIVERY_EXAMPLE, WEBHOOK_EXAMPLE } from "./operation-example.ts";
import { isPublicAddress } from "./private-network.ts";
import { Problem } from "./problem.ts";
import type { Ask } from "./question.ts";
import { copy, parameters, withExample } from "./schema.ts";
import { webhookMessage } from "./webhook-message.ts";
import {
  newSigningSecret,
  readWebhookSecret,
  removeWebhookSecret,
  writeWebhookSecret,
} from "./webhook-secret.ts";
import { sendWebhook } from "./webhook-send.ts";

const tags = ["Webhooks"];
const Address = Type.String({
  minLength: 8,
  maxLength: 2_000,
  pattern: "^https?://",
  description: "an http or https address of at most 2,000 characters",
});
const Secret = Type.String({
  description: "Signs each delivery of the format `standard`; shown this once",
});
const { name, format, events } = WebhookWish;
const NewWebhook = Strict({
  name: copy(name),
  url: Address,
  format: copy(format),
  events: copy(events),
});
const Change = Strict({
  name: optional(name),
  url: Type.Optional(Address),
  format: optional(format),
  events: optional(events),
  enabled: Type.Optional(Type.Boolean({ description: "true or false" })),
  /** Makes a new signing secret, which the answer shows. */
  new_secret: Type.Optional(Type.Boolean({ description: "true or false" })),
});
const Made = Type.Object({ ...Webhook.properties, secret: Secret });
const Changed = Type.Object({ ...Webhook.properties, secret: Nullable(Secret) });
const Tried = Type.Object({
  delivered: Type.Boolean(),
  /** The HTTP status; null when no answer came. */
  status: Nullable(Type.Integer()),
  error: Nullable(Type.String()),
  duration_ms: Type.Integer({ minimum: 0 }),
});

export interface WebhookParts {
  readonly ask: Ask;
  readonly dataDir: string;
  readonly mayBePrivate: boolean;
}

/** Whom events are told to. Addresses and signing secrets stay in files that only this service reads. */
export function webhookRoutes(parts: WebhookParts) {
  const { ask, dataDir } = parts;
  return new Elysia({ name: "webhooks" })
    .get("/api/webhooks", () => ask(listWebhooks, {}), {
      response: { 200: withExample(listWebhooks.output, { items: [WEBHOOK_EXAMPLE] }) },
      detail: { tags, summary: "List webhooks", description: listWebhooks.description },
    })
    .post(
      "/api/webhooks",
      async ({ body: { url, ...wish }, set }) => {
        const host = hostOf(url, parts.mayBePrivate);
        const key = crypto.randomUUID().replaceAll("-", "");
        const secret = newSigningSecret();
        // First the secret: a webhook without one could tell nobody, a secret without its webhook does no harm.
        writeWebhookSecret(dataDir, key, { url, secret });
        try {
          const made = await ask(createWebhook, { key, host, ...wish });
          set.status = 201;
          return { ...made, secret };
        } catch (error) {
          removeWebhookSecret(dataDir, key);
          throw error;
        }
      },
      {
        body: NewWebhook,
        response: { 201: withExample(Made, { ...WEBHOOK_EXAMPLE, secret: "whsec_…" }) },
        detail: {
          tags,
          summary: "Create a webhook",
          description:
            "Events that happen from now on are told to this address, each until it answers 2xx: ten attempts over about a day. `standard` is the body `{type, timestamp, data}` with the headers webhook-id, webhook-timestamp and webhook-signature of the Standard Webhooks specification; `discord` and `ntfy` are bodies that those take as they are, about public games only. An address in a private network is refused unless WEBHOOK_PRIVATE_NETWORKS allows it. The secret is in this answer and nowhere else.",
        },
      },
    )
    .get("/api/webhooks/:id", async ({ params }) => (await ask(findWebhook, params)).webhook, {
      params: parameters(findWebhook.input),
      response: { 200: withExample(Webhook, WEBHOOK_EXAMPLE) },
      detail: { tags, summary: "One webhook", description: "Never its address or secret." },
    })
    .patch(
      "/api/webhooks/:id",
      async ({ params: { id }, body }) => {
        const { url, new_secret: renew, ...change } = body;
        const host = url === undefined ? {} : { host: hostOf(url, parts.mayBePrivate) };
        const { key } = await ask(findWebhook, { id });
        const secret = renew === true ? newSigningSecret() : null;
        if (url !== undefined || secret !== null) replaceSecret(dataDir, key, { url, secret });
        const changed = await ask(updateWebhook, { id, ...change, ...host });
        return { ...changed, secret };
      },
      {
        params: parameters(findWebhook.input),
        body: Change,
        response: { 200: withExample(Changed, { ...WEBHOOK_EXAMPLE, secret: null }) },
        detail: { tags, summary: "Change a webhook", description: updateWebhook.description },
      },
    )
    .delete(
      "/api/webhooks/:id",
      async ({ params, set }) => {
        const { key } = await ask(removeWebhook, params);
        removeWebhookSecret(dataDir, key);
        set.status = 204;
        return undefined;
      },
      {
        params: parameters(findWebhook.input),
        response: { 204: Type.Void({ description: "It is told nothing any more" }) },
        detail: { tags, summary: "Delete a webhook", description: removeWebhook.description },
      },
    )
    .use(deliveryRoutes(parts));
}

function deliveryRoutes({ ask, dataDir, mayBePrivate }: WebhookParts) {
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
        return { delivered: error === null, status, error, duration_ms: durationMs };
      },
      {
        params: parameters(findWebhook.input),
        response: { 200: withExample(Tried, example) },
        detail: {
          tags,
          summary: "Try a webhook",
          description: "Sends the event `webhook.test` once, now, and answers what came back.",
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

function optional<T extends TSchema>(schema: T) {
  return Type.Optional(copy(schema));
}

function replaceSecret(
  dataDir: string,
  key: string,
  { url, secret }: { readonly url: string | undefined; readonly secret: string | null },
): void {
  const known = readWebhookSecret(dataDir, key);
  const address = url ?? known?.url;
  if (address === undefined) throw missingAddress();
  const signing = secret ?? known?.secret ?? newSigningSecret();
  writeWebhookSecret(dataDir, key, { url: address, secret: signing });
}

function missingAddress(): Problem {
  return new Problem(
    "CONFLICT",
    "the webhook's address is missing here, as after a restore on another machine: set its url again",
  );
}

/** The host of an address that can be told; what a name means is looked at before each delivery. */
function hostOf(text: string, mayBePrivate: boolean): string {
  const url = URL.parse(text);
  const bare = url?.hostname.replace(/^\[(.*)\]$/, "$1") ?? "";
  const refuse = (expected: string) =>
    new Problem("INVALID", `/url: expected ${expected}`, { field: "/url" });
  if (url === null || !/^https?:$/.test(url.protocol)) throw refuse("an http or https address");
  if (url.username !== "" || url.password !== "") {
    throw refuse("an address without a name and password before its host");
  }
  const isPrivate = isIP(bare) > 0 ? !isPublicAddress(bare) : /(^|\.)localhost\.?$/i.test(bare);
  if (isPrivate && !mayBePrivate) {
    throw refuse("an address on the internet; WEBHOOK_PRIVATE_NETWORKS=true allows private ones");
  }
  return url.host;
}
