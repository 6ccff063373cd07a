import {
  type Bus,
  openPermitStream,
  type PermitStream,
  type PermitWindowState,
} from "@tracker/bus";
import { TokenBucket } from "limiter";
import { isChained, marginMs, permitAgeMsMax, type Quota, windowName } from "./quota.ts";
import type { ServerClock } from "./server-clock.ts";

/** What became of the permits that this process asked for; for metrics and the proof. */
export interface PermitCounts {
  /** Stored by the server and used. */
  granted: number;
  /** Asked for in vain: the window was full. */
  rejected: number;
  /** Stored, but too late to be used, or in vain since another window of the API was full. */
  wasted: number;
  /** Looks at the state of a window. */
  looks: number;
}

const BURST_SHARE = 0.1;
/** nats-server sees to what aged out every 250 ms at most (filestore.go, resetAgeChk). */
const EXPIRY_INTERVAL_MS = 250;
const OVERDUE_WAIT_MS = 25;
const SPREAD_SHARE = 0.02;
const SPREAD_MS_MAX = 5_000;

/**
 * One window of one quota in this process: the stream that enforces it for everyone, and a token bucket that spreads
 * this process's requests over the window. The bucket starts full (a tenth of the limit), since the stream alone is
 * what keeps the promise; the package's RateLimiter would let twice the limit through.
 */
export class Window {
  readonly quota: Quota;
  readonly counts: PermitCounts = { granted: 0, rejected: 0, wasted: 0, looks: 0 };
  /** A permit that is older when it could be used is thrown away. */
  readonly permitAgeMsMax: number;
  readonly #maxAgeMs: number;
  /** The newest look of a chained window, which its next permit follows; null otherwise. */
  #seen: PermitWindowState | null = null;
  readonly #pace: TokenBucket;
  readonly #stream: PermitStream;
  readonly #clock: ServerClock;

  private constructor(quota: Quota, maxAgeMs: number, stream: PermitStream, clock: ServerClock) {
    const { limit, windowMs } = quota;
    this.quota = quota;
    this.permitAgeMsMax = permitAgeMsMax(maxAgeMs - windowMs, isChained(quota));
    this.#maxAgeMs = maxAgeMs;
    const bucketSize = Math.max(1, Math.floor(limit * BURST_SHARE));
    // A chain tells exactly when the next permit is due: there the pace only spreads, and must not add a wait of its own.
    const interval = isChained(quota) ? windowMs : maxAgeMs;
    this.#pace = new TokenBucket({ bucketSize, tokensPerInterval: limit, interval });
    this.#pace.content = bucketSize;
    this.#stream = stream;
    this.#clock = clock;
  }

  static async open(
    bus: Bus,
    quota: Quota,
    requestTimeoutMs: number,
    clock: ServerClock,
  ): Promise<Window> {
    const { api, limit, windowMs } = quota;
    const name = windowName(windowMs);
    const maxAgeMs = windowMs + marginMs(quota, requestTimeoutMs);
    const stream = await openPermitStream(bus, {
      stream: `QUOTA_${api}_${name}`,
      subject: `quota.${api}.${name}`,
      limit,
      maxAgeMs,
      chained: isChained(quota),
    });
    return new Window(quota, maxAgeMs, stream, clock);
  }

  /** Makes the stream, or brings it to the configured limit. */
  provision(): Promise<void> {
    return this.#stream.provision();
  }

  async used(): Promise<number> {
    return (await this.#look()).used;
  }

  /**
   * How long until it is worth asking for a permit; 0 when the window has room. A full window is looked at again when its
   * oldest permit is gone, and a bit later, each process at its own moment: so some slots come free together, hardly
   * anybody asks in vain, and a slot stays unused for 1 % of the window at most, on average.
   */
  async roomMs(): Promise<number> {
    const state = await this.#look();
    const { limit, used, dueMs } = state;
    if (isChained(this.quota)) {
      this.#seen = state;
      return used < limit ? 0 : Math.max(1, dueMs ?? 0);
    }
    if (used < limit) return 0;
    const spreadMs = Math.random() * Math.min(this.#maxAgeMs * SPREAD_SHARE, SPREAD_MS_MAX);
    return dueMs !== null && dueMs > 0
      ? dueMs + EXPIRY_INTERVAL_MS + spreadMs
      : OVERDUE_WAIT_MS + spreadMs;
  }

  /** How long this process holds back by itself; 0 when it may ask for a permit. */
  paceMs(): number {
    return this.#pace.getWaitTime(1);
  }

  /** Counts one request against this process's own pace. */
  spend(): void {
    this.#pace.tryRemoveTokens(1);
  }

  /** After a pause the API is not met with the burst that was saved up meanwhile. */
  forgetBurst(): void {
    this.#pace.drip();
    this.#pace.content = 0;
  }

  async take(): Promise<boolean> {
    const taken = await this.#stream.take(this.#seen ?? undefined);
    if (!taken) this.counts.rejected += 1;
    return taken;
  }

  async #look(): Promise<PermitWindowState> {
    this.counts.looks += 1;
    const state = await this.#stream.look();
    if (state !== null) {
      this.#clock.heard(state.now);
      return state;
    }
    // Somebody deleted the stream: the window begins anew.
    await this.provision();
    return { limit: this.quota.limit, used: 0, dueMs: null, now: this.#clock.now(), last: 0 };
  }
}
