import type { DueDelivery } from "@tracker/contracts";
import { signingKey, type WebhookSecret } from "./webhook-secret.ts";
import { wordsOf } from "./webhook-words.ts";

/** A request that reports an event to a receiver. */
export interface WebhookMessage {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Telling = Pick<DueDelivery, "format" | "message_id" | "data" | "created_at"> & {
  /** `webhook.test` for a try. */
  readonly event: string;
};

/** Discord's limits of an embed: https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const DISCORD = { title: 256, description: 4_096 } as const;
/** ntfy makes an attachment of a message that is longer (4,096 bytes). */
const NTFY = { title: 250, message: 1_000 } as const;
const ACCENT = 0x4f46e5;

/** The message in the format that its receiver takes. `now` is epoch milliseconds. */
export function webhookMessage(
  telling: Telling,
  secret: WebhookSecret,
  now: number,
): WebhookMessage {
  const url = new URL(secret.url);
  if (telling.format === "discord") return { url, headers: JSON_TYPE, body: discordBody(telling) };
  if (telling.format === "ntfy") return ntfyMessage(telling, url);
  return standardMessage(telling, url, secret.secret, now);
}

const JSON_TYPE = { "content-type": "application/json" };

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function standardMessage(telling: Telling, url: URL, secret: string, now: number): WebhookMessage {
  const { message_id: id, event: type, created_at: timestamp, data } = telling;
  const body = JSON.stringify({ type, timestamp, data });
  const seconds = String(Math.floor(now / 1_000));
  return {
    url,
    headers: {
      ...JSON_TYPE,
      "webhook-id": id,
      "webhook-timestamp": seconds,
      "webhook-signature": `v1,${signatureOf(secret, `${id}.${seconds}.${body}`)}`,
    },
    body,
  };
}

/** Base64 of the HMAC-SHA256. */
export function signatureOf(secret: string, content: string): string {
  return new Bun.CryptoHasher("sha256", signingKey(secret)).update(content).digest("base64");
}

function discordBody(telling: Telling): string {
  const { title, message } = wordsOf(telling.event, telling.data);
  const embed = {
    title: cut(plain(title), DISCORD.title),
    description: cut(plain(message), DISCORD.description),
    color: ACCENT,
    timestamp: telling.created_at,
  };
  // A game's title must not mention anybody.
  return JSON.stringify({
    username: "Game Tracker",
    embeds: [embed],
    allowed_mentions: { parse: [] },
  });
}

/** As JSON to the server's root, with the topic that ends the address: a header could not hold every title. */
function ntfyMessage(telling: Telling, url: URL): WebhookMessage {
  const { title, message, tag } = wordsOf(telling.event, telling.data);
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const topic = parts.pop() ?? "";
  const root = new URL(`/${parts.join("/")}${url.search}`, url);
  const body = {
    topic,
    title: cut(title, NTFY.title),
    message: cut(message, NTFY.message),
    tags: [tag],
  };
  return { url: root, headers: JSON_TYPE, body: JSON.stringify(body) };
}

/** Shows a text as it is, where Discord would take a part of it as markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()<>#+\-.!|~:@]/g, (sign) => `\\${sign}`);
}

/** Never within a character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text
    .slice(0, length - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, "")}…`;
}
