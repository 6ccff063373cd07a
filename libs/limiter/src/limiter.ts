import type { Bus } from "@tracker/bus";
import { wait } from "@tracker/service";
import { Lane } from "./lane.ts";
import { Pauses } from "./pauses.ts";
import type { ApiName, Quota } from "./quota.ts";
import { ServerClock } from "./server-clock.ts";
import { type PermitCounts, Window } from "./window.ts";

/** One API's line on the status page; JSON as it is. */
export interface QuotaUsage {
  readonly api: ApiName;
  readonly windows: readonly {
    readonly limit: number;
    readonly window_ms: number;
    readonly used: number;
  }[];
  readonly paused_until: string | null;
  /** Callers that wait in this process. */
  readonly waiting: number;
}

/** The APIs that one request counts for. */
export type ApiNames = readonly [ApiName, ...ApiName[]];

/** Leave to ask the outside APIs, within quotas that all processes share. */
export interface Limiter extends AsyncDisposable {
  /**
   * Waits until one request may be sent; it is to be sent at once. Several APIs that one request counts for are given
   * together, so that no permit grows old while another is waited for. Rejects with the signal's reason when that is
   * aborted first. While NATS is away nobody gets a permit.
   */
  acquire(api: ApiName | ApiNames, signal?: AbortSignal): Promise<void>;
  /** Stops everyone from asking this API for a while: `retryAfterMs` where it said how long, else a time that grows. */
  pause(api: ApiName, retryAfterMs: number | null): Promise<void>;
  /** The API answered as it should: after some such answers its pauses start small again. */
  succeeded(api: ApiName): void;
  usage(): Promise<QuotaUsage[]>;
  /** What this process did, all windows together. */
  readonly counts: Readonly<PermitCounts>;
}

export interface LimiterOptions {
  /** Gives up opening; an open limiter is ended by disposing it. */
  readonly signal?: AbortSignal;
}

const OPEN_ATTEMPTS = 6;

/**
 * Opens the quotas, making their streams where they are not there yet. Rejects when NATS does not answer for some
 * seconds, or is too old. Dispose it before the bus: whoever still waits is refused.
 */
export async function createLimiter(
  bus: Bus,
  quotas: readonly Quota[],
  { signal }: LimiterOptions = {},
): Promise<Limiter> {
  assertDistinct(quotas);
  const stop = new AbortController();
  const clock = new ServerClock();
  const windows = await Promise.all(quotas.map((quota) => Window.open(bus, quota, clock)));
  const pauses = await persistently(() => Pauses.open(bus, clock, stop.signal), signal);
  for (const window of windows) {
    await persistently(() => window.provision(), signal);
    // Also tells the server's time.
    await persistently(() => window.used(), signal);
  }
  return new SharedLimiter(bus, windows, pauses, stop);
}

class SharedLimiter implements Limiter {
  readonly #bus: Bus;
  readonly #windows: readonly Window[];
  readonly #pauses: Pauses;
  readonly #stop: AbortController;
  readonly #lanes = new Map<string, Lane>();

  constructor(bus: Bus, windows: readonly Window[], pauses: Pauses, stop: AbortController) {
    this.#bus = bus;
    this.#windows = windows;
    this.#pauses = pauses;
    this.#stop = stop;
  }

  async acquire(api: ApiName | ApiNames, signal?: AbortSignal): Promise<void> {
    if (this.#stop.signal.aborted) throw closed();
    await this.#lane(typeof api === "string" ? [api] : api).acquire(signal);
  }

  pause(api: ApiName, retryAfterMs: number | null): Promise<void> {
    return this.#pauses.pause(api, retryAfterMs);
  }

  succeeded(api: ApiName): void {
    this.#pauses.succeeded(api);
  }

  usage(): Promise<QuotaUsage[]> {
    const apis = new Set(this.#windows.map(({ quota }) => quota.api));
    return Promise.all([...apis].map((api) => this.#usageOf(api)));
  }

  get counts(): PermitCounts {
    const sum: PermitCounts = { granted: 0, rejected: 0, wasted: 0, looks: 0 };
    for (const { counts } of this.#windows) {
      sum.granted += counts.granted;
      sum.rejected += counts.rejected;
      sum.wasted += counts.wasted;
      sum.looks += counts.looks;
    }
    return sum;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.close(closed())));
  }

  async #usageOf(api: ApiName): Promise<QuotaUsage> {
    const [windows, remainingMs] = await Promise.all([
      Promise.all(
        this.#windowsOf(api).map(async (window) => ({
          limit: window.quota.limit,
          window_ms: window.quota.windowMs,
          used: await window.used(),
        })),
      ),
      this.#pauses.remainingMs(api),
    ]);
    const lanes = [...this.#lanes.values()].filter((lane) => lane.apis.includes(api));
    return {
      api,
      windows,
      paused_until: remainingMs > 0 ? new Date(Date.now() + remainingMs).toISOString() : null,
      waiting: lanes.reduce((sum, lane) => sum + lane.waiting, 0),
    };
  }

  #lane(apis: ApiNames): Lane {
    const key = apis.toSorted().join();
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const lane = new Lane({
      apis,
      windows: apis.flatMap((api) => this.#windowsOf(api)),
      pauses: this.#pauses,
      bus: this.#bus,
      stopped: this.#stop.signal,
    });
    this.#lanes.set(key, lane);
    return lane;
  }

  #windowsOf(api: ApiName): Window[] {
    const windows = this.#windows.filter(({ quota }) => quota.api === api);
    if (windows.length === 0) throw new Error(`no quota is configured for ${api}`);
    return windows;
  }
}

function closed(): Error {
  return new Error("the limiter is closed");
}

function assertDistinct(quotas: readonly Quota[]): void {
  const keys = quotas.map(({ api, windowMs }) => `${api} per ${windowMs} ms`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new Error(`expected one limit for ${twice}, got several`);
}

/** The server may be starting again just now. What its client reports (with a code) may pass, a wrong setting will not. */
async function persistently<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error instanceof Error && "code" in error;
      if (!mayPass || attempt === OPEN_ATTEMPTS || signal?.aborted) throw error;
      await wait(100 * 2 ** attempt, signal);
    }
  }
}
