import type { ApiName, ApiNames } from "@tracker/limiter";

export type { ApiName, ApiNames };

/**
 * Leave to send one HTTP request; the limiter that all processes share gives it. Every attempt, a retry too, asks for a
 * permit of its own, so no quota can be overspent.
 */
export interface Permits {
  /**
   * Waits until one request may be sent; rejects with the signal's reason when that is aborted first. A request that counts
   * for several APIs asks for all of them at once, so that no permit grows old while another is waited for.
   */
  acquire(api: ApiName | ApiNames, signal?: AbortSignal): Promise<void>;
  /** Tells everybody who uses this API to stop for a while: `retryAfterMs` where the API said how long, else null. */
  pause(api: ApiName, retryAfterMs: number | null): Promise<void>;
  /** The API gave a definite answer: a growing pause may start small again. */
  succeeded?(api: ApiName): void;
}

/** Permits without a quota, for tests and for a simulated Steam. */
export const unlimitedPermits: Permits = {
  acquire: async (_api, signal) => signal?.throwIfAborted(),
  pause: () => Promise.resolve(),
};
