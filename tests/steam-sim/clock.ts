/** The simulator's time in epoch milliseconds: the real time, a shifted one that runs, or one that stands until it is moved. */
export class SimClock {
  #standsAt: number | null = null;
  #aheadMs = 0;
  readonly #realNow: () => number;

  constructor(realNow: () => number = Date.now) {
    this.#realNow = realNow;
  }

  now(): number {
    return this.#standsAt ?? this.#realNow() + this.#aheadMs;
  }

  /** Stands at that instant, or runs on from it. */
  set(at: number, running = false): void {
    this.#standsAt = running ? null : at;
    this.#aheadMs = running ? at - this.#realNow() : 0;
  }

  advance(ms: number): void {
    if (this.#standsAt === null) this.#aheadMs += ms;
    else this.#standsAt += ms;
  }

  followReal(): void {
    this.#standsAt = null;
    this.#aheadMs = 0;
  }
}
