import {
  type Bus,
  openPermitStream,
  type PermitStream,
  type PermitWindowState,
} from "@tracker/bus";
import { wait } from "@tracker/service";
import { TokenBucket } from "limiter";
import {
  HOLD_BLUR_MS_MAX,
  HOLD_MS,
  isChained,
  marginMs,
  permitAgeMsMax,
  type Quota,
  windowName,
} from "./quota.ts";
import type { ServerClock } from "./server-clock.ts";

/** What became of the permits that this process asked for; for the proof. */
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

/** A permit that was taken; times by the monotonic clock of this process. */
export interface TakenPermit {
  readonly window: Window;
  readonly askedAt: number;
  readonly hadAt: number;
}

/** When a request may be sent by a permit: not before, since others hold theirs as long, and not after. */
export interface SendingTime {
  readonly from: number;
  readonly until: number;
}

/** The longest that a request may be on its way: the HTTP timeout. */
const REQUEST_TIMEOUT_MS = 10_000;
const BURST_SHARE = 0.1;
/** Refresh a chain's state this long before its next permit is due, so that it can be taken on time. */
const CHAIN_LEAD_MS = 15;
const TIMER_MS = 2;
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
  /** A permit that is older when it could be used is thrown away; a chained one has an age of its own. */
  readonly #permitAgeMsMax: number;
  readonly #maxAgeMs: number;
  /** The newest look of a chained window, which its next permit follows; null otherwise. */
  #seen: PermitWindowState | null = null;
  /** When a chain's next permit is due, by the monotonic clock. */
  #dueAt = 0;
  readonly #pace: TokenBucket;
  readonly #stream: PermitStream;
  readonly #clock: ServerClock;

  private constructor(quota: Quota, maxAgeMs: number, stream: PermitStream, clock: ServerClock) {
    const { limit, windowMs } = quota;
    this.quota = quota;
    this.#permitAgeMsMax = permitAgeMsMax(maxAgeMs - windowMs);
    this.#maxAgeMs = maxAgeMs;
    const bucketSize = Math.max(1, Math.floor(limit * BURST_SHARE));
    // A chain tells exactly when the next permit is due: there the pace only spreads, and must not add a wait of its own.
    const interval = isChained(quota) ? windowMs : maxAgeMs;
    this.#pace = new TokenBucket({ bucketSize, tokensPerInterval: limit, interval });
    this.#pace.content = bucketSize;
    this.#stream = stream;
    this.#clock = clock;
  }

  static async open(bus: Bus, quota: Quota, clock: ServerClock): Promise<Window> {
    const { api, limit, windowMs } = quota;
    const name = windowName(windowMs);
    const maxAgeMs = windowMs + marginMs(quota, REQUEST_TIMEOUT_MS);
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
      const leftMs = used < limit ? 0 : Math.max(1, dueMs ?? 0);
      this.#dueAt = performance.now() + leftMs;
      return Math.max(0, leftMs - CHAIN_LEAD_MS);
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

  async take(signal: AbortSignal): Promise<boolean> {
    const dueInMs = this.#dueAt - performance.now();
    if (dueInMs > TIMER_MS) await wait(Math.floor(dueInMs - TIMER_MS), signal);
    // A timer is up to 2 ms late, of the 3 ms that a second can spare: the rest is waited for here, once a permit.
    while (performance.now() < this.#dueAt);
    const taken = await this.#stream.take(this.#seen ?? undefined);
    if (!taken) this.counts.rejected += 1;
    return taken;
  }

  /** When the permit that was just taken lets a request be sent. */
  async sendingTime({ askedAt, hadAt }: TakenPermit): Promise<SendingTime> {
    if (!isChained(this.quota)) return { from: askedAt, until: askedAt + this.#permitAgeMsMax };
    const lookedAt = performance.now();
    const { newestAgeMs, last } = await this.#look();
    const heardAt = performance.now();
    // Between these two the server gave it; the look narrows that down, unless somebody else has taken the next one since.
    const isNewest = newestAgeMs !== null && last === (this.#seen?.last ?? last) + 1;
    const after = isNewest ? Math.max(askedAt, lookedAt - newestAgeMs) : askedAt;
    const before = isNewest ? Math.min(hadAt, heardAt - newestAgeMs) : hadAt;
    const from = after + HOLD_MS;
    return { from, until: from + HOLD_BLUR_MS_MAX - Math.max(0, before - after) };
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
    return {
      limit: this.quota.limit,
      used: 0,
      dueMs: null,
      newestAgeMs: null,
      now: this.#clock.now(),
      last: 0,
    };
  }
}
