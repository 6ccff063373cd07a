import type { Job } from "@tracker/contracts";
import type { Clock } from "@tracker/service";

const DAY_MS = 86_400_000;

/** The days of a crawl that lasts, counted from its start, so that they are the same after every crash. */
export class Days {
  readonly #startedAt: number;
  readonly #clock: Clock;

  constructor({ created_at, started_at }: Job, clock: Clock) {
    this.#startedAt = Date.parse(started_at ?? created_at);
    this.#clock = clock;
  }

  /** Whole days since the start, from 0. */
  get today(): number {
    return Math.max(0, Math.floor((this.#clock.now() - this.#startedAt) / DAY_MS));
  }

  /** Waits for the end of a day. */
  end(day: number, signal: AbortSignal): Promise<void> {
    return this.#clock.wait(this.#startedAt + (day + 1) * DAY_MS - this.#clock.now(), signal);
  }
}
