import { expect, test } from "bun:test";
import { ACCESS, permits, type RouteKey } from "./access.ts";
import { ICON_PATHS, PAGE_PATHS, WORKER_PATH } from "./page-path.ts";
import type { OpenApiDocument } from "./openapi.ts";
import { PASSWORD, startSystem, type TestSystem } from "./test-system.ts";

const JSON_TYPE = { "content-type": "application/json" };
const HIDDEN = [...PAGE_PATHS, ...ICON_PATHS, WORKER_PATH, "/assets/:file", "/reference"].map(
  (path) => `GET ${path}`,
);

async function routesOf(system: TestSystem): Promise<RouteKey[]> {
  const document = (await (await system.fetch("/openapi")).json()) as OpenApiDocument;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}` as RouteKey,
    ),
  );
}

function visit(system: TestSystem, route: RouteKey, init: RequestInit = {}): Promise<Response> {
  const [method = "GET", path = "/"] = route.split(" ");
  const place = path.replace(":date", "2026-11-20").replace(/:\w+/, "1");
  return system.fetch(place, { method, ...init });
}

async function logIn(system: TestSystem): Promise<string> {
  const response = await system.fetch("/api/login", {
    method: "POST",
    headers: JSON_TYPE,
    body: JSON.stringify({ password: PASSWORD }),
  });
  expect(response.status).toBe(200);
  return response.headers.get("set-cookie") ?? "";
}

test("every route that is described has its rule, and every rule its route", async () => {
  await using system = await startSystem();

  const described = await routesOf(system);

  expect([...described, ...HIDDEN].sort()).toEqual(Object.keys(ACCESS).sort());
});

test("without credentials, and with wrong ones, every route but the public ones answers 401", async () => {
  await using system = await startSystem();
  const strangers: Record<string, string>[] = [
    {},
    { authorization: "Bearer trk_" + "A".repeat(43) },
    { authorization: "Basic YWRtaW46YWRtaW4=" },
    { cookie: `tracker_session=${"A".repeat(43)}`, "sec-fetch-site": "same-origin" },
    { cookie: "tracker_session=' OR 1=1 --" },
  ];
  const closed = (await routesOf(system)).filter((route) => ACCESS[route] !== "public");
  expect(closed.length).toBeGreaterThan(20);

  for (const route of closed) {
    for (const headers of strangers) {
      const response = await visit(system, route, { headers });
      expect([route, response.status]).toEqual([route, 401]);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
    }
  }
});

test("a token may do what its scope says and nothing more", async () => {
  await using system = await startSystem();
  const scopes = ["widget", "read", "write", "admin"] as const;

  for (const route of await routesOf(system)) {
    const rule = ACCESS[route];
    if (rule === undefined || rule === "public" || route === "GET /api/events") continue;
    for (const scope of scopes) {
      const token = system.token(scope);
      const { status } = await visit(system, route, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect([route, scope, status === 403]).toEqual([route, scope, !permits([scope], rule)]);
      expect(status).not.toBe(401);
    }
  }
}, 20_000);

test("a login lasts until its logout, in a cookie that no script can read, and the store sees its hash alone", async () => {
  await using system = await startSystem();
  const own = { "sec-fetch-site": "same-origin" };

  const cookie = await logIn(system);
  const pair = cookie.split(";")[0] ?? "";
  const inside = await system.fetch("/api/games", { headers: { cookie: pair } });
  const out = await system.fetch("/api/logout", {
    method: "POST",
    headers: { ...own, cookie: pair },
  });
  const outside = await system.fetch("/api/games", { headers: { cookie: pair } });

  expect(cookie).toMatch(
    /^tracker_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/,
  );
  expect([inside.status, out.status, outside.status]).toEqual([200, 204, 401]);
  expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
});

test("logging out everywhere ends every login and no token, and only who is signed in may do it", async () => {
  await using system = await startSystem();
  const cookies = [await logIn(system), await logIn(system)].map(
    (cookie) => cookie.split(";")[0] ?? "",
  );
  const reader = system.token("read");
  const end = (init: RequestInit & { token?: string }) =>
    system.fetch("/api/logout?everywhere=true", { method: "POST", ...init });
  const own = { "sec-fetch-site": "same-origin" };
  const reads = () =>
    Promise.all(
      cookies.map(async (cookie) => {
        const { status } = await system.fetch("/api/games", { headers: { cookie } });
        return status;
      }),
    );

  const refused = [await end({}), await end({ token: reader }), await end({ headers: own })];
  const before = await reads();
  const ended = await end({ headers: { ...own, cookie: cookies[0] ?? "" } });

  expect(refused.map(({ status }) => status)).toEqual([401, 403, 401]);
  expect([before, ended.status, await reads()]).toEqual([[200, 200], 204, [401, 401]]);
  expect((await system.fetch("/api/games", { token: reader })).status).toBe(200);
});

// Whoever changes the password does so because somebody else may know the old one.
test("a new password ends every login made with the old one at once; a mere restart ends none", async () => {
  await using before = await startSystem();
  const cookie = (await logIn(before)).split(";")[0] ?? "";
  await using after = await startSystem({ ADMIN_PASSWORD: "another password" });
  for (const [hash, scopes] of before.store.access) after.store.access.set(hash, scopes);
  await using same = await startSystem();
  for (const [hash, scopes] of before.store.access) same.store.access.set(hash, scopes);

  const answers = [before, after, same].map((system) =>
    system.fetch("/api/games", { headers: { cookie } }),
  );

  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 401, 200]);
}, 20_000);

// A page elsewhere may make the owner's browser send requests, cookie included.
test("a write with the cookie needs to come from this site's own pages", async () => {
  await using system = await startSystem();
  const cookie = (await logIn(system)).split(";")[0] ?? "";
  const { host } = new URL(system.url);
  const cases: [Record<string, string>, number][] = [
    [{}, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "cross-site", origin: `http://${host}` }, 403],
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ "x-forwarded-host": "evil.example", origin: "https://evil.example" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 200],
    [{ "sec-fetch-site": "none" }, 200],
    [{ origin: `http://${host}` }, 200],
  ];

  for (const [headers, status] of cases) {
    const response = await system.fetch("/api/games/1", {
      method: "PATCH",
      headers: { ...JSON_TYPE, ...headers, cookie },
      body: '{"is_favorite":true}',
    });
    expect([headers, response.status]).toEqual([headers, status]);
  }
  const reads = await system.fetch("/api/games", { headers: { cookie } });
  const foreign = await system.fetch("/api/login", {
    method: "POST",
    headers: { ...JSON_TYPE, "sec-fetch-site": "cross-site" },
    body: JSON.stringify({ password: PASSWORD }),
  });
  expect([reads.status, foreign.status]).toEqual([200, 403]);
});

test("a token's secret is shown once, is refused at once when revoked, and is in no log", async () => {
  await using system = await startSystem();
  const admin = system.token("admin");
  const body = JSON.stringify({ name: "portfolio", scopes: ["read"] });

  const created = await system.fetch("/api/tokens", {
    method: "POST",
    headers: JSON_TYPE,
    body,
    token: admin,
  });
  const { token, id } = (await created.json()) as { token: string; id: number };
  const reads = await system.fetch("/api/games", { token });
  const listed = await (await system.fetch("/api/tokens", { token: admin })).text();
  const revoked = await system.fetch(`/api/tokens/${id}`, { method: "DELETE", token: admin });
  const refused = await system.fetch("/api/games", { token });
  const cookie = await logIn(system);

  expect(token).toMatch(/^trk_[\w-]{43}$/);
  expect(created.headers.get("cache-control")).toBe("no-store");
  expect([created.status, reads.status, revoked.status, refused.status]).toEqual([
    201, 200, 200, 401,
  ]);
  expect(listed).not.toContain(token);
  const log = system.lines.join("");
  for (const secret of [token, admin, PASSWORD, cookie.slice(16, 59)]) {
    expect(log).not.toContain(secret);
  }
});

test("wrong passwords from one address are slowed down; the owner's, from another, is not", async () => {
  await using system = await startSystem({ TRUST_PROXY: "true" });
  const from = (address: string, password: string) =>
    system.fetch("/api/login", {
      method: "POST",
      headers: {
        ...JSON_TYPE,
        "x-forwarded-for": `10.9.9.9, ${address}`,
        "x-forwarded-proto": "https",
      },
      body: JSON.stringify({ password }),
    });

  const guesses: Response[] = [];
  for (let guess = 0; guess < 7; guess++) guesses.push(await from("203.0.113.5", `guess ${guess}`));
  const owner = await from("198.51.100.7", PASSWORD);

  expect(guesses.slice(0, 5).map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  expect(guesses.slice(5).some(({ status }) => status === 429)).toBe(true);
  const last = guesses.findLast(({ status }) => status === 429);
  expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(owner.status).toBe(200);
  expect(owner.headers.get("set-cookie")).toEndWith("; Secure");
}, 20_000);
