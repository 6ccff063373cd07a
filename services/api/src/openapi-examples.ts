/** Examples for the OpenAPI document; a test holds each to its schema and misses none. */

/** A route's own, where the name alone would mean something else. */
const OF_ROUTE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "/api/backups/:name": { name: "tracker-nightly-20261120T093000Z.db" },
  "/api/exports/:name": { name: "game-tracker-20261120T223000Z.zip" },
  "/api/apps": { sort: "owners", q: "portal", tag: "Puzzle" },
};

/** What a parameter of this name may be on every other route. */
const OF_NAME: Readonly<Record<string, unknown>> = {
  active: true,
  app_id: 620,
  archived: false,
  cursor: "WyJQb3J0YWwgMiIsMTJd",
  corrected: true,
  date: "2026-11-20",
  delivery_id: 12,
  everywhere: true,
  favorite: true,
  from: "2026-11-01",
  game_id: 12,
  genre: "Adventure",
  id: 12,
  kind: "import",
  limit: 50,
  max_owners: 50_000_000,
  max_price: 1_999,
  max_review_share: 100,
  min_minutes: 720,
  min_owners: 1_000_000,
  min_price: 0,
  min_review_share: 90,
  min_reviews: 1_000,
  order: "desc",
  owned: true,
  platform: "Steam",
  precision: "poll",
  purge: false,
  q: "portal",
  released_from: "2011-01-01",
  released_to: "2011-12-31",
  sort: "hours_played",
  state: "running",
  status: "Playing",
  tag: "co-op",
  theme: "dark",
  to: "2026-11-20",
  token: `trk_${"A".repeat(43)}`,
  type: "game",
  visibility: "public",
  width: 495,
  year: 2026,
};

export const BODY_EXAMPLES: Readonly<Record<string, unknown>> = {
  "POST /api/webhooks": {
    name: "My chat",
    url: "https://hooks.example.org/games",
    format: "standard",
    events: ["session.started", "session.ended"],
  },
  "PATCH /api/webhooks/:id": { enabled: true },
  "POST /api/setup": {
    steam_api_key: "0123456789ABCDEF0123456789ABCDEF",
    steam_id: "76561197960287930",
  },
  "POST /api/login": { password: "correct horse battery staple" },
  "POST /api/games": {
    title: "Outer Wilds",
    platform: "Switch",
    status: "Playing",
    rating: 9.5,
    tags: ["space"],
  },
  "PATCH /api/games/:id": {
    status: "Completed",
    completion_date: "2026-11-20",
    rating: 10,
    is_favorite: true,
  },
  "POST /api/sessions": {
    game_id: 12,
    started_at: "2026-11-20T20:00:00.000Z",
    ended_at: "2026-11-20T22:00:00.000Z",
    minutes: 110,
  },
  "PATCH /api/sessions/:id": { started_at: "2026-11-20T20:15:00.000Z", minutes: 100 },
  "POST /api/sessions/:id/split": { at: "2026-11-20T21:00:00.000Z" },
  "POST /api/sessions/merge": { ids: [31, 32] },
  "POST /api/jobs": { kind: "import", arguments: { achievements: true } },
  "POST /api/tokens": { name: "portfolio", scopes: ["read"], expires_at: null },
};

/** What an answer that is no JSON looks like, by its type. */
export const TYPE_EXAMPLES: Readonly<Record<string, string>> = {
  "text/event-stream": `id: 4711\nevent: session.started\ndata: {"game_id":12}\n\n`,
  "application/atom+xml": `<feed xmlns="http://www.w3.org/2005/Atom"><title>What I play</title>…</feed>`,
  "application/feed+json": `{"version":"https://jsonfeed.org/version/1.1","title":"What I play","items":[]}`,
  "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 495 120">…</svg>`,
};

export function parameterExample(path: string, name: string): unknown {
  return OF_ROUTE[path]?.[name] ?? OF_NAME[name];
}
