import type { RouteKey, Rule } from "./access.ts";

/** How long an answer may be kept, by whom; the OpenAPI document says it of every route. */
const OF_ROUTE: Readonly<Record<RouteKey, string>> = {
  "GET /health": "no-store",
  "GET /health/live": "no-store",
  "GET /health/ready": "no-store",
  // As long as it is not asked anew itself.
  "GET /api/now-playing": "public, max-age=15",
  // What hosts of readmes ask for again and again.
  "GET /api/widgets/now-playing.svg": "public, max-age=60",
  "GET /api/widgets/badge.svg": "public, max-age=60",
  "GET /api/widgets/card.svg": "public, max-age=60",
  "GET /api/widgets/heatmap.svg": "public, max-age=60",
  "GET /api/feed.atom": "public, max-age=60",
  "GET /api/feed.json": "public, max-age=60",
  "GET /api/now-playing/events": "no-store",
  "GET /api/events": "no-store",
  "GET /api/export": "no-store",
  "GET /api/exports/:name": "no-store",
  "GET /api/backups/:name": "no-store",
};

/** Reads are revalidated each time, which the ETag makes cheap; answers to writes are never stored. */
export function cachingOf(key: RouteKey, rule: Rule = "public"): string {
  const caching = OF_ROUTE[key] ?? (key.startsWith("GET ") ? "private, no-cache" : "no-store");
  // An answer to a token must not be stored in a shared cache.
  return rule === "public" ? caching : caching.replace("public", "private");
}
