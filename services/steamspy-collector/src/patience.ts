import type { Clock } from "@tracker/service";
import type { SteamFailure } from "@tracker/steam";

/** How long to wait after failures that may pass. */
export interface Pace {
  readonly firstMs: number;
  readonly maxMs: number;
  /** After this long without any answer a source is given up until the next crawl. */
  readonly giveUpMs: number;
}

export const PACE: Pace = { firstMs: 1_000, maxMs: 300_000, giveUpMs: 6 * 3_600_000 };

/** A source gave no answer for hours. The message is the last failure's, for people. */
export class SourceLost extends Error {
  override readonly name = "SourceLost";
}

/**
 * Waits between failures of one source, longer each time, until it answers again: so a source that is down is asked now
 * and then, not once for each of its apps.
 */
export class Patience {
  readonly #clock: Clock;
  readonly #pace: Pace;
  readonly #signal: AbortSignal;
  #failuresInARow = 0;
  #answers = 0;
  #lastAnswerAt: number;

  constructor(clock: Clock, pace: Pace, signal: AbortSignal) {
    this.#clock = clock;
    this.#pace = pace;
    this.#signal = signal;
    this.#lastAnswerAt = clock.monotonic();
  }

  /** Number of answers so far; comparing it with an earlier value shows whether one came in between. */
  get answers(): number {
    return this.#answers;
  }

  answered(): void {
    this.#answers += 1;
    this.#failuresInARow = 0;
    this.#lastAnswerAt = this.#clock.monotonic();
  }

  /** Waits before the next try. Throws {@link SourceLost} when there has been no answer for too long. */
  async failed(failure: SteamFailure): Promise<void> {
    const { firstMs, maxMs, giveUpMs } = this.#pace;
    if (this.#clock.monotonic() - this.#lastAnswerAt > giveUpMs) {
      throw new SourceLost(failure.message);
    }
    const ms = Math.min(maxMs, firstMs * 2 ** Math.min(this.#failuresInARow, 20));
    this.#failuresInARow += 1;
    await this.#clock.wait(ms, this.#signal);
  }
}
