import type { Clock, Log } from "@tracker/service";
import { SteamFailure } from "@tracker/steam";

export interface PatienceOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the job is cancelled or paused, and when the process stops. */
  readonly signal: AbortSignal;
  /** Called before each request: reports to the store, and learns from its answer whether to go on. */
  readonly beforeRequest: () => Promise<void>;
  /** Called when a stretch without answers begins. */
  readonly onAway: (failure: SteamFailure) => Promise<void>;
}

const WAIT_MS_MIN = 1_000;
const WAIT_MS_MAX = 60_000;
const AWAY_MS_MAX = 24 * 3_600_000;

/**
 * Asks Steam one thing at a time, and waits while it is away: throttled, not reachable, or down. Such a stretch says nothing
 * about what was asked for, so it is no failure of it, for a day at most. Everything else that goes wrong is the caller's.
 */
export class SteamPatience {
  readonly #options: PatienceOptions;
  #awaySince: number | null = null;

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /** Rejects with the signal's reason when that is aborted. */
  async ask<T>(call: (options: { signal: AbortSignal }) => Promise<T>): Promise<T> {
    const { beforeRequest, signal } = this.#options;
    for (let failures = 0; ; failures++) {
      await beforeRequest();
      signal.throwIfAborted();
      try {
        const answer = await call({ signal });
        this.#awaySince = null;
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof SteamFailure) || !isAway(error)) throw error;
        await this.#waitOut(error, failures);
      }
    }
  }

  async #waitOut(failure: SteamFailure, failures: number): Promise<void> {
    const { clock, log, onAway, signal } = this.#options;
    const now = clock.monotonic();
    if (this.#awaySince === null) {
      log.warn("Steam is away: the import waits", { reason: failure.message });
      await onAway(failure);
    }
    this.#awaySince ??= now;
    if (now - this.#awaySince > AWAY_MS_MAX) {
      throw new Error(`Steam could not be asked for a day. ${failure.message}`);
    }
    const ceilingMs = Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** Math.min(failures, 10));
    await clock.wait(ceilingMs * (0.5 + Math.random() / 2), signal);
  }
}

/** Of a 500 or of nonsense the app that was asked about may be the reason; of these it never is. */
function isAway({ kind, status }: SteamFailure): boolean {
  return kind === "limited" || (kind === "unreachable" && (status === null || status === 503));
}
