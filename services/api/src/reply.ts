import { FILE_TYPES } from "./file-reply.ts";
import { pack } from "./packing.ts";
import type { FoundRoute } from "./route-map.ts";

const COMPRESS_FROM_BYTES = 1_400;

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
    "cache-control":
      request.method === "GET" || request.method === "HEAD" ? "private, no-cache" : "no-store",
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
  // What was answered to a token is not to be kept for everybody.
  const caching = headers.get("cache-control") ?? "";
  if (route?.rule !== "public") headers.set("cache-control", caching.replace("public", "private"));
  const head = { status: response.status, headers };
  if (response.body === null || STREAMED.has(headers.get("content-type") ?? "")) {
    return new Response(request.method === "HEAD" ? null : response.body, head);
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
    // Weak, as the compressed forms share it.
    const etag = `W/"${Bun.hash(body).toString(36)}"`;
    headers.set("etag", etag);
    if (matches(request.headers.get("if-none-match"), etag)) {
      headers.delete("content-type");
      return new Response(null, { status: 304, headers });
    }
  }
  const packs = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
  const packed =
    packs && body.length >= COMPRESS_FROM_BYTES
      ? pack(body, headers.get("etag"), headers.get("cache-control"))
      : body;
  if (packed !== body) headers.set("content-encoding", "gzip");
  headers.set("content-length", String(packed.length));
  return new Response(request.method === "HEAD" ? null : packed, head);
}

function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.trim() === "*" || header.split(",").some((given) => given.trim() === etag);
}
