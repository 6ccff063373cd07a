import { type Answer, eresult, isPage, parseJson, retryAfterMs } from "./answer.ts";
import type { Endpoint, Reading } from "./endpoint.ts";
import { type FailureKind, SteamFailure } from "./failure.ts";
import { explain } from "./message.ts";

/** What Steam writes when the key is wrong (status 401 or 403) or missing (status 400). */
const KEY_PAGE = /key=|parameter 'key'/;

/** Results in x-eresult that mean "not now", though the status is 200 and the body may look like an empty answer. */
const TRANSIENT_RESULTS: ReadonlyMap<number, FailureKind> = new Map([
  [10, "unreachable"], // Busy
  [16, "unreachable"], // Timeout
  [20, "unreachable"], // ServiceUnavailable
  [84, "limited"], // RateLimitExceeded
]);

/**
 * Tells data from every kind of failure, for every endpoint: gives the data or throws a SteamFailure. The status alone
 * is never enough (a wrong key is 401 or 403 with a page, a private profile is 200, an unknown app may be 403 with
 * JSON), so status, first byte, content type and body are looked at together.
 */
export function classify<T>(endpoint: Endpoint<T>, answer: Answer, now: number): T {
  const reading = understand(endpoint, answer);
  if ("data" in reading) return reading.data;

  const { failure: kind, field = null } = reading;
  const { status, headers } = answer;
  throw new SteamFailure(kind, {
    endpoint: endpoint.name,
    status,
    retryAfterMs: retryAfterMs(headers, now),
    eresult: eresult(headers),
    message: explain(kind, endpoint, { status, field, page: isPage(answer) }),
  });
}

function understand<T>(endpoint: Endpoint<T>, answer: Answer): Reading<T> {
  const { status, headers, body } = answer;
  if (isAboutKey(answer)) return { failure: "bad_key" };

  for (const exception of endpoint.exceptions) {
    if (exception.status !== status) continue;
    if (exception.body?.test(body) ?? true) return { failure: exception.kind };
  }

  const general = statusFailure(answer);
  if (general !== null) return { failure: general };

  const transient = TRANSIENT_RESULTS.get(eresult(headers) ?? 1);
  if (transient !== undefined) return { failure: transient };

  const json = parseJson(body);
  return json === undefined ? { failure: "malformed" } : endpoint.read(json);
}

function isAboutKey({ status, body }: Answer): boolean {
  if (status === 401) return true;
  return (status === 400 || status === 403) && KEY_PAGE.test(body);
}

/** What the status means by itself; null when the body has to tell. */
function statusFailure({ status, body }: Answer): FailureKind | null {
  if (status === 429) return "limited";
  // Steam's edge turns a whole address away, and not in JSON; a method's own refusal is JSON.
  if (status === 403 && parseJson(body) === undefined) return "limited";
  // A redirect comes from something in between, such as the login page of a network.
  if (status >= 500 || (status >= 300 && status < 400)) return "unreachable";
  return status >= 200 && status < 300 ? null : "malformed";
}
