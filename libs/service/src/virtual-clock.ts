import type { Clock } from "./clock.ts";

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A clock that stands until it is moved: a day of intervals takes no longer than the work that it wakes. For tests and replays. */
export class VirtualClock implements Clock {
  readonly #origin: number;
  #elapsedMs = 0;
  #jumpedMs = 0;
  readonly #sleepers = new Set<Sleeper>();

  /** Starts at that instant, epoch milliseconds. */
  constructor(startsAt: number) {
    this.#origin = startsAt;
  }

  now(): number {
    return this.#origin + this.#elapsedMs + this.#jumpedMs;
  }

  monotonic(): number {
    return this.#elapsedMs;
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => {
      this.#sleepers.delete(sleeper);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const sleeper: Sleeper = { dueMs: this.#elapsedMs + ms, wake };
    this.#sleepers.add(sleeper);
    signal.addEventListener("abort", wake);
    return promise;
  }

  /** Sets the wall time without letting time pass, as a person, NTP or a machine that slept does. */
  jump(ms: number): void {
    this.#jumpedMs += ms;
  }

  /** Lets `ms` pass, waking whoever is due one after the other; `settle` resolves when what was woken has done its work. */
  async advance(ms: number, settle: () => Promise<void> = turn): Promise<void> {
    const until = this.#elapsedMs + ms;
    await settle();
    for (let next = this.#earliest(until); next !== null; next = this.#earliest(until)) {
      this.#elapsedMs = Math.max(this.#elapsedMs, next.dueMs);
      next.wake();
      await settle();
    }
    this.#elapsedMs = until;
  }

  #earliest(untilMs: number): Sleeper | null {
    let earliest: Sleeper | null = null;
    for (const sleeper of this.#sleepers) {
      if (sleeper.dueMs <= untilMs && (earliest === null || sleeper.dueMs < earliest.dueMs))
        earliest = sleeper;
    }
    return earliest;
  }
}

/** Lets everything run that waits for nothing but its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
