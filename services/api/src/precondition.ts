import type { RouteKey } from "./access.ts";
import { etagOf, namesEtag } from "./etag.ts";
import { Problem } from "./problem.ts";
import type { FoundRoute } from "./route-map.ts";

/** The writes that If-Match may guard: what is read at the same address is what they change. */
const GUARDED: ReadonlySet<RouteKey> = new Set(["PATCH /api/games/:id", "DELETE /api/games/:id"]);
const REPEATABLE: RouteKey = "POST /api/games";

export function isGuarded(key: RouteKey): boolean {
  return GUARDED.has(key);
}

/**
 * Refuses headers that would have to change what a write does and that this one does not know: ignored, they would look
 * as if they had been honoured.
 */
export function refuseUnknownConditions(request: Request, { key }: FoundRoute): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  if (request.headers.has("idempotency-key") && key !== REPEATABLE) {
    throw unknown("Idempotency-Key", `it is known to ${REPEATABLE} only`);
  }
  if (request.headers.has("if-unmodified-since")) {
    throw unknown("If-Unmodified-Since", `${[...GUARDED].join(" and ")} know If-Match`);
  }
  if (request.headers.has("if-match") && !isGuarded(key)) {
    throw unknown("If-Match", `it is known to ${[...GUARDED].join(" and ")} only`);
  }
}

/**
 * Throws PRECONDITION_FAILED unless If-Match names what is read at this address now. It is read just before the write: one that
 * comes between the two is not noticed. What cannot be read is left to the write, which says why.
 */
export async function assertMatch(
  request: Request,
  read: (request: Request) => Promise<Response>,
): Promise<void> {
  const wanted = request.headers.get("if-match");
  if (wanted === null) return;
  const { origin, pathname } = new URL(request.url);
  const response = await read(new Request(origin + pathname));
  if (response.status !== 200) return;
  const etag = etagOf(new Uint8Array(await response.arrayBuffer()));
  if (namesEtag(wanted, etag)) return;
  throw new Problem(
    "PRECONDITION_FAILED",
    `If-Match: expected ${etag}, which is what GET answers now, got another: read it again`,
    { field: "If-Match", headers: { etag } },
  );
}

function unknown(header: string, hint: string): Problem {
  return new Problem("INVALID", `${header}: expected no such header here, as ${hint}`, {
    field: header,
  });
}
