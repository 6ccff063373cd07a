import type { Caller } from "./call.ts";
import type { Permits } from "./permits.ts";
import { RETRY_ATTEMPTS, sleep } from "./retry.ts";

/** What every client takes, whatever it talks to. */
export interface CallerOptions {
  readonly permits: Permits;
  /** HTTP requests for one call at most, 3 unless told. */
  readonly retryAttempts?: number;
  /** For one HTTP request, from sending it to the last byte; 10 s unless told. Waiting for a permit does not count. */
  readonly timeoutMs?: number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** In [0, 1), for the jitter. */
  readonly random?: () => number;
}

const TIMEOUT_MS = 10_000;

/** `baseUrl` is without a path, such as `https://api.steampowered.com`. */
export function createCaller(baseUrl: string, options: CallerOptions): Caller {
  return {
    baseUrl: baseUrl.replace(/\/+$/, ""),
    permits: options.permits,
    retry: {
      attempts: options.retryAttempts ?? RETRY_ATTEMPTS,
      random: options.random ?? Math.random,
    },
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    sleep: options.sleep ?? sleep,
    now: options.now ?? Date.now,
  };
}
