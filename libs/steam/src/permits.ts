import type { ApiName, ApiNames, Limiter } from "@tracker/limiter";

export type { ApiName, ApiNames };

/**
 * Leave to send one HTTP request; the limiter that all processes share gives it. Every attempt, a retry too, asks for a
 * permit of its own, so no quota can be overspent.
 */
export type Permits = Pick<Limiter, "acquire" | "pause"> & Partial<Pick<Limiter, "succeeded">>;

/** Permits without a quota, for tests and for a simulated Steam. */
export const unlimitedPermits: Permits = {
  acquire: async (_api, signal) => signal?.throwIfAborted(),
  pause: () => Promise.resolve(),
};
