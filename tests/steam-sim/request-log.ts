/** One request that reached the simulated Steam. */
export interface LoggedRequest {
  /** Milliseconds on the simulator's own steady clock; use this to measure windows. */
  readonly at_ms: number;
  /** Wall time, ISO 8601 UTC. */
  readonly at: string;
  /** The method's name, or the path when it is not a method that is simulated. */
  readonly endpoint: string;
  /** The first 12 hex digits of the key's SHA-256, null without a key: tells keys apart without keeping them. */
  readonly key_hash: string | null;
  /** `ok`, a fault's kind, or what was wrong with the request: `bad_key`, `no_key`, `bad_steam_id`, `no_match`, `unknown_method`. */
  readonly outcome: string;
}

/** The largest number of instants in any half-open window of `windowMs`. */
export function largestWindow(
  _instantsMs: readonly number[],
  _windowMs: number,
): number {
  throw new Error("not there yet");
}
