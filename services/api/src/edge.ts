import { type Log, withTrace } from "@tracker/service";
import type { TObject, TSchema } from "@sinclair/typebox";
import { Type } from "@sinclair/typebox";
import type { Access, RouteKey } from "./access.ts";
import { assertSize, leavesBodyWithoutEnd, parseJson, readJsonText } from "./body.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import { assertEncodable } from "./encoding.ts";
import { page } from "./page-routes.ts";
import { assertMatch, refuseUnknownConditions } from "./precondition.ts";
import { problemResponse } from "./problem.ts";
import { completeReply, mayBeReadAnywhere } from "./reply.ts";
import { type FoundRoute, RouteMap } from "./route-map.ts";
import { checkBody, checkParameters } from "./strictness.ts";
import { noteVisitor, type Visitor } from "./visitor.ts";

/** What a route says that it takes. */
export interface RouteInput {
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TSchema;
}

export interface EdgeParts {
  /** The routes themselves. */
  readonly handle: (request: Request) => Promise<Response>;
  readonly inputs: ReadonlyMap<RouteKey, RouteInput>;
  readonly doorkeeper: Doorkeeper;
  readonly access: Access;
  readonly log: Log;
}

export type Edge = (request: Request, visitor: Visitor) => Promise<Response>;

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const Nothing = Type.Object({}, { additionalProperties: false });

/**
 * What every request passes, in this order, before a route sees it: is it small enough (413, 431), is there such a route
 * (404, 405), can the answer be encoded as the caller accepts it (406), may the caller use it (401, 403), are its path and
 * query right (422), does it come without
 * conditions that the route does not know (422), can its body be read (413, 415, 400), is the body right (422), is what it changes
 * still what the caller has read (412).
 */
export function createEdge(parts: EdgeParts): Edge {
  const routes = new RouteMap(parts.access);
  return (request, visitor) => {
    const parent = request.headers.get("traceparent") ?? "";
    return withTrace(TRACEPARENT.test(parent) ? parent : undefined, async () => {
      const started = performance.now();
      const { pathname } = new URL(request.url);
      let route: FoundRoute | undefined;
      let response: Response;
      try {
        assertSize(request);
        if (request.method === "OPTIONS") response = describeOptions(routes, pathname);
        else {
          route = routes.find(request.method, pathname);
          response = await passOn(parts, request, visitor, route);
        }
      } catch (error) {
        response =
          route === undefined && isForPerson(request, pathname)
            ? await page(request, 404)
            : problemResponse(error, parts.log);
      }
      const ms = performance.now() - started;
      parts.log.debug("request", {
        route: route?.key,
        status: response.status,
        ms: Math.round(ms),
      });
      const timing = `app;dur=${ms.toFixed(1)}`;
      const reply = await completeReply(request, response, { route, timing });
      if (leavesBodyWithoutEnd(request)) reply.headers.set("connection", "close");
      return reply;
    });
  };
}

/** Whether a person asks, who may have mistyped an address, and not a program. */
function isForPerson(request: Request, path: string): boolean {
  const accepts = request.headers.get("accept") ?? "";
  return request.method === "GET" && !path.startsWith("/api/") && accepts.startsWith("text/html");
}

async function passOn(
  { handle, inputs, doorkeeper }: EdgeParts,
  request: Request,
  visitor: Visitor,
  route: FoundRoute,
): Promise<Response> {
  assertEncodable(request.headers.get("accept-encoding"));
  await doorkeeper.admit(request, visitor, route.key, route.rule);
  const input = inputs.get(route.key) ?? {};
  checkParameters(input.params ?? Nothing, Object.entries(route.params));
  const url = new URL(request.url);
  // Pages and probes are asked with all sorts of additions; only the API is strict.
  if (url.pathname.startsWith("/api/")) checkParameters(input.query ?? Nothing, url.searchParams);
  refuseUnknownConditions(request, route);
  // Serialized again, so that Elysia's parser reads odd encodings as they were checked here.
  url.search = url.searchParams.toString();
  const read = request.method === "GET" || request.method === "HEAD";
  const text = read ? undefined : await readJsonText(request);
  if (input.body !== undefined || text !== undefined) {
    checkBody(input.body ?? Nothing, text === undefined ? undefined : parseJson(text));
  }
  const asItCame = request.method === "GET" && url.search === "";
  const inner = asItCame
    ? request
    : new Request(url.href, {
        method: read ? "GET" : request.method,
        headers: innerHeaders(request, text !== undefined),
        ...(text === undefined ? {} : { body: text }),
      });
  noteVisitor(inner, visitor);
  if (!read) await assertMatch(request, handle);
  return handle(inner);
}

function innerHeaders(request: Request, hasBody: boolean): Headers {
  const headers = new Headers(request.headers);
  for (const name of ["content-length", "transfer-encoding", "content-encoding"])
    headers.delete(name);
  if (hasBody) headers.set("content-type", "application/json");
  else headers.delete("content-type");
  return headers;
}

/** What a browser asks before it reads from another origin. Only what is public may be read, and nothing written. */
function describeOptions(routes: RouteMap, path: string): Response {
  const allow = routes.allowed(path).join(", ");
  const route = allow.includes("GET") ? routes.find("GET", path) : undefined;
  const open = mayBeReadAnywhere(route);
  return new Response(null, {
    status: 204,
    headers: {
      allow,
      ...(open
        ? {
            "access-control-allow-origin": "*",
            "access-control-allow-methods": "GET, HEAD",
            ...(route?.rule === "public"
              ? {}
              : { "access-control-allow-headers": "Authorization" }),
            "access-control-max-age": "86400",
          }
        : {}),
    },
  });
}
