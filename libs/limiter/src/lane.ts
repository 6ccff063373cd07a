import type { Bus } from "@tracker/bus";
import { wait } from "@tracker/service";
import type { Pauses } from "./pauses.ts";
import type { ApiName } from "./quota.ts";
import type { TakenPermit, Window } from "./window.ts";

interface Waiter {
  grant(): void;
  refuse(reason: unknown): void;
}

interface LaneParts {
  readonly apis: readonly ApiName[];
  readonly windows: readonly Window[];
  readonly pauses: Pauses;
  readonly bus: Bus;
  readonly stopped: AbortSignal;
}

/** Far more than there are workers; whoever queues more than this does not wait for what it asks. */
const WAITERS_MAX = 100_000;
/** Check again at least this often: a limit may be raised or a pause lifted while we wait. */
const WAIT_MS_MAX = 30_000;
const DISCONNECTED_WAIT_MS = 50;
const BACKOFF_MS_MAX = 2_000;

/**
 * The callers of one API (or of several at once) in this process, first come, first served. One loop takes permits for
 * whoever is first, and rests when nobody waits. Each round: the local pace, then the pauses and the room in every
 * window, then one permit of every window. Whatever goes wrong grants nothing and is tried again, slower each time.
 */
export class Lane {
  readonly #parts: LaneParts;
  /** Shortest first, see #take. */
  readonly #windows: readonly Window[];
  readonly #waiters: Waiter[] = [];
  #serving: Promise<void> | null = null;
  #failures = 0;
  /** A token of the local pace that no request has used yet. */
  #paced = false;

  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.#windows = parts.windows.toSorted((a, b) => a.quota.windowMs - b.quota.windowMs);
  }

  get apis(): readonly ApiName[] {
    return this.#parts.apis;
  }

  get waiting(): number {
    return this.#waiters.length;
  }

  acquire(signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal?.aborted) {
      reject(signal.reason);
      return promise;
    }
    if (this.#waiters.length >= WAITERS_MAX) {
      reject(new Error(`expected at most ${WAITERS_MAX} callers to wait for ${this.apis.join()}`));
      return promise;
    }
    const leave = () => {
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
      reject(signal?.reason);
    };
    const waiter: Waiter = {
      grant: () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      },
      refuse: (reason) => {
        signal?.removeEventListener("abort", leave);
        reject(reason);
      },
    };
    signal?.addEventListener("abort", leave, { once: true });
    this.#waiters.push(waiter);
    this.#serving ??= this.#serve();
    return promise;
  }

  /** Ends the loop, which the aborted signal has woken, and refuses whoever still waits. */
  async close(reason: Error): Promise<void> {
    await this.#serving;
    for (const waiter of this.#waiters.splice(0)) waiter.refuse(reason);
  }

  async #serve(): Promise<void> {
    const { stopped } = this.#parts;
    while (this.#waiters.length > 0 && !stopped.aborted) {
      try {
        const waitMs = await this.#round();
        this.#failures = 0;
        if (waitMs > 0) await wait(Math.min(waitMs, WAIT_MS_MAX), stopped);
      } catch (error) {
        await this.#rest(error);
      }
    }
    this.#serving = null;
  }

  /** Grants a permit to the first waiter and answers 0, or answers how long to wait before the next try. */
  async #round(): Promise<number> {
    if (!this.#parts.bus.connected) return DISCONNECTED_WAIT_MS;
    const paceMs = this.#keepPace();
    if (paceMs > 0) return paceMs;
    const waitMs = await this.#obstacleMs();
    if (waitMs > 0) return waitMs;
    // If the last waiter left meanwhile, do not spend a permit.
    if (this.#waiters.length > 0 && (await this.#take())) {
      this.#paced = false;
      this.#waiters.shift()?.grant();
    }
    return 0;
  }

  #keepPace(): number {
    if (this.#paced) return 0;
    const waitMs = Math.max(...this.#windows.map((window) => window.paceMs()));
    if (waitMs > 0) return waitMs;
    // Nothing is awaited between the check and this, so several buckets are debited as one.
    for (const window of this.#windows) window.spend();
    this.#paced = true;
    return 0;
  }

  async #obstacleMs(): Promise<number> {
    const { apis, pauses } = this.#parts;
    const [paused, full] = await Promise.all([
      Promise.all(apis.map((api) => pauses.remainingMs(api))),
      Promise.all(this.#windows.map((window) => window.roomMs())),
    ]);
    const pausedMs = Math.max(...paused);
    if (pausedMs > 0) for (const window of this.#windows) window.forgetBurst();
    return Math.max(pausedMs, ...full);
  }

  /**
   * Takes a permit of each window, the shortest first. If a later one turns out to be full, what is lost is a permit of
   * a window that is soon fresh again (of 1 a second, not of 60 a minute); the other way round each such race would cost
   * a permit of the long window, and permits of the short one would grow old waiting for room in the long one.
   */
  async #take(): Promise<boolean> {
    const taken: TakenPermit[] = [];
    let mayBeUsed = false;
    try {
      for (const window of this.#windows) {
        const askedAt = performance.now();
        if (!(await window.take(this.#parts.stopped))) break;
        taken.push({ window, askedAt, hadAt: performance.now() });
      }
      mayBeUsed = taken.length === this.#windows.length && (await this.#hold(taken));
    } catch (error) {
      waste(taken);
      throw error;
    }
    if (mayBeUsed) for (const { window } of taken) window.counts.granted += 1;
    else waste(taken);
    return mayBeUsed;
  }

  /** Waits until a request may be sent by these permits; false when it is too late for one of them. */
  async #hold(taken: readonly TakenPermit[]): Promise<boolean> {
    const times = await Promise.all(taken.map((permit) => permit.window.sendingTime(permit)));
    const holdMs = Math.max(...times.map(({ from }) => from)) - performance.now();
    if (holdMs > 0) await wait(holdMs, this.#parts.stopped);
    const now = performance.now();
    return times.every(({ until }) => now <= until);
  }

  async #rest(error: unknown): Promise<void> {
    const { apis, bus, stopped } = this.#parts;
    if (stopped.aborted) return;
    this.#failures += 1;
    if (this.#failures % 20 === 3) {
      bus.log.warn("quota: requests wait, since no permits can be had from NATS", { apis, error });
    }
    const ceilingMs = Math.min(BACKOFF_MS_MAX, 25 * 2 ** this.#failures);
    await wait(ceilingMs * (0.5 + 0.5 * Math.random()), stopped);
  }
}

function waste(taken: readonly { window: Window }[]): void {
  for (const { window } of taken) window.counts.wasted += 1;
}
