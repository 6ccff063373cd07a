import { Problem } from "./problem.ts";

const FREE_ATTEMPTS = 5;
const DELAY_MS = 1_000;
const DELAY_MS_MAX = 60_000;
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const ADDRESSES_MAX = 10_000;
const KNOWN_MAX = 100;
const WAITING_MAX = 8;

interface Attempts {
  readonly count: number;
  readonly at: number;
}

/**
 * Slows guessing down without a lock that a stranger could close on the owner:
 * - each address has five attempts free; after that each must wait twice as long as the one before, up to a minute;
 * - all attempts pass one slow lane, one password check at a time, however many addresses take part;
 * - an address that logged in before has its own places in the lane and goes first, so a full lane never shuts it out.
 * Sessions and tokens that exist are not touched by any of it.
 */
export class LoginThrottle {
  readonly #now: () => number;
  readonly #attempts = new Map<string, Attempts>();
  readonly #known = new Set<string>();
  readonly #waiting: { readonly known: boolean; readonly start: () => void }[] = [];
  #busy = false;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Runs one check of a password in the lane; `check` says whether it was right. Throws LIMITED when it is too early. */
  async attempt(address: string, check: () => Promise<boolean>): Promise<boolean> {
    this.#count(address);
    await this.#enterLane(this.#known.has(address));
    try {
      const right = await check();
      if (right) this.#welcome(address);
      return right;
    } finally {
      this.#leaveLane();
    }
  }

  /** Counted before the outcome is known, so that many at once are many. */
  #count(address: string): void {
    const now = this.#now();
    const before = this.#attempts.get(address);
    const recent = before !== undefined && now - before.at < FORGOTTEN_AFTER_MS;
    const count = recent ? before.count : 0;
    const delayMs =
      count < FREE_ATTEMPTS ? 0 : Math.min(DELAY_MS_MAX, DELAY_MS * 2 ** (count - FREE_ATTEMPTS));
    const waitMs = recent ? before.at + delayMs - now : 0;
    if (waitMs > 0) throw limited(waitMs);
    this.#attempts.delete(address);
    this.#attempts.set(address, { count: count + 1, at: now });
    trim(this.#attempts, ADDRESSES_MAX);
  }

  #welcome(address: string): void {
    this.#attempts.delete(address);
    this.#known.delete(address);
    this.#known.add(address);
    trim(this.#known, KNOWN_MAX);
  }

  async #enterLane(known: boolean): Promise<void> {
    if (!this.#busy) {
      this.#busy = true;
      return;
    }
    if (this.#waiting.filter((other) => other.known === known).length >= WAITING_MAX) {
      throw limited(DELAY_MS);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ known, start: resolve });
    await promise;
  }

  #leaveLane(): void {
    const first = Math.max(
      0,
      this.#waiting.findIndex(({ known }) => known),
    );
    const [next] = this.#waiting.splice(first, 1);
    if (next === undefined) this.#busy = false;
    else next.start();
  }
}

function limited(waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1_000);
  return new Problem("LIMITED", `too many attempts; the next one may come in ${seconds} s`, {
    headers: { "retry-after": String(seconds) },
  });
}

/** Drops the oldest entries above a size. */
function trim(entries: Map<string, unknown> | Set<string>, max: number): void {
  for (const key of entries.keys()) {
    if (entries.size <= max) return;
    entries.delete(key);
  }
}
