import { expect, test } from "bun:test";
import { startSystem } from "./test-system.ts";

const READS = [
  "/api/games",
  "/api/games/1",
  "/api/games/1/sessions",
  "/api/games/1/achievements",
  "/api/games/1/history",
  "/api/tags",
  "/api/feed",
  "/api/days",
  "/api/days/2026-11-20",
  "/api/sessions?from=2026-11-01&limit=10",
  "/api/stats?from=2026-11-01&to=2026-11-20",
  "/api/stats/years",
  "/api/stats/years/2026",
  "/api/heatmap?year=2026",
  "/api/snapshots",
  "/api/snapshots/2026-11-20",
  "/api/apps",
  "/api/apps/1001",
  "/api/apps/1001/history?limit=10",
  "/api/runs",
  "/api/jobs",
  "/api/status",
  "/health",
  "/health/live",
  "/health/ready",
  "/openapi",
  "/api/now-playing",
];

function json(method: string, body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

test("the pictures are for everybody, on every page, and hold nothing that could run", async () => {
  await using system = await startSystem();

  for (const name of [
    "now-playing.svg?theme=dark&width=300",
    "card.svg?width=400",
    "badge.svg",
    "heatmap.svg?year=2026",
  ]) {
    const response = await system.fetch(`/api/widgets/${name}`);

    expect([name, response.status, response.headers.get("content-type")]).toEqual([
      name,
      200,
      "image/svg+xml; charset=utf-8",
    ]);
    expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(response.headers.get("content-security-policy")).toStartWith("default-src 'none'");
    expect(await response.text()).toStartWith("<svg ");
  }
  const wrong = await system.fetch("/api/widgets/badge.svg?theme=pink");
  expect(wrong.status).toBe(422);
});

test("every read answers what the store knows", async () => {
  await using system = await startSystem();
  const token = system.token("read");

  for (const path of READS) {
    const response = await system.fetch(path, { token });
    const body = await response.text();
    expect([path, response.status, body]).toEqual([path, 200, expect.stringMatching(/^\{/)]);
    expect(response.headers.get("content-type")).toStartWith("application/json");
  }
});

test("filters reach the store as numbers, words and truths, and its cursor comes back", async () => {
  await using system = await startSystem();
  const token = system.token("read");

  await system.fetch(
    "/api/games?status=Playing&favorite=true&q=a%2Cb%20%5B1%5D&sort=rating&order=asc&limit=5&cursor=x",
    { token },
  );
  const feed = await (await system.fetch("/api/feed", { token })).json();

  expect(system.store.asked).toEqual([
    {
      status: "Playing",
      favorite: true,
      q: "a,b [1]",
      sort: "rating",
      order: "asc",
      limit: 5,
      cursor: "x",
    },
  ]);
  expect(feed).toMatchObject({ next_cursor: "next", items: [{ type: "session" }, {}] });
});

test("a game is added once however often it is sent, changed, archived and then purged", async () => {
  await using system = await startSystem();
  const token = system.token("write");
  const game = { title: "Ōkami 大神", platform: "Switch", tags: ["art"], rating: 9.5 };
  const add = json("POST", game);
  const headers = { "content-type": "application/json", "idempotency-key": "the-same-1" };

  const added = await system.fetch("/api/games", { ...add, headers, token });
  const again = await system.fetch("/api/games", { ...add, headers, token });
  const other = await system.fetch("/api/games", {
    ...json("POST", { title: "Other" }),
    headers,
    token,
  });
  const changed = await system.fetch("/api/games/2", { ...json("PATCH", { notes: "!" }), token });
  const early = await system.fetch("/api/games/2?purge=true", { method: "DELETE", token });
  const archived = await system.fetch("/api/games/2", { method: "DELETE", token });
  const purged = await system.fetch("/api/games/2?purge=true", { method: "DELETE", token });
  const gone = await system.fetch("/api/games/2", { token });

  expect(added.status).toBe(201);
  expect(added.headers.get("location")).toBe("/api/games/2");
  expect(await added.json()).toMatchObject(game);
  expect(await again.json()).toMatchObject({ id: 2 });
  expect(other.status).toBe(422);
  expect(await other.json()).toMatchObject({
    field: "Idempotency-Key",
    detail: expect.stringMatching(/^Idempotency-Key: expected/),
  });
  expect(await changed.json()).toMatchObject({ notes: "!" });
  expect([early.status, archived.status]).toEqual([409, 200]);
  expect(await archived.json()).toMatchObject({ archived_at: expect.any(String) });
  expect([purged.status, await purged.text(), gone.status]).toEqual([204, "", 404]);
});

test("a job is started once, and paused, resumed and cancelled", async () => {
  await using system = await startSystem();
  const token = system.token("admin");
  const act = (what: string) => system.fetch(`/api/jobs/1/${what}`, { method: "POST", token });

  const started = await system.fetch("/api/jobs", { ...json("POST", { kind: "poll" }), token });
  const again = await system.fetch("/api/jobs", { ...json("POST", { kind: "poll" }), token });
  const states = [await act("pause"), await act("resume"), await act("cancel"), await act("pause")];
  const wrong = { kind: "poll", arguments: { force: true } };
  const refused = await system.fetch("/api/jobs", { ...json("POST", wrong), token });

  expect([started.status, again.status]).toEqual([202, 200]);
  expect(started.headers.get("location")).toBe("/api/jobs/1");
  expect(await again.json()).toMatchObject({ id: 1, already_active: true });
  expect(states.map(({ status }) => status)).toEqual([200, 200, 200, 409]);
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ field: "/arguments/force" });
});

// A typing mistake that is dropped in silence looks like an answer to what was meant.
test("whatever is wrong in a request is named, with what was expected and what came", async () => {
  await using system = await startSystem();
  const token = system.token("admin");
  const cases: [string, RequestInit, number, string | undefined][] = [
    ["/api/games?statsu=Playing", {}, 422, "statsu"],
    ["/api/games?limit=0", {}, 422, "limit"],
    ["/api/games?limit=1e3", {}, 422, "limit"],
    ["/api/games?limit=1.5", {}, 422, "limit"],
    ["/api/games?limit=5&limit=6", {}, 422, "limit"],
    ["/api/games?sort=id;drop%20table%20games", {}, 422, "sort"],
    ["/api/games?favorite=yes", {}, 422, "favorite"],
    ["/api/games?__proto__=1", {}, 422, "__proto__"],
    ["/api/games/abc", {}, 422, "id"],
    ["/api/games/0", {}, 422, "id"],
    ["/api/games/9007199254740993", {}, 422, "id"],
    ["/api/games/%ff", {}, 400, undefined],
    ["/api/games/99", {}, 404, undefined],
    ["/api/games/99/sessions", {}, 404, undefined],
    ["/api/games/99/achievements", {}, 404, undefined],
    ["/api/games/99/history", {}, 404, undefined],
    ["/api/games/..%2f..%2fetc", {}, 422, "id"],
    ["/api/days/2026-02-31", {}, 422, "date"],
    ["/api/days?from=2026-13-01", {}, 422, "from"],
    ["/api/sessions?cursor=wrong", {}, 422, "cursor"],
    ["/api/tags?x=1", {}, 422, "x"],
    ["/api/nothing", {}, 404, undefined],
    ["/api/games/", {}, 404, undefined],
    ["/api/games", json("POST", { title: "" }), 422, "/title"],
    ["/api/games", json("POST", { title: "x", colour: "red" }), 422, "/colour"],
    ["/api/games", json("POST", { title: "x", rating: "9" }), 422, "/rating"],
    [
      "/api/games",
      json("POST", { title: "x", completion_date: "2026-02-30" }),
      422,
      "/completion_date",
    ],
    ["/api/games", json("POST", [1]), 422, "/"],
    ["/api/games", json("POST", null), 422, "/"],
    ["/api/games", { method: "POST" }, 422, "/"],
    ["/api/games/1", json("PATCH", { visibility: "secret" }), 422, "/visibility"],
    ["/api/jobs", json("POST", { kind: "rm" }), 422, "/kind"],
    ["/api/jobs/1/pause", json("POST", { now: true }), 422, "/now"],
    ["/api/tokens", json("POST", { name: "x", scopes: ["root"] }), 422, "/scopes/0"],
    ["/api/tokens", json("POST", { name: "x\n7\tadmin", scopes: ["read"] }), 422, "/name"],
    ["/api/webhooks/1", json("PATCH", { name: "x\u001b[2J" }), 422, "/name"],
    [
      "/api/tokens",
      json("POST", { name: "x", scopes: ["read"], expires_at: "2020-01-01T00:00:00.000Z" }),
      422,
      "/expires_at",
    ],
    ["/api/tokens/9", { method: "DELETE" }, 404, undefined],
    ["/api/login", json("POST", { password: 5 }), 422, "/password"],
  ];

  for (const [path, init, status, field] of cases) {
    const response = await system.fetch(path, { ...init, token });
    const problem = (await response.json()) as Record<string, unknown>;
    expect([path, response.status, problem["field"]]).toEqual([path, status, field]);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(problem).toMatchObject({
      type: expect.stringMatching(/^urn:game-tracker:problem:[a-z-]+$/),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  }
  const detail = await (await system.fetch("/api/games?limit=0", { token })).json();
  expect(detail).toMatchObject({ detail: "limit: expected a whole number from 1 to 1000, got 0" });
});

test("the public learns of a service whether it is ready; what it waits for is told to who is signed in", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  using _waiting = system.host.health.register({
    name: "collector",
    ready: () => false,
    detail: () => "no kind of work yet",
  });

  const health = await system.fetch("/health");
  const ready = await system.fetch("/health/ready");
  const status = await system.fetch("/api/status", { token });

  const open = {
    status: "starting",
    version: "1.2.3",
    services: { api: { ready: true }, collector: { ready: false } },
  };
  expect([health.status, await health.json()]).toEqual([200, open]);
  expect([ready.status, await ready.json()]).toEqual([503, open]);
  expect(await status.json()).toMatchObject({
    process: {
      uptime_seconds: expect.any(Number),
      services: { collector: { ready: false, detail: "no kind of work yet" } },
    },
  });
});

test("what is wrong is said in words that help to set it right", async () => {
  await using system = await startSystem();
  const token = system.token("admin");
  const cases: [string, RequestInit, string][] = [
    [
      "/api/games",
      json("POST", { title: "x", rating: 7.3 }),
      "/rating: expected 0 to 10 in halves or null, got 7.3",
    ],
    ["/api/games?favorite=1", {}, 'favorite: expected true or false, got "1"'],
    [
      "/api/games/1",
      json("PATCH", { is_favorite: 1 }),
      "/is_favorite: expected true or false, got 1",
    ],
    [
      "/api/games/1",
      json("PATCH", { completion_date: "2026-02-30" }),
      '/completion_date: expected a day, such as 2026-11-20 or null, got "2026-02-30"',
    ],
    ["/api/games/9007199254740993", {}, "id: expected a whole number from 1, got 9007199254740993"],
    ["/api/games/99999", {}, "no game 99999"],
    [
      "/api/games",
      json("POST", { title: "a\u0000b" }),
      '/title: expected a text of 1 to 300 characters in one line, without control characters, got "a\\u0000b"',
    ],
    [
      "/api/games",
      json("POST", { title: "a\nb" }),
      '/title: expected a text of 1 to 300 characters in one line, without control characters, got "a\\nb"',
    ],
    [
      "/api/games/1",
      json("PATCH", { title: " \u001b " }),
      '/title: expected a text of 1 to 300 characters in one line, without control characters or null, got " \\u001b "',
    ],
    [
      "/api/games/1",
      json("PATCH", { cover_url: "https://" }),
      '/cover_url: expected an http or https address with a host, such as https://example.org/cover.jpg or null, got "https://"',
    ],
    [
      "/api/games/1",
      json("PATCH", { cover_url: "https:///x.jpg" }),
      '/cover_url: expected an http or https address with a host, such as https://example.org/cover.jpg or null, got "https:///x.jpg"',
    ],
    ["/api/jobs/99999", {}, "no job 99999"],
    [
      "/api/login",
      json("POST", {}),
      "/password: expected a text of at most 1,000 characters, got nothing",
    ],
    [
      "/api/login",
      json("POST", { password: 1234 }),
      "/password: expected a text of at most 1,000 characters, got something else",
    ],
    [
      "/api/jobs",
      json("POST", { kind: "import", arguments: { achievements: "no" } }),
      '/arguments/achievements: expected true or false, got "no"',
    ],
  ];

  for (const [path, init, detail] of cases) {
    const problem = await (await system.fetch(path, { ...init, token })).json();
    expect([path, problem]).toEqual([path, expect.objectContaining({ detail })]);
  }
});

test("a body that says it is too large is answered before it is sent, with a problem document", async () => {
  await using system = await startSystem();
  const token = system.token("write");

  const response = await system.fetch("/api/games", {
    method: "POST",
    body: "x".repeat(5 * 1024 * 1024),
    token,
    headers: { "content-type": "application/json" },
  });

  expect([response.status, response.headers.get("content-type")]).toEqual([
    413,
    "application/problem+json",
  ]);
  expect(await response.json()).toMatchObject({
    detail: "expected a body of at most 1048576 bytes, got more",
  });
});

test("a body that is too large, not JSON, not UTF-8 or nested without end is refused", async () => {
  await using system = await startSystem();
  const token = system.token("write");
  const headers = { "content-type": "application/json" };
  const post = (body: string | Uint8Array<ArrayBuffer>, type = "application/json") =>
    system.fetch("/api/games", { method: "POST", body, token, headers: { "content-type": type } });
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(32)),
  });

  const statuses = [
    await post("x".repeat(1024 * 1024 + 1)),
    await system
      .fetch("/api/games", { method: "POST", body: endless, token, headers })
      .catch(() => new Response(null, { status: 413 })),
    await post("{"),
    await post("[".repeat(500_000)),
    await post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])),
    await post("title=x", "application/x-www-form-urlencoded"),
    await post("{}", "text/plain"),
    await post('{"title":"x"}', "application/json; charset=utf-8"),
  ].map(({ status }) => status);

  expect(statuses).toEqual([413, 413, 400, 400, 400, 415, 415, 201]);
});

test("a wrong method is told which ones there are, and HEAD is GET without its body", async () => {
  await using system = await startSystem();
  const token = system.token("admin");

  const wrong = await system.fetch("/api/games/1", { method: "PUT", token });
  const options = await system.fetch("/api/games/1", { method: "OPTIONS" });
  const head = await system.fetch("/api/games/1", { method: "HEAD", token });
  const get = await system.fetch("/api/games/1", { token });

  expect([wrong.status, wrong.headers.get("allow")]).toEqual([
    405,
    "GET, HEAD, PATCH, DELETE, OPTIONS",
  ]);
  expect([options.status, options.headers.get("allow")]).toEqual([
    204,
    "GET, HEAD, PATCH, DELETE, OPTIONS",
  ]);
  expect(options.headers.get("access-control-allow-origin")).toBeNull();
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect(head.headers.get("etag")).toBe(get.headers.get("etag"));
});

test("a search of the catalogue reaches the store as it was asked, and a game shows its app", async () => {
  await using system = await startSystem();
  const token = system.token("read");

  await system.fetch(
    "/api/apps?q=%E4%B8%89%E5%9B%BD&type=game&tag=RPG&min_owners=20000&min_review_share=90.5&max_price=999&released_from=2020-01-01&owned=false&sort=review_share&order=desc&limit=5",
    { token },
  );
  const game = await (await system.fetch("/api/games/1", { token })).json();

  expect(system.store.asked).toEqual([
    {
      q: "三国",
      type: "game",
      tag: "RPG",
      min_owners: 20_000,
      min_review_share: 90.5,
      max_price: 999,
      released_from: "2020-01-01",
      owned: false,
      sort: "review_share",
      order: "desc",
      limit: 5,
    },
  ]);
  expect(game).toMatchObject({ id: 1, app: { app_id: 1_001, owners: { low: 20_000 } } });
});

test("what is wrong with a search of the catalogue is said by name", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  const wrong = {
    "/api/apps?sort=fame": "sort: expected one of popularity, name",
    "/api/apps?min_review_share=101": "min_review_share: expected a number from 0 to 100",
    "/api/apps?released_from=2026-02-31": "released_from: expected a day",
    "/api/apps?min_owners=-1": "min_owners: expected a whole number from 0",
    "/api/apps?limit=5000": "limit: expected a whole number from 1 to 1000",
    "/api/apps?colour=red": "colour: expected",
    "/api/apps/0": "app_id: expected a Steam app id",
  };

  for (const [path, detail] of Object.entries(wrong)) {
    const response = await system.fetch(path, { token });
    const problem: unknown = await response.json();
    expect([path, response.status, problem]).toMatchObject([
      path,
      422,
      { detail: expect.stringContaining(detail) },
    ]);
  }
  expect((await system.fetch("/api/apps/999", { token })).status).toBe(404);
  expect((await system.fetch("/api/apps")).status).toBe(401);
});
