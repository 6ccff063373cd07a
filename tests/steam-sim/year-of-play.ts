import type { Truth } from "./truth.ts";

export interface YearOptions {
  /** The same seed and end give the same year. */
  readonly seed: number;
  /** Epoch milliseconds: "now", at which a game is being played. */
  readonly endsAt: number;
  /** Where the player lives; `America/New_York` unless told. */
  readonly timeZone?: string;
}

/** A believable year of an invented player with about forty invented games, deterministic in its seed and end. */
export function yearOfPlay(_options: YearOptions): Truth {
  throw new Error("not there yet");
}
