/**
 * The NATS server's time, as last heard and carried on by the monotonic clock: what processes on several machines agree
 * on, whatever their own clocks say.
 */
export class ServerClock {
  #offsetMs = Date.now() - performance.now();

  heard(now: number): void {
    this.#offsetMs = now - performance.now();
  }

  /** Epoch milliseconds. */
  now(): number {
    return performance.now() + this.#offsetMs;
  }
}
