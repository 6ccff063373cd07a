import type { ApiNames, Limiter, Quota, QuotaWindow } from "@tracker/limiter";
import type { Clock } from "@tracker/service";
import type { ApiName, Permits } from "@tracker/steam";

/** Taking a permit takes some milliseconds: that much earlier it is asked for. */
const TAKE_MS = 10;
const NEVER = new AbortController().signal;

/** Permits of which those for achievements are kept apart by their answers too; see {@link SpacedPermits}. */
export function spacedPermits(limiter: Limiter, quotas: readonly Quota[], clock: Clock): Permits {
  const window = quotas.find(({ api }) => api === "steam-achievements");
  return window === undefined
    ? limiter
    : new SpacedPermits(limiter, "steam-achievements", window, clock);
}

/**
 * The limiter's permits for requests that are sent one after the other, kept apart by their answers as well: where a request
 * arrives is known only once its answer is there, and a stutter of this machine or of the network between permit and arrival
 * must not bring two requests closer together than the window. It costs the way of one answer in each window.
 */
class SpacedPermits implements Permits {
  readonly #limiter: Limiter;
  readonly #api: ApiName;
  readonly #window: QuotaWindow;
  readonly #clock: Clock;
  /** When the last requests were over, oldest first; as many as fit into the window. */
  readonly #over: number[] = [];
  #underWay = false;

  constructor(limiter: Limiter, api: ApiName, window: QuotaWindow, clock: Clock) {
    this.#limiter = limiter;
    this.#api = api;
    this.#window = window;
    this.#clock = clock;
  }

  async acquire(apis: ApiName | ApiNames, signal: AbortSignal = NEVER): Promise<void> {
    if (![apis].flat().includes(this.#api)) return this.#limiter.acquire(apis, signal);
    // A caller that asks again has had the answer to its previous request, or has given up on it.
    this.#noteOver();
    await this.#hold(TAKE_MS, signal);
    await this.#limiter.acquire(apis, signal);
    await this.#hold(0, signal);
    signal.throwIfAborted();
    this.#underWay = true;
  }

  pause(api: ApiName, retryAfterMs: number | null): Promise<void> {
    if (api === this.#api) this.#noteOver();
    return this.#limiter.pause(api, retryAfterMs);
  }

  succeeded(api: ApiName): void {
    if (api === this.#api) this.#noteOver();
    this.#limiter.succeeded(api);
  }

  #noteOver(): void {
    if (!this.#underWay) return;
    this.#underWay = false;
    this.#over.push(this.#clock.monotonic());
    if (this.#over.length > this.#window.limit) this.#over.shift();
  }

  async #hold(earlierMs: number, signal: AbortSignal): Promise<void> {
    const [oldest] = this.#over;
    if (oldest === undefined || this.#over.length < this.#window.limit) return;
    const waitMs = oldest + this.#window.windowMs - earlierMs - this.#clock.monotonic();
    if (waitMs > 0) await this.#clock.wait(waitMs, signal);
  }
}
