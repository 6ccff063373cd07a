/** An HTTP answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const DAY_MS = 86_400_000;

/** Milliseconds that a Retry-After header asks for, at most a day; null when there is none or it is unreadable. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), DAY_MS);
}

/** Steam's own result code; service interfaces send it beside the HTTP status. */
export function eresult(headers: Headers): number | null {
  const value = headers.get("x-eresult") ?? "";
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** Whether this is a page for people. The first byte decides where the content type is silent or wrong. */
export function isPage({ headers, body }: Answer): boolean {
  const first = body.trimStart().charAt(0);
  if (first === "{" || first === "[") return false;
  return first === "<" || (headers.get("content-type") ?? "").includes("html");
}

/** The parsed JSON of a body, or undefined when it is not JSON (which can never parse to undefined). */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
