/** The outside APIs that have a quota of their own. */
export const API_NAMES = [
  "steam-web-api",
  "steam-achievements",
  "steam-store",
  "steamspy-details",
  "steamspy-all",
] as const;
export type ApiName = (typeof API_NAMES)[number];

/** At most `limit` requests in every stretch of time of `windowMs`, wherever it begins. */
export interface QuotaWindow {
  readonly limit: number;
  readonly windowMs: number;
}

/** A window of one API. An API may have several, and then keeps them all. */
export interface Quota extends QuotaWindow {
  readonly api: ApiName;
}

export const LIMIT_MAX = 1_000_000;
const DAY_MS = 86_400_000;
/** Beyond some hundred days the server's nanoseconds no longer fit a double. */
export const WINDOW_MS_MAX = 31 * DAY_MS;

const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
};

/** Reads a quota as it is written in the environment: `1/second`, `200/5minutes`, `100000/day`. */
export function parseQuota(text: string): QuotaWindow {
  const [, count = "", times = "", unit = ""] =
    /^(\d{1,9})\/(\d{0,9})(second|minute|hour|day)s?$/.exec(text) ?? [];
  const limit = Number(count);
  const windowMs = Number(times || "1") * (UNIT_MS[unit] ?? 0);
  if (limit < 1 || limit > LIMIT_MAX || windowMs < 1 || windowMs > WINDOW_MS_MAX) {
    throw new Error(
      `expected a quota such as 200/5minutes (1 to ${LIMIT_MAX} requests per second, minute, hour or day, or per a number of them up to 31 days), got ${JSON.stringify(text)}`,
    );
  }
  return { limit, windowMs };
}

/** The longest window whose permits are chained: in a longer one, what the server drops 0.35 s late is little. */
const CHAINED_MS_MAX = 10_000;
/** The most permits that a chain holds: each follows the one before, so that of many who compete for many few would get one. */
const CHAINED_LIMIT_MAX = 10;
const CHAINED_MARGIN_SHARE = 0.05;

/** Whether a window's permits are chained, to the millisecond, rather than dropped by the server, a bit late. */
export function isChained({ limit, windowMs }: QuotaWindow): boolean {
  return windowMs <= CHAINED_MS_MAX && limit <= CHAINED_LIMIT_MAX;
}

/** A permit that took longer to be had is thrown away. */
const PERMIT_AGE_MS_MAX = 1_000;
const PERMIT_AGE_MS_MIN = 100;
const MARGIN_SHARE = 0.04;
/** A short window loses more to the lateness of the server: with 4 %, a crawl of 24 minutes used 94.9 % of 45 a minute. */
const SHORT_MARGIN_SHARE = 0.03;
const SHORT_MS_MAX = 60_000;
const MARGIN_MS_MIN = 50;

/**
 * How much longer than its window a permit stays out. A request arrives up to an HTTP timeout after its permit was handed
 * over, which was up to a second after the server gave it; without a margin, requests that were slow at the end of one
 * window would meet the fast ones of the next. It takes 4 % of a window at most, 3 % of one of up to a minute (so that 95 % of every quota can be used),
 * but 50 ms at least. nats-server drops a permit up to 0.35 s late and never early; a chained window does not have that on
 * top, and gets 5 %, so that 95 % of it can be used: its requests leave at one and the same age of their permits, see {@link HOLD_MS}.
 */
export function marginMs(window: QuotaWindow, requestTimeoutMs: number): number {
  const wholeMs = requestTimeoutMs + PERMIT_AGE_MS_MAX;
  return Math.min(wholeMs, Math.max(MARGIN_MS_MIN, window.windowMs * marginShare(window)));
}

function marginShare(window: QuotaWindow): number {
  if (isChained(window)) return CHAINED_MARGIN_SHARE;
  return window.windowMs <= SHORT_MS_MAX ? SHORT_MARGIN_SHARE : MARGIN_SHARE;
}

/** How old a permit may be when it is handed over; the rest of the margin is for the request's way. */
export function permitAgeMsMax(spareMs: number): number {
  return Math.min(PERMIT_AGE_MS_MAX, Math.max(PERMIT_AGE_MS_MIN, spareMs / 2));
}

/**
 * How old a chained permit is when it is handed over. Nothing else keeps the requests of two processes apart, so each is held until
 * then: the time that a busy disk took to store one does not bring its request nearer to the next, nor cost a part of the margin.
 * The same for every chain, as a request may need permits of several; short enough for ten in a second.
 */
export const HOLD_MS = 75;
/** How much that age may differ from permit to permit, at worst; the rest of a chain's margin is for the ways of the requests. */
export const HOLD_BLUR_MS_MAX = 25;

/** The length of a window as it appears in the names of streams and subjects: `300s`. */
export function windowName(windowMs: number): string {
  return windowMs % 1_000 === 0 ? `${windowMs / 1_000}s` : `${windowMs}ms`;
}
