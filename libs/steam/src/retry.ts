import type { SteamFailure } from "./failure.ts";

/** HTTP requests for one call at most. */
export const RETRY_ATTEMPTS = 3;

const BACKOFF_MS_MIN = 500;
const BACKOFF_MS_MAX = 30_000;
/** An API that asks for a longer wait is left alone: the caller gets the failure now and comes back later. */
const RETRY_AFTER_MS_MAX = 60_000;

export interface RetryPolicy {
  readonly attempts: number;
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * How long to wait after attempt number `attempt` (from 1) before the next one; null when there is to be none.
 * Exponential with full jitter, so that callers who failed together do not come back together.
 */
export function retryDelayMs(
  failure: SteamFailure,
  attempt: number,
  { attempts, random }: RetryPolicy,
): number | null {
  const askedMs = failure.retryAfterMs ?? 0;
  if (attempt >= attempts || !isRetried(failure)) return null;
  if (askedMs > RETRY_AFTER_MS_MAX) return null;
  const ceilingMs = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN * 2 ** (attempt - 1));
  return Math.max(askedMs, random() * ceilingMs);
}

/** Network errors, timeouts, 5xx, 429 and unreadable answers; never any other 4xx, for it would be the same again. */
function isRetried(failure: SteamFailure): boolean {
  const { status } = failure;
  if (!isPassing(failure)) return false;
  return status === null || status === 429 || status < 400 || status >= 500;
}

/** Whether the failure is of the moment: no answer, or none that is to be believed. */
export function isPassing({ kind }: SteamFailure): boolean {
  return kind === "limited" || kind === "unreachable" || kind === "malformed";
}

/** Whether everybody has to stop asking this API for a while: it said so, or it is down. */
export function isPausing({ kind, status }: SteamFailure): boolean {
  return kind === "limited" || status === 503;
}

/** Resolves after `ms`; rejects with the signal's reason as soon as that is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (signal?.aborted) reject(signal.reason);
  const stop = () => reject(signal?.reason);
  const timer = setTimeout(resolve, ms);
  signal?.addEventListener("abort", stop, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  });
}
