import type { ApiName, Permits } from "@tracker/steam";

/**
 * Permits that remember when they last let a request go. Steam's totals are those of that instant, which may be long after
 * the question: a paused API keeps it waiting. One per kind of look, since looks of different kinds overlap.
 */
export class SendTimes implements Permits {
  readonly #permits: Permits;
  readonly #now: () => number;
  #sentAt = 0;

  constructor(permits: Permits, now: () => number) {
    this.#permits = permits;
    this.#now = now;
  }

  /** Epoch milliseconds; 0 before the first request. */
  get sentAt(): number {
    return this.#sentAt;
  }

  async acquire(api: Parameters<Permits["acquire"]>[0], signal?: AbortSignal): Promise<void> {
    await this.#permits.acquire(api, signal);
    this.#sentAt = this.#now();
  }

  pause(api: ApiName, retryAfterMs: number | null): Promise<void> {
    return this.#permits.pause(api, retryAfterMs);
  }

  succeeded(api: ApiName): void {
    this.#permits.succeeded?.(api);
  }
}
