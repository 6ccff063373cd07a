import {
  createWebhook,
  findWebhook,
  listWebhooks,
  Nullable,
  removeWebhook,
  Strict,
  updateWebhook,
  Webhook,
  WebhookWish,
} from "@tracker/contracts";
import { type TSchema, Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { WEBHOOK_EXAMPLE } from "./operation-example.ts";
import type { Ask } from "./question.ts";
import { copy, parameters, withExample } from "./schema.ts";
import { hostOf, missingAddress } from "./webhook-address.ts";
import { deliveryRoutes } from "./webhook-delivery-routes.ts";
import {
  newSigningSecret,
  readWebhookSecret,
  removeWebhookSecret,
  writeWebhookSecret,
} from "./webhook-secret.ts";

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
export interface WebhookParts {
  readonly ask: Ask;
  readonly dataDir: string;
  readonly mayBePrivate: boolean;
}

/** The receivers of events. Addresses and signing secrets stay in files that only this service reads. */
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
        // First the secret: a webhook without one could not be delivered to, a secret without its webhook does no harm.
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
