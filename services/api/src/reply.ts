import { cachingOf } from "./caching.ts";
import { encode } from "./encoding.ts";
import { etagOf, namesEtag } from "./etag.ts";
import { FILE_TYPES } from "./file-reply.ts";
import type { FoundRoute } from "./route-map.ts";

/** Passed on as they come: one never ends, the others may be larger than memory. */
const STREAMED: ReadonlySet<string> = new Set(["text/event-stream", ...Object.values(FILE_TYPES)]);

const HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/**
 * Reading what is public, or may be made so, is allowed from every origin, errors included; the rest from none. Cookies do
 * not come along from elsewhere.
 */
export function mayBeReadAnywhere(route: FoundRoute | undefined): boolean {
  if (route === undefined || !route.key.startsWith("GET ")) return false;
  return route.rule === "public" || route.rule === "widget";
}

/** Whether answers of this type are passed on piece by piece, neither packed nor tagged. */
export function isStreamed(type: string): boolean {
  return STREAMED.has(type);
}

export interface ReplyFacts {
  readonly route: FoundRoute | undefined;
  readonly timing: string;
}

/** Completes an answer: security headers, CORS, ETag with 304, compression. What a route has set itself is kept. */
export async function completeReply(
  request: Request,
  response: Response,
  { route, timing }: ReplyFacts,
): Promise<Response> {
  const headers = new Headers(response.headers);
  const anywhere = mayBeReadAnywhere(route);
  const defaults = {
    ...HEADERS,
    "cross-origin-resource-policy": anywhere ? "cross-origin" : "same-origin",
    "cache-control": route === undefined ? "no-store" : cachingOf(route.key, route.rule),
    "server-timing": timing,
    ...(anywhere
      ? {
          "access-control-allow-origin": "*",
          "access-control-expose-headers": "ETag, Server-Timing",
        }
      : {}),
  };
  for (const [name, value] of Object.entries(defaults)) {
    if (!headers.has(name)) headers.set(name, value);
  }
  const head = { status: response.status, headers };
  if (response.body === null || isStreamed(headers.get("content-type") ?? "")) {
    if (request.method !== "HEAD") return new Response(response.body, head);
    // Nobody reads it: a stream of events would stay open.
    await response.body?.cancel();
    return new Response(null, head);
  }
  return withBody(request, new Uint8Array(await response.arrayBuffer()), head);
}

function withBody(
  request: Request,
  body: Uint8Array<ArrayBuffer>,
  head: { status: number; headers: Headers },
): Response {
  const { headers } = head;
  headers.append("vary", "Accept-Encoding");
  if (head.status === 200 && (request.method === "GET" || request.method === "HEAD")) {
    const etag = etagOf(body);
    headers.set("etag", etag);
    if (namesEtag(request.headers.get("if-none-match") ?? "", etag)) {
      headers.delete("content-type");
      return new Response(null, { status: 304, headers });
    }
  }
  const isForEver = headers.get("cache-control")?.includes("immutable") === true;
  const { body: packed, encoding } = encode(
    body,
    request.headers.get("accept-encoding"),
    isForEver ? headers.get("etag") : null,
  );
  if (encoding !== undefined) headers.set("content-encoding", encoding);
  headers.set("content-length", String(packed.length));
  return new Response(request.method === "HEAD" ? null : packed, head);
}
