import { expect, test } from "bun:test";
import { testGame } from "./test-data.ts";
import { startSystem } from "./test-system.ts";

test("an answer that has not changed is not sent again", async () => {
  await using system = await startSystem();
  const token = system.token("write");

  const first = await system.fetch("/api/games", { token });
  const etag = first.headers.get("etag") ?? "";
  const same = await system.fetch("/api/games", {
    token,
    headers: { "if-none-match": `"x", ${etag}` },
  });
  const bare = await system.fetch("/api/games", {
    token,
    headers: { "if-none-match": etag.slice("W/".length) },
  });
  system.store.games.set(1, testGame({ id: 1, title: "Other" }));
  const other = await system.fetch("/api/games", { token, headers: { "if-none-match": etag } });

  expect(etag).toMatch(/^W\/"[0-9a-z]+"$/);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  expect(first.headers.get("server-timing")).toMatch(/^app;dur=[\d.]+$/);
  expect([same.status, await same.text(), same.headers.get("etag")]).toEqual([304, "", etag]);
  expect(bare.status).toBe(304);
  expect([other.status, other.headers.get("etag") === etag]).toEqual([200, false]);
});

test("only what is public may be read from another origin", async () => {
  await using system = await startSystem();
  const origin = { origin: "https://portfolio.example" };
  const asks = { ...origin, "access-control-request-method": "POST" };

  const open = await system.fetch("/api/now-playing", { headers: origin });
  const preflight = await system.fetch("/api/now-playing", { method: "OPTIONS", headers: asks });
  const closed = await system.fetch("/api/games", { headers: origin });
  const login = await system.fetch("/api/login", { method: "OPTIONS", headers: asks });

  expect(open.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-methods")).toBe("GET, HEAD");
  for (const response of [closed, login]) {
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("access-control-allow-methods")).toBeNull();
  }
});

test("every answer carries its security headers, and large ones are compressed for who asks", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  for (let id = 1; id <= 200; id++) system.store.games.set(id, testGame({ id }));

  for (const path of ["/", "/icon.svg", "/api/games", "/api/nothing", "/openapi"]) {
    const { headers } = await system.fetch(path, { token });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("content-security-policy")).toStartWith("default-src 'none'");
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  }
  const raw = (encoding: string) =>
    system.fetch("/api/games?limit=200", {
      token,
      headers: { "accept-encoding": encoding },
      decompress: false,
    });
  const plain = await raw("identity");
  const packed = await raw("gzip, br");
  const tighter = await raw("gzip, deflate, br, zstd");
  const none = await raw("identity;q=0");
  const write = await system.fetch("/api/games/1", {
    method: "DELETE",
    token: system.token("write"),
    headers: { "accept-encoding": "identity;q=0" },
  });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect(packed.headers.get("vary")).toBe("Accept-Encoding");
  expect(packed.headers.get("etag")).toBe(plain.headers.get("etag"));
  expect(Bun.gunzipSync(await packed.arrayBuffer())).toEqual(
    new Uint8Array(await plain.clone().arrayBuffer()),
  );
  expect(tighter.headers.get("content-encoding")).toBe("zstd");
  expect(tighter.headers.get("etag")).toBe(plain.headers.get("etag"));
  expect(Bun.zstdDecompressSync(await tighter.arrayBuffer()).toString()).toBe(await plain.text());
  expect([none.status, none.headers.get("vary")]).toEqual([406, "Accept-Encoding"]);
  expect(await none.json()).toMatchObject({ status: 406, field: "Accept-Encoding" });
  // Refused before it is done, not after.
  expect([write.status, system.store.game(1).archived_at]).toEqual([406, null]);
});

// A field that the store grows must not leak before the contract names it.
test("what the schema of an answer does not name is left out", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  system.store.games.set(1, Object.assign(testGame({ id: 1 }), { secret_note: "mine" }));

  const one = await (await system.fetch("/api/games/1", { token })).text();
  const list = await (await system.fetch("/api/games", { token })).text();

  expect(one + list).toContain("Game 1");
  expect(one + list).not.toContain("secret_note");
});

test("without the store: 503 with Retry-After, and the status says plainly who is missing", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  const before = await (await system.fetch("/api/status", { token })).json();

  await system.stopStore();
  const games = await system.fetch("/api/games", { token });
  const status = await system.fetch("/api/status", { token });
  const stranger = await system.fetch("/api/status", { token: system.token("read") });

  expect(before).toMatchObject({
    version: "1.2.3",
    store: { games: 1 },
    poller: null,
    collector: null,
    problems: [
      expect.stringContaining("steam-poller does not answer"),
      expect.stringContaining("steamspy-collector does not answer"),
    ],
    services: expect.arrayContaining([
      expect.objectContaining({ name: "api", state: "ready" }),
      expect.objectContaining({ name: "store" }),
    ]),
  });
  expect([games.status, games.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await games.json()).toMatchObject({ detail: "store does not answer" });
  expect(await status.json()).toMatchObject({
    store: null,
    problems: [
      expect.stringContaining("store does not answer"),
      expect.stringContaining("steam-poller does not answer"),
      expect.stringContaining("steamspy-collector does not answer"),
    ],
  });
  expect(stranger.status).toBe(503);
});
