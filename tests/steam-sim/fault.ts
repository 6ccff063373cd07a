import { type Static, Type } from "@sinclair/typebox";

/** The methods that are simulated, and "unknown" for the log of every other path. */
export const ENDPOINTS = [
  "GetOwnedGames",
  "GetRecentlyPlayedGames",
  "GetPlayerSummaries",
  "ResolveVanityURL",
] as const;
export type EndpointName = (typeof ENDPOINTS)[number];

/** What can go wrong on demand. */
export const FAULT_KINDS = [
  /** 429 with Steam's HTML page; `retry_after` is sent as it is, in seconds or as an HTTP date. */
  "limited",
  /** 503 with an HTML page; `retry_after` as above. */
  "unavailable",
  /** 500 with an empty body. */
  "server_error",
  /** 200 `{"response":{}}`: the game details are private. */
  "private",
  /** The library as it is, with every total 0: the playtime is private. */
  "all_zero",
  /** The HTML page for a key that is not accepted: 401 on GetOwnedGames, else 403. */
  "bad_key",
  /** The 400 HTML page for an account that does not exist. */
  "bad_steam_id",
  /** 200 `{"response":{"success":42,"message":"No match"}}`. */
  "no_match",
  /** Never answers. */
  "hang",
  /** Answers as ever, `delay_ms` late. */
  "slow",
  /** The right answer, cut in the middle: JSON without an end. */
  "truncated",
  /** 200 with a web page in place of data. */
  "html",
  /** 200 with the body `null`. */
  "json_null",
  /** The connection is closed without an answer. */
  "reset",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const Choice = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: "string", enum: values });

export const Fault = Type.Object(
  {
    kind: Choice(FAULT_KINDS),
    /** Which method fails; all of them when not given. */
    endpoint: Type.Optional(Choice(ENDPOINTS)),
    /** For how many requests; until cleared when not given. */
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    retry_after: Type.Optional(Type.String()),
    delay_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
  },
  { additionalProperties: false },
);
export type Fault = Static<typeof Fault>;
