import type { Scope } from "@tracker/contracts";
import type { Config } from "./config.ts";
import { ICON_PATHS, PAGE_PATHS, WORKER_PATH } from "./page-path.ts";

export const METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];
export type RouteKey = `${Method} /${string}`;
export type Rule = "public" | Scope;
export type Access = Readonly<Record<RouteKey, Rule>>;

/**
 * Who may use which route; a route that is not here does not exist. `public` needs nothing, the rest a session or a
 * bearer token with that scope. Reading what is public is also allowed from other origins (CORS).
 */
export const ACCESS: Access = {
  ...publicly([...PAGE_PATHS, ...ICON_PATHS, WORKER_PATH, "/assets/:file"]),
  "GET /openapi": "public",
  "GET /reference": "public",
  "GET /health": "public",
  "GET /health/live": "public",
  "GET /health/ready": "public",
  "GET /api/now-playing": "public",
  "GET /api/now-playing/events": "public",
  "GET /api/widgets/now-playing.svg": "public",
  "GET /api/widgets/card.svg": "public",
  "GET /api/widgets/badge.svg": "public",
  "GET /api/widgets/heatmap.svg": "public",
  "POST /api/login": "public",
  "POST /api/logout": "public",
  "GET /api/games": "read",
  "POST /api/games": "write",
  "GET /api/games/:id": "read",
  "PATCH /api/games/:id": "write",
  "DELETE /api/games/:id": "write",
  "GET /api/games/:id/sessions": "read",
  "GET /api/games/:id/achievements": "read",
  "GET /api/games/:id/history": "read",
  "GET /api/tags": "read",
  "GET /api/feed": "read",
  "GET /api/feed.atom": "widget",
  "GET /api/feed.json": "widget",
  "GET /api/days": "read",
  "GET /api/days/:date": "read",
  "GET /api/sessions": "read",
  "POST /api/sessions": "write",
  "GET /api/sessions/edits": "read",
  "POST /api/sessions/edits/:id/undo": "write",
  "POST /api/sessions/merge": "write",
  "PATCH /api/sessions/:id": "write",
  "DELETE /api/sessions/:id": "write",
  "POST /api/sessions/:id/split": "write",
  "GET /api/stats": "read",
  "GET /api/stats/years": "read",
  "GET /api/stats/years/:year": "read",
  "GET /api/heatmap": "read",
  "GET /api/snapshots": "read",
  "GET /api/snapshots/:date": "read",
  "GET /api/apps": "read",
  "GET /api/apps/:app_id": "read",
  "GET /api/apps/:app_id/history": "read",
  "GET /api/events": "read",
  "GET /api/status": "read",
  "GET /api/export": "admin",
  "GET /api/exports/:name": "admin",
  "GET /api/backups": "admin",
  "GET /api/backups/:name": "admin",
  "GET /api/runs": "read",
  "GET /api/schedules": "read",
  "GET /api/jobs": "read",
  "POST /api/jobs": "admin",
  "GET /api/jobs/:id": "read",
  "POST /api/jobs/:id/pause": "admin",
  "POST /api/jobs/:id/resume": "admin",
  "POST /api/jobs/:id/cancel": "admin",
  "GET /api/setup": "admin",
  "POST /api/setup": "admin",
  "DELETE /api/setup": "admin",
  "GET /api/webhooks": "admin",
  "POST /api/webhooks": "admin",
  "GET /api/webhooks/:id": "admin",
  "PATCH /api/webhooks/:id": "admin",
  "DELETE /api/webhooks/:id": "admin",
  "POST /api/webhooks/:id/test": "admin",
  "GET /api/webhooks/:id/deliveries": "admin",
  "POST /api/webhooks/:id/deliveries/:delivery_id/retry": "admin",
  "GET /api/tokens": "admin",
  "POST /api/tokens": "admin",
  "DELETE /api/tokens/:id": "admin",
};

/** Feeds may be asked with their token in the address, because feed readers cannot set headers. */
export const FEEDS: ReadonlySet<RouteKey> = new Set(["GET /api/feed.atom", "GET /api/feed.json"]);

/** {@link ACCESS} as the owner configured it: what is not public takes a token of scope `widget`. */
export function accessOf({
  PUBLIC_FEEDS: publicFeeds,
  PUBLIC_WIDGETS: publicWidgets,
}: Pick<Config, "PUBLIC_FEEDS" | "PUBLIC_WIDGETS">): Access {
  const rules = Object.keys(ACCESS).flatMap((route) => {
    const key = route as RouteKey;
    if (FEEDS.has(key)) return [[key, publicFeeds ? "public" : "widget"] as const];
    if (!/^GET \/api\/(?:widgets|now-playing)\b/.test(key)) return [];
    return [[key, publicWidgets ? "public" : "widget"] as const];
  });
  return { ...ACCESS, ...Object.fromEntries(rules) };
}

/** The web UI without its data, which comes from the routes above. */
function publicly(paths: readonly `/${string}`[]): Record<RouteKey, Rule> {
  return Object.fromEntries(paths.map((path) => [`GET ${path}`, "public"] as const));
}

/** The scopes that each scope includes. */
const GRANTS: Record<Scope, readonly Scope[]> = {
  widget: ["widget"],
  read: ["read"],
  write: ["read", "write"],
  admin: ["widget", "read", "write", "admin"],
};

export function permits(scopes: readonly Scope[], needed: Scope): boolean {
  return scopes.some((scope) => GRANTS[scope].includes(needed));
}
