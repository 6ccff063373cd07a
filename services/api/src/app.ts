import { ServiceError } from "@tracker/contracts";
import type { Health, Log } from "@tracker/service";
import { Elysia } from "elysia";
import type { Access, RouteKey } from "./access.ts";
import type { AdminPassword } from "./admin-password.ts";
import { appRoutes } from "./app-routes.ts";
import { backupRoutes } from "./backup-routes.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import type { RouteInput } from "./edge.ts";
import type { EventHub } from "./event-hub.ts";
import { eventRoutes } from "./event-routes.ts";
import { exportRoutes } from "./export-routes.ts";
import { feedRoutes } from "./feed-routes.ts";
import { gameDetailRoutes, gameRoutes } from "./game-routes.ts";
import { healthRoutes } from "./health-routes.ts";
import { historyRoutes } from "./history-routes.ts";
import { jobRoutes } from "./job-routes.ts";
import { loginRoutes } from "./login-routes.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import { openApiRoutes } from "./openapi-routes.ts";
import { pageRoutes } from "./page-routes.ts";
import type { PlayingNow } from "./playing-now.ts";
import { playingRoutes } from "./playing-routes.ts";
import type { PlayingStream } from "./playing-stream.ts";
import { Problem, problemResponse } from "./problem.ts";
import type { Ask } from "./question.ts";
import type { ServiceRoll } from "./service-roll.ts";
import { sessionEditRoutes } from "./session-edit-routes.ts";
import { setupRoutes } from "./setup-routes.ts";
import { statisticsRoutes } from "./statistics-routes.ts";
import { statusRoutes } from "./status-routes.ts";
import { tokenRoutes } from "./token-routes.ts";
import { webhookRoutes } from "./webhook-routes.ts";
import { widgetRoutes } from "./widget-routes.ts";

export interface AppParts {
  readonly ask: Ask;
  readonly roll: Pick<ServiceRoll, "call">;
  readonly doorkeeper: Doorkeeper;
  readonly hub: EventHub;
  readonly playing: PlayingNow;
  readonly playingStream: PlayingStream;
  readonly access: Access;
  readonly throttle: LoginThrottle;
  readonly password: AdminPassword;
  /** Shared with the store, which writes archives there. */
  readonly dataDir: string;
  /** Whether webhooks may be in private networks. */
  readonly mayBePrivate: boolean;
  readonly health: Health;
  readonly version: string;
  readonly log: Log;
}

/** All routes, one plugin per feature. What every request passes before them is in edge.ts. */
export function createApp(parts: AppParts) {
  const { ask, doorkeeper, log } = parts;
  const app = new Elysia({ name: "api" })
    .onError({ as: "global" }, ({ code, error, request }) =>
      problemResponse(asAsked(fromElysia(code, error), request), log),
    )
    .use(healthRoutes(parts.health))
    .use(playingRoutes(parts))
    .use(widgetRoutes(ask, parts.playing))
    .use(feedRoutes(ask))
    .use(loginRoutes(parts))
    .use(gameRoutes(ask))
    .use(gameDetailRoutes(ask))
    .use(historyRoutes(ask))
    .use(sessionEditRoutes(ask))
    .use(statisticsRoutes(ask))
    .use(appRoutes(ask))
    .use(jobRoutes(ask))
    .use(statusRoutes(ask, parts))
    .use(exportRoutes(ask, parts.dataDir))
    .use(backupRoutes(ask, parts.dataDir))
    .use(setupRoutes(ask, parts.dataDir))
    .use(webhookRoutes(parts))
    .use(tokenRoutes(ask, doorkeeper))
    .use(eventRoutes(parts.hub, doorkeeper))
    .use(pageRoutes());
  return app.use(openApiRoutes(app, parts));
}

export type App = ReturnType<typeof createApp>;

/** What each route says that it takes, for the edge to hold requests to. */
export function routeInputs(app: App): ReadonlyMap<RouteKey, RouteInput> {
  return new Map(
    app.routes.map(({ method, path, hooks }) => {
      const { params, query, body } = hooks as RouteInput;
      const input = { ...(params && { params }), ...(query && { query }), ...(body && { body }) };
      return [`${method} ${path}` as RouteKey, input] as const;
    }),
  );
}

/** The store names a field by its place in the question; the caller knows it by its place in the request. */
function asAsked(error: unknown, request: Request): unknown {
  if (!(error instanceof ServiceError) || error.field === undefined) return error;
  const inBody =
    error.field === "/request_id"
      ? "Idempotency-Key"
      : error.field.replace(/^\/(game|patch)(?=\/)/, "");
  const parameter = inBody.slice(1);
  const field = new URL(request.url).searchParams.has(parameter) ? parameter : inBody;
  const message = error.message.replace(`${error.field}:`, `${field}:`);
  return new ServiceError(error.code, message, { field, cause: error.cause });
}

/** Elysia's own errors: an answer that is not what its schema says is our fault, the rest the caller's. */
function fromElysia(code: unknown, error: unknown): unknown {
  // Our own errors have codes of the same names, and say more.
  if (error instanceof ServiceError || error instanceof Problem) return error;
  if (code === "VALIDATION" && error instanceof Error) {
    if ("type" in error && error.type === "response") return error;
    return new Problem("INVALID", "a part of the request is not what GET /openapi says", {
      cause: error,
    });
  }
  if (code === "PARSE") return new Problem("MALFORMED", "expected JSON", { cause: error });
  if (code === "NOT_FOUND") return new Problem("NOT_FOUND", "there is nothing at this path");
  return error;
}
