import { expect, test } from "bun:test";
import { wait } from "@tracker/service";
import { createLimiter } from "./limiter.ts";
import type { ApiName, Quota } from "./quota.ts";
import { startTestServer } from "@tracker/bus/test-server";

function quota(limit: number, windowMs: number, api: ApiName = "steam-store"): Quota {
  return { api, limit, windowMs };
}

test("a request that counts for two APIs takes a permit of each, and waits for the pause of either", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  const quotas = [quota(5, 10_000, "steam-achievements"), quota(100, 60_000, "steam-web-api")];
  await using limiter = await createLimiter(bus, quotas);

  await limiter.acquire(["steam-achievements", "steam-web-api"]);
  await limiter.pause("steam-web-api", 60_000);
  const both = limiter.acquire(["steam-achievements", "steam-web-api"], AbortSignal.timeout(90));
  const alone = limiter.acquire("steam-achievements");
  const refused = await both.catch((e: unknown) => e);
  await alone;

  expect(refused).toMatchObject({ name: "TimeoutError" });
  const usage = await limiter.usage();
  const used = usage.map(({ windows }) => windows[0]?.used ?? 0);
  // On a busy machine a permit may come too late to be used; it counts all the same.
  const { granted, wasted } = limiter.counts;
  expect(granted).toBe(3);
  expect(used.reduce((sum, each) => sum + each, 0)).toBe(3 + wasted);
  expect(used[1]).toBeGreaterThanOrEqual(1);
  if (wasted === 0) expect(used).toEqual([2, 1]);
});

test("a pause holds for every process, also after the server was killed, and ends at its time", async () => {
  await using server = await startTestServer();
  await using one = await server.connect("importer");
  await using other = await server.connect("importer");
  await using refused = await createLimiter(one, [quota(10, 1_000)]);
  await using unaware = await createLimiter(other, [quota(10, 1_000)]);
  const pausedAt = performance.now();

  await refused.pause("steam-store", 1_500);
  server.kill();
  await unaware.acquire("steam-store");

  expect(performance.now() - pausedAt).toBeGreaterThan(1_490);
  expect(performance.now() - pausedAt).toBeLessThan(4_000);
});

test("the status page sees use, pause and queue of an API", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  await using limiter = await createLimiter(bus, [
    quota(10, 60_000),
    quota(1, 100, "steam-web-api"),
  ]);
  await limiter.acquire("steam-store");

  await limiter.pause("steam-store", null);
  const waiting = limiter.acquire("steam-store").catch((e: unknown) => e);
  const [store, web] = await limiter.usage();
  await limiter[Symbol.asyncDispose]();

  expect(store).toMatchObject({
    api: "steam-store",
    windows: [{ limit: 10, window_ms: 60_000, used: 1 }],
    waiting: 1,
  });
  const pausedMs = Date.parse(store?.paused_until ?? "") - Date.now();
  expect(pausedMs).toBeGreaterThan(4_000);
  expect(pausedMs).toBeLessThan(6_300);
  expect(web).toMatchObject({ api: "steam-web-api", paused_until: null, waiting: 0 });
  expect(String(await waiting)).toBe("Error: the limiter is closed");
});

test("pauses in a row are counted across processes, until the API has answered well for a while", async () => {
  await using server = await startTestServer();
  await using one = await server.connect("importer");
  await using other = await server.connect("importer");
  await using first = await createLimiter(one, [quota(50, 1_000)]);
  await using second = await createLimiter(other, [quota(50, 1_000)]);
  const bucket = await one.jetstream.views.kv("QUOTA_PAUSES");
  const inARow = async () => (await bucket.get("steam-store"))?.json<{ count: number }>().count;

  await first.pause("steam-store", 20);
  await second.acquire("steam-store");
  await second.pause("steam-store", 20);
  await first.acquire("steam-store");
  const grown = await inARow();
  for (let answers = 0; answers < 5; answers++) first.succeeded("steam-store");
  while ((await inARow()) !== 0) await wait(5);

  expect(grown).toBe(2);
});
