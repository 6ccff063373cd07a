import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import {
  Choice,
  Count,
  Empty,
  Id,
  Instant,
  Line,
  Nullable,
  Page,
  PageInput,
  Strict,
} from "./primitive.ts";

/** The events that a webhook can be told of: the last two words of their subjects. A job's progress is left out, as it comes every second. */
export const WEBHOOK_EVENTS = [
  "session.started",
  "session.ended",
  "session.changed",
  "achievement.unlocked",
  "game.added",
  "game.changed",
  "game.completed",
  "library.synced",
  "job.changed",
] as const;
/** What a webhook may have been told: those, and a person's try. */
export const DELIVERY_EVENTS = [...WEBHOOK_EVENTS, "webhook.test"] as const;
const DeliveryEvent = Choice(DELIVERY_EVENTS);
export const WebhookEvent = Choice(WEBHOOK_EVENTS);
export type WebhookEvent = Static<typeof WebhookEvent>;

/** `standard` is the body and signature of the Standard Webhooks specification; the others are bodies that those services take as they are. */
export const WEBHOOK_FORMATS = ["standard", "discord", "ntfy"] as const;
export const WebhookFormat = Choice(WEBHOOK_FORMATS);
export type WebhookFormat = Static<typeof WebhookFormat>;

export const DELIVERY_STATES = ["waiting", "delivered", "failed", "skipped"] as const;
const DeliveryState = Choice(DELIVERY_STATES);

/** Where its address and signing secret lie among the credentials. */
const Key = Type.String({ pattern: "^[0-9a-f]{32}$" });
const Name = Line(100);
const Host = Type.String({ minLength: 1, maxLength: 300 });
const Events = Type.Array(WebhookEvent, {
  minItems: 1,
  maxItems: WEBHOOK_EVENTS.length,
  uniqueItems: true,
  description: `1 to ${WEBHOOK_EVENTS.length} different events of ${WEBHOOK_EVENTS.join(", ")}`,
});

/** What became of one telling. */
export const WebhookDelivery = Type.Object({
  id: Id,
  event: DeliveryEvent,
  /** `skipped`: it was about a game that this format does not tell of. */
  state: DeliveryState,
  attempts: Count,
  /** When it is tried next; null when it is not. */
  next_attempt_at: Nullable(Instant),
  /** The HTTP status of the newest attempt; null when no answer came. */
  status: Nullable(Type.Integer()),
  /** Why the newest attempt failed. */
  error: Nullable(Type.String()),
  duration_ms: Nullable(Count),
  created_at: Instant,
  finished_at: Nullable(Instant),
});
export type WebhookDelivery = Static<typeof WebhookDelivery>;

export const Webhook = Type.Object({
  id: Id,
  /** One of before names were held to one line may have several. */
  name: Type.String(),
  /** Of its address, the rest of which may be a secret and is not told. */
  host: Host,
  format: WebhookFormat,
  events: Events,
  enabled: Type.Boolean(),
  /** Why the tracker itself switched it off. */
  disabled_reason: Nullable(Type.String()),
  created_at: Instant,
  waiting: Count,
  last_delivery: Nullable(WebhookDelivery),
});
export type Webhook = Static<typeof Webhook>;

/** What a person gives besides the address. */
export const WebhookWish = { name: Name, format: WebhookFormat, events: Events };

/** The most that one tracker has. */
export const WEBHOOKS_MAX = 50;

export const listWebhooks = defineRequest({
  subject: "store.webhooks.list",
  description: "Every webhook, oldest first; never its address or secret.",
  input: Empty,
  output: Type.Object({ items: Type.Array(Webhook) }),
});
export const createWebhook = defineRequest({
  subject: "store.webhooks.create",
  description: "Makes a webhook. CONFLICT when there are 50 already.",
  input: Strict({ key: Key, host: Host, ...WebhookWish }),
  output: Webhook,
});
export const updateWebhook = defineRequest({
  subject: "store.webhooks.update",
  description:
    "Changes a webhook. Switched on again it is told of what happens from then on, and of what still waits.",
  input: Strict({
    id: Id,
    name: Type.Optional(Name),
    host: Type.Optional(Host),
    format: Type.Optional(WebhookFormat),
    events: Type.Optional(Events),
    enabled: Type.Optional(Type.Boolean({ description: "true or false" })),
    disabled_reason: Type.Optional(Type.String({ maxLength: 300 })),
  }),
  output: Webhook,
});
export const removeWebhook = defineRequest({
  subject: "store.webhooks.remove",
  description: "Forgets a webhook and its deliveries.",
  input: Strict({ id: Id }),
  output: Type.Object({ key: Key }),
});
export const findWebhook = defineRequest({
  subject: "store.webhooks.find",
  description: "One webhook, with the key under which its address lies.",
  input: Strict({ id: Id }),
  output: Type.Object({ webhook: Webhook, key: Key }),
});
export const listWebhookDeliveries = defineRequest({
  subject: "store.webhooks.deliveries",
  description:
    "What became of each telling, newest first. The newest 500 of a webhook are kept, for 30 days.",
  input: Strict({ id: Id, ...PageInput }),
  output: Page(WebhookDelivery),
});
export const retryWebhookDelivery = defineRequest({
  subject: "store.webhooks.retry",
  description: "Has a delivery made again, now, under the same message id.",
  input: Strict({ id: Id, delivery_id: Id }),
  output: WebhookDelivery,
});

/** A telling that is to be made, handed to one process for a while. */
export const DueDelivery = Type.Object({
  id: Id,
  key: Key,
  webhook_id: Id,
  format: WebhookFormat,
  message_id: Type.String(),
  event: DeliveryEvent,
  data: Type.Unknown(),
  created_at: Instant,
});
export type DueDelivery = Static<typeof DueDelivery>;

/** How long a process has for what it claimed; then another takes it up. */
export const DELIVERY_LEASE_MS = 15_000;

export const claimWebhookDeliveries = defineRequest({
  subject: "store.webhooks.claim",
  description:
    "Hands out what is due, the oldest first and one of each webhook at a time: a receiver that hangs delays nobody else.",
  input: Empty,
  output: Type.Object({
    items: Type.Array(DueDelivery, { maxItems: WEBHOOKS_MAX }),
    /** When there may be more; null when nothing waits. */
    next_due_at: Nullable(Instant),
  }),
});
export const reportWebhookDelivery = defineRequest({
  subject: "store.webhooks.report",
  description:
    "What came of a delivery: made, not to be made, or to be tried again after the next of the growing waits, or after `retry_after_ms` when that is longer.",
  input: Strict({
    id: Id,
    outcome: Choice(["delivered", "retry", "skipped", "gone"] as const),
    status: Nullable(Type.Integer()),
    error: Nullable(Type.String({ maxLength: 300 })),
    duration_ms: Count,
    retry_after_ms: Nullable(Count),
  }),
  output: Empty,
});

export const noteWebhookTry = defineRequest({
  subject: "store.webhooks.note",
  description: "Keeps what came of a person's try among the deliveries of a webhook.",
  input: Strict({
    id: Id,
    message_id: Type.String({ minLength: 1, maxLength: 100 }),
    status: Nullable(Type.Integer()),
    /** Null when it was taken. */
    error: Nullable(Type.String({ maxLength: 300 })),
    duration_ms: Count,
    started_at: Instant,
  }),
  output: Empty,
});
