/**
 * Why an answer is not data. The first six can meet every caller and are the outcomes of a sync run;
 * the last four belong to endpoints that ask about one app, one year or one list.
 */
export const FAILURE_KINDS = [
  "private",
  "bad_key",
  "bad_steam_id",
  "limited",
  "unreachable",
  "malformed",
  "not_found",
  "no_stats",
  "not_visible",
  "empty",
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

export interface FailureDetails {
  /** The method that was asked, such as `GetOwnedGames`. */
  readonly endpoint: string;
  /** One sentence for a person: what is wrong and what to do. */
  readonly message: string;
  readonly status?: number | null;
  readonly retryAfterMs?: number | null;
  readonly eresult?: number | null;
}

/**
 * Steam (or SteamSpy) gave no data, and why. The message is one sentence that may be shown to anybody: it is composed
 * here and never repeats what was sent or received, so neither the key nor a URL can be in it. There is no `cause`
 * for the same reason: the error of a failed `fetch` carries the whole URL.
 */
export class SteamFailure extends Error {
  override readonly name = "SteamFailure";
  readonly kind: FailureKind;
  readonly endpoint: string;
  /** The HTTP status; null when no answer came. */
  readonly status: number | null;
  /** How long the API asked us to stay away; null when it did not say. */
  readonly retryAfterMs: number | null;
  /** Steam's own result code (header x-eresult, 1 = OK); null when not given. */
  readonly eresult: number | null;

  constructor(kind: FailureKind, details: FailureDetails) {
    super(details.message);
    this.kind = kind;
    this.endpoint = details.endpoint;
    this.status = details.status ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.eresult = details.eresult ?? null;
  }
}
