import { errorCode, messageOf } from "@tracker/service";
import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import type { IncomingMessage } from "node:http";
import { resolveHost } from "./private-network.ts";
import type { WebhookMessage } from "./webhook-message.ts";

/** How a request to a receiver ended. */
export interface SendResult {
  /** Null when no answer came. */
  readonly status: number | null;
  /** Null when it was taken. */
  readonly error: string | null;
  readonly durationMs: number;
  readonly retryAfterMs: number | null;
}

export interface SendOptions {
  /** Whether a receiver may be in a private network; otherwise setting an address would give access to this one. */
  readonly mayBePrivate: boolean;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 10_000;
const USER_AGENT = "GameTracker-Webhook/1";
const REDIRECTS: ReadonlySet<number> = new Set([300, 301, 302, 303, 307, 308]);
const RETRY_AFTER_S_MAX = 86_400;

/** Sends a message once. It connects to the addresses that were checked, whatever the name means a moment later, and follows no redirect. */
export async function sendWebhook(
  message: WebhookMessage,
  { mayBePrivate, timeoutMs = TIMEOUT_MS, signal }: SendOptions,
): Promise<SendResult> {
  const startedAt = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  const until = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  const durationMs = () => Math.round(performance.now() - startedAt);
  try {
    const addresses = await inTime(resolveHost(message.url.hostname, mayBePrivate), until);
    const answer = await post(message, addresses, until);
    const status = answer.statusCode ?? 0;
    return {
      status,
      error: errorOf(status),
      durationMs: durationMs(),
      retryAfterMs: retryAfterMs(answer.headers["retry-after"]),
    };
  } catch (error) {
    const text = timeout.aborted ? `no answer within ${timeoutMs / 1_000} s` : reasonOf(error);
    return { status: null, error: text, durationMs: durationMs(), retryAfterMs: null };
  }
}

/** A name server may hang as well as a receiver. */
async function inTime<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  signal.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([asked, promise]);
  } finally {
    signal.removeEventListener("abort", end);
  }
}

type Addresses = Awaited<ReturnType<typeof resolveHost>>;

function post(
  { url, headers, body }: WebhookMessage,
  addresses: Addresses,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = url.protocol === "https:" ? requestTls : requestPlain;
  const sending = request(
    url,
    {
      method: "POST",
      signal,
      headers: { ...headers, "user-agent": USER_AGENT, "content-length": Buffer.byteLength(body) },
      lookup: (_hostname, _options, found) => found(null, [...addresses]),
    },
    (answer) => {
      // Only the status is needed, not the body.
      answer.on("error", () => {});
      answer.destroy();
      resolve(answer);
    },
  );
  sending.on("error", reject);
  sending.end(body);
  return promise;
}

function errorOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (REDIRECTS.has(status)) {
    return `answered ${status}: a redirect, which is not followed; set the address where it leads`;
  }
  return `answered ${status}`;
}

function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined) return null;
  const seconds = /^\d{1,9}$/.test(header)
    ? Number(header)
    : (Date.parse(header) - Date.now()) / 1_000;
  return Number.isFinite(seconds)
    ? Math.round(Math.min(Math.max(seconds, 0), RETRY_AFTER_S_MAX) * 1_000)
    : null;
}

/** In our own words: an error of the network may repeat the address. */
function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code === "ECONNREFUSED") return "the connection was refused";
  if (code === "ECONNRESET" || code === "EPIPE") return "the connection was closed";
  if (/CERT|TLS|SSL|SIGNATURE/.test(code)) return `its certificate is not valid (${code})`;
  if (code !== "" && /^[A-Z_]{3,40}$/.test(code)) return `it cannot be reached (${code})`;
  const message = messageOf(error);
  return message.startsWith("the host ") ? message : "it cannot be reached";
}
