import type { Endpoint } from "./endpoint.ts";
import type { FailureKind } from "./failure.ts";
import type { ApiName } from "./permits.ts";

const API_TITLES: Readonly<Record<ApiName, string>> = {
  "steam-web-api": "Steam",
  "steam-achievements": "Steam",
  "steam-store": "The Steam store",
  "steamspy-details": "SteamSpy",
  "steamspy-all": "SteamSpy",
};

export interface Circumstances {
  readonly status?: number;
  /** Where in the JSON a malformed answer went wrong. */
  readonly field?: string | null;
  /** Whether a web page came in place of data. */
  readonly page?: boolean;
  /** Why there was no answer at all, such as "the connection was refused". */
  readonly reason?: string;
}

type Subject = Pick<Endpoint<unknown>, "name" | "apis">;

/** One sentence for a person: what is wrong and what to do. Composed of our own words and numbers only. */
export function explain(
  kind: FailureKind,
  endpoint: Subject,
  circumstances: Circumstances = {},
): string {
  const api = API_TITLES[endpoint.apis[0]];
  return SENTENCES[kind](api, endpoint.name, circumstances);
}

/** A failure's message for a person who tries again themselves: without the promise that it is asked again. */
export function withoutPromise(message: string): string {
  return PROMISES.reduce((text, promise) => text.replace(promise, ""), message);
}

const AGAIN = ": it is asked again later";
const AGAIN_BY_ITSELF = ": there is nothing to do, it is asked again later";
const AGAIN_AFTER_ADVICE = ", it is asked again later";
const PROMISES = [AGAIN, AGAIN_BY_ITSELF, AGAIN_AFTER_ADVICE];

/** What a method means that does not show something, where it is not a game's achievements. */
const INVISIBLE: Readonly<Record<string, string>> = {
  GetUserYearInReview:
    "Steam shows no Year in Review of this year: there is none before 2022, and none to another account's key.",
  appdetails: "SteamSpy hides this app on its developer's request: it is passed over.",
};

type Sentence = (api: string, method: string, how: Circumstances) => string;

const SENTENCES: Readonly<Record<FailureKind, Sentence>> = {
  private: () =>
    "Steam does not show this profile's games: set “Game details” to public in its privacy settings.",
  bad_key: () => "Steam does not accept the API key: set STEAM_API_KEY to a key that is valid.",
  bad_steam_id: () =>
    "Steam knows no such account: set STEAM_ID to the 17 digits of its SteamID64 or to its vanity name.",
  limited: (api) => `${api} is not to be asked more often for now${AGAIN_BY_ITSELF}.`,
  unreachable: (api, _method, how) =>
    `${api} could not be reached (${absence(how)}): check the network if it lasts${AGAIN_AFTER_ADVICE}.`,
  malformed: (api, method, how) =>
    `${api} answered ${method} with ${nonsense(how)}${AGAIN}, look for a newer version of this tracker if it lasts.`,
  not_found: (api) => `${api} knows no such app: it is passed over.`,
  no_stats: () => "Steam keeps no achievements for this app: it is passed over.",
  not_visible: (api, method) =>
    INVISIBLE[method] ??
    `${api} does not show this game's achievements: set “Game details” to public, and the game itself if it is marked private.`,
  empty: (api, method) =>
    `${api} answered ${method} with an empty list, which cannot be right${AGAIN}.`,
};

function absence({ status, reason }: Circumstances): string {
  return reason ?? `status ${status}`;
}

function nonsense({ status, field, page }: Circumstances): string {
  if (field) return `something unexpected at ${field} (status ${status})`;
  if (page) return `a web page in place of data (status ${status})`;
  return `something that is not data (status ${status})`;
}
