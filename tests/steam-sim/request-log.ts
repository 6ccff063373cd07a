/** One request that reached the simulated Steam. */
export interface LoggedRequest {
  /** Milliseconds on the simulator's own steady clock: windows are measured on it. */
  readonly atMs: number;
  /** Wall time, ISO 8601 UTC. */
  readonly at: string;
  /** The method's name, or the path when it is not a method that is simulated. */
  readonly endpoint: string;
  /** The one app that was asked about; null for any other request. */
  readonly appId: number | null;
  /** The first 12 hex digits of the key's SHA-256, null without a key: tells keys apart without keeping them. */
  readonly keyHash: string | null;
  /** `ok`, a fault's kind, or what was wrong with the request: `bad_key`, `no_key`, `bad_steam_id`, `no_match`, `no_stats`, `token_only`, `unknown_method`. */
  readonly outcome: string;
}

/** The oldest requests are forgotten beyond this, so that a simulator may run for months. */
const REQUESTS_MAX = 200_000;

/** Every request in the order of arrival. It is noted before it is answered, so a hanging one is there too. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  add(endpoint: string, key: string | null, outcome: string, appId: number | null = null): void {
    if (this.#requests.length >= REQUESTS_MAX * 2) {
      this.#requests = this.#requests.slice(-REQUESTS_MAX);
    }
    this.#requests.push({
      atMs: performance.now(),
      at: new Date().toISOString(),
      endpoint,
      appId,
      keyHash: key === null ? null : hash(key),
      outcome,
    });
  }

  /** Of one method, of several together, or of all. */
  list(endpoints: string | readonly string[] | null = null): readonly LoggedRequest[] {
    if (endpoints === null) return [...this.#requests];
    const wanted = new Set(typeof endpoints === "string" ? [endpoints] : endpoints);
    return this.#requests.filter((request) => wanted.has(request.endpoint));
  }

  /** How many are remembered. */
  get size(): number {
    return this.#requests.length;
  }

  clear(): void {
    this.#requests = [];
  }
}

function hash(key: string): string {
  return new Bun.CryptoHasher("sha256").update(key).digest("hex").slice(0, 12);
}

/** The largest number of instants (ascending) in any half-open window of `windowMs`: two that are exactly one window apart share none. */
export function largestWindow(instantsMs: readonly number[], windowMs: number): number {
  let first = 0;
  let largest = 0;
  for (const [last, at] of instantsMs.entries()) {
    while (at - (instantsMs[first] ?? at) >= windowMs) first += 1;
    largest = Math.max(largest, last - first + 1);
  }
  return largest;
}
