import { type Static, Type } from "@sinclair/typebox";

/** The methods that are simulated. */
export const ENDPOINTS = [
  "GetOwnedGames",
  "GetRecentlyPlayedGames",
  "GetPlayerSummaries",
  "ResolveVanityURL",
] as const;
export type EndpointName = (typeof ENDPOINTS)[number];

/** What can go wrong on demand. */
export const FAULT_KINDS = [
  /** 429 with Steam's HTML page; `retryAfter` is sent as it is, in seconds or as an HTTP date. */
  "limited",
  /** 503 with an HTML page; `retryAfter` as above. */
  "unavailable",
  /** 500 with an empty body. */
  "server_error",
  /** The game details are private: `{"response":{}}` for games, a profile without its game for summaries. */
  "private",
  /** The games as they are, with every playtime 0: the playtime is private. */
  "all_zero",
  /** The HTML page for a key that is not accepted: 401 on GetOwnedGames, else 403. */
  "bad_key",
  /** As for an account that does not exist: the 400 HTML page for games, no player for summaries. */
  "bad_steam_id",
  /** 200 `{"response":{"success":42,"message":"No match"}}`. */
  "no_match",
  /** Never answers. */
  "hang",
  /** Answers as ever, `delayMs` late. */
  "slow",
  /** The right answer, ended in the middle: JSON without an end. */
  "truncated",
  /** The right answer until its middle, where the connection is closed. */
  "cut",
  /** The connection is closed without an answer. */
  "reset",
  /** 200 with a web page in place of data. */
  "html",
  /** 200 with the body `null`. */
  "json_null",
] as const;

const choice = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));

export const Fault = Type.Object(
  {
    kind: choice(FAULT_KINDS),
    /** Which method fails; all of them when not given. */
    endpoint: Type.Optional(choice(ENDPOINTS)),
    /** For how many requests; until cleared when not given. */
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    retryAfter: Type.Optional(Type.String()),
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
  },
  { additionalProperties: false },
);
export type Fault = Static<typeof Fault>;

/** The failures that are due, the oldest first. */
export class FaultQueue {
  #faults: Fault[] = [];

  get list(): readonly Fault[] {
    return this.#faults;
  }

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  /** Removes those of one method, or all. A failure for every method goes only with all. */
  clear(endpoint?: string): void {
    this.#faults = endpoint ? this.#faults.filter((fault) => fault.endpoint !== endpoint) : [];
  }

  /** The oldest failure that fits, used up by one; null when there is none. */
  take(endpoint: string): Fault | null {
    const fits = (fault: Fault) => (fault.endpoint ?? endpoint) === endpoint;
    const index = this.#faults.findIndex(fits);
    const fault = this.#faults[index];
    if (fault === undefined) return null;
    if (fault.times === 1) this.#faults.splice(index, 1);
    else if (fault.times !== undefined) {
      this.#faults[index] = { ...fault, times: fault.times - 1 };
    }
    return fault;
  }
}
