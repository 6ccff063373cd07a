import { type Static, Type } from "@sinclair/typebox";

/** The methods that are simulated. */
export const ENDPOINTS = [
  "GetOwnedGames",
  "GetRecentlyPlayedGames",
  "GetPlayerSummaries",
  "ResolveVanityURL",
  "GetPlayerAchievements",
  "GetSchemaForGame",
  "GetGlobalAchievementPercentagesForApp",
  "GetTopAchievementsForGames",
  "GetUserYearInReview",
  "GetItems",
  "GetAppList",
  "GetTagList",
  /** SteamSpy's pages of all apps, and its details of one. */
  "SteamSpyAll",
  "SteamSpyDetails",
  /** The store's appdetails. */
  "StoreAppDetails",
] as const;
export type EndpointName = (typeof ENDPOINTS)[number];

/** The methods that count as requests for achievements. */
export const ACHIEVEMENT_ENDPOINTS = [
  "GetPlayerAchievements",
  "GetSchemaForGame",
  "GetGlobalAchievementPercentagesForApp",
  "GetTopAchievementsForGames",
] as const satisfies readonly EndpointName[];

/** What can be wrong with an answer about the catalogue that looks right. */
export const TROUBLES = [
  /** GetAppList: the first half of the page, and no word that there is more. */
  "short_list",
  /** GetItems: every other app is left out. */
  "left_out",
  /** GetItems: `success` 15 for all; the store: `success` false; SteamSpy's details: the row of hidden apps. */
  "not_shown",
  /** SteamSpy's pages: nothing that more than five million own, as in the crawl of 2023-02-04. */
  "no_giants",
  /** SteamSpy's pages: the first one, whichever is asked for. */
  "same_page",
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What can go wrong on demand. */
export const FAULT_KINDS = [
  ...TROUBLES,
  /** 200 with SteamSpy's line of text: too many connections. */
  "overloaded",
  /** 200 with nothing in it and x-eresult 84: too many requests, said by Steam itself. */
  "rate_limit_result",
  /** 429 with Steam's HTML page, with the body `null` from the store; `retryAfter` is sent as it is, in seconds or as an HTTP date. */
  "limited",
  /** 503 with an HTML page; `retryAfter` as above. */
  "unavailable",
  /** 500 with an empty body. */
  "server_error",
  /**
   * The game details are private: `{"response":{}}` for games and years, a profile without its game for summaries, 403 with
   * "Profile is not public" for a player's achievements.
   */
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
  /** 200 as for nothing at all: `{"response":{}}`, achievements without their list, a schema without its game, `{}` from SteamSpy. */
  "silent_empty",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

const choice = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));

export const Fault = Type.Object(
  {
    kind: choice(FAULT_KINDS),
    /** Which method fails; all of them when not given. */
    endpoint: Type.Optional(choice(ENDPOINTS)),
    /** Only requests about this one app fail; a batch is about none. */
    appId: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Only each so-many-th request that fits fails, the others are answered as ever; each one when not given. */
    every: Type.Optional(Type.Integer({ minimum: 1 })),
    /** For how many requests; until cleared when not given. */
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    /** For how long by the simulator's clock; until cleared when not given. */
    forMs: Type.Optional(Type.Integer({ minimum: 1 })),
    retryAfter: Type.Optional(Type.String()),
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
  },
  { additionalProperties: false },
);
export type Fault = Static<typeof Fault>;

interface Due {
  readonly fault: Fault;
  /** Epoch milliseconds of the simulator's clock. */
  readonly endsAt: number;
  /** Requests that fitted so far. */
  fitted: number;
}

/** The failures that are due, the oldest first. */
export class FaultQueue {
  #due: Due[] = [];

  get list(): readonly Fault[] {
    return this.#due.map(({ fault }) => fault);
  }

  add(fault: Fault, now: number): void {
    this.#due.push({ fault, endsAt: now + (fault.forMs ?? Infinity), fitted: 0 });
  }

  /** Removes those of one method, or all. A failure for every method goes only with all. */
  clear(endpoint?: string): void {
    this.#due = endpoint ? this.#due.filter(({ fault }) => fault.endpoint !== endpoint) : [];
  }

  /** The oldest failure that fits a request for a method, about one app or none, used up by one; null when there is none. */
  take(endpoint: string, appId: number | null, now: number): Fault | null {
    this.#due = this.#due.filter(({ endsAt }) => now < endsAt);
    const index = this.#due.findIndex((due) => {
      const { fault } = due;
      const fits = (fault.endpoint ?? endpoint) === endpoint && (fault.appId ?? appId) === appId;
      if (fits) due.fitted += 1;
      return fits && due.fitted % (fault.every ?? 1) === 0;
    });
    const due = this.#due[index];
    if (due === undefined) return null;
    const { fault } = due;
    if (fault.times === 1) this.#due.splice(index, 1);
    else if (fault.times !== undefined) {
      this.#due[index] = { ...due, fault: { ...fault, times: fault.times - 1 } };
    }
    return fault;
  }
}
