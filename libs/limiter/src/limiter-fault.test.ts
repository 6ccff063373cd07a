import { expect, test } from "bun:test";
import { createLimiter } from "./limiter.ts";
import type { Quota } from "./quota.ts";
import { isOpen } from "./promise-fixture.ts";
import { startTestServer } from "@tracker/bus/test-server";
import { startTestProxy } from "./proxy-fixture.ts";

function quota(limit: number, windowMs: number): Quota {
  return { api: "steam-store", limit, windowMs };
}

test("while NATS is away nobody gets a permit, and all go on when it is back", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  await using limiter = await createLimiter(bus, [quota(10, 1_000)]);

  process.kill(server.pid, "SIGSTOP");
  const permit = limiter.acquire("steam-store");
  const withoutServer = await isOpen(permit);
  process.kill(server.pid, "SIGCONT");
  await permit;
  server.kill();
  await Promise.all([limiter.acquire("steam-store"), limiter.acquire("steam-store")]);

  expect(withoutServer).toBe(true);
  expect(limiter.counts.granted).toBe(3);
});

// Whoever used it would meet the requests of the next window at Steam.
test("a permit that is confirmed too late is thrown away", async () => {
  await using server = await startTestServer();
  await using proxy = startTestProxy(server.url);
  await using bus = await server.connect("importer", proxy.url);
  await using limiter = await createLimiter(bus, [quota(3, 1_000)]);
  proxy.onceSent("PUB quota.steam-store.1s", "late");

  await limiter.acquire("steam-store");

  expect(limiter.counts).toMatchObject({ granted: 1, wasted: 1 });
  expect((await limiter.usage())[0]?.windows[0]?.used).toBe(2);
});

test("a permit that was never confirmed is not used, and counts", async () => {
  await using server = await startTestServer();
  await using proxy = startTestProxy(server.url);
  await using bus = await server.connect("importer", proxy.url);
  await using limiter = await createLimiter(bus, [quota(3, 60_000)]);
  proxy.onceSent("PUB quota.steam-store.60s", "cut");

  await limiter.acquire("steam-store");

  expect(limiter.counts.granted).toBe(1);
  expect((await limiter.usage())[0]?.windows[0]?.used).toBe(2);
});

test("streams that somebody deleted are made again", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  await using limiter = await createLimiter(bus, [quota(50, 60_000)]);
  await limiter.acquire("steam-store");
  await using store = await server.connect("store");

  await store.manager.streams.delete("QUOTA_steam-store_60s");
  await store.manager.streams.delete("KV_QUOTA_PAUSES");
  await limiter.acquire("steam-store");

  expect((await limiter.usage())[0]?.windows[0]?.used).toBe(1);
});

test("permits can be neither deleted nor purged", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  await using limiter = await createLimiter(bus, [quota(5, 60_000)]);
  await limiter.acquire("steam-store");
  await using store = await server.connect("store");

  const { streams } = store.manager;
  const purged = await streams.purge("QUOTA_steam-store_60s").catch((e: unknown) => e);
  const deleted = await streams.deleteMessage("QUOTA_steam-store_60s", 1).catch((e: unknown) => e);

  expect(String(purged)).toContain("not permitted");
  expect(String(deleted)).toContain("not permitted");
});

// A bucket in memory would forget, with the server, that Steam had sent us away.
test("a limiter does not start on a bucket that would forget its pauses", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  await using store = await server.connect("store");
  await store.jetstream.views.kv("QUOTA_PAUSES", { ttl: 60_000 });

  const refusal = await createLimiter(bus, [quota(5, 60_000)]).catch(String);

  expect(refusal).toContain("bucket QUOTA_PAUSES: expected it on file and without expiry");
});
