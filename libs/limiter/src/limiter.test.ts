import { expect, test } from "bun:test";
import { openPermitStream } from "@tracker/bus";
import { createLimiter } from "./limiter.ts";
import type { ApiName, Quota } from "./quota.ts";
import { startTestServer } from "@tracker/bus/test-server";
import { isOpen } from "./promise-fixture.ts";

function quota(limit: number, windowMs: number, api: ApiName = "steam-store"): Quota {
  return { api, limit, windowMs };
}

test("callers of one process are served in the order in which they came", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  await using limiter = await createLimiter(bus, [quota(3, 300)]);
  const served: number[] = [];

  await Promise.all(
    Array.from({ length: 9 }, async (_, caller) => {
      await limiter.acquire("steam-store");
      served.push(caller);
    }),
  );

  expect(served).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

// The importer cancelled while 500 requests were queued must not keep the poller waiting.
test("a caller that gives up leaves the queue, without using a permit", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  await using limiter = await createLimiter(bus, [quota(1, 300)]);
  await limiter.acquire("steam-store");
  const patience = new AbortController();
  const impatient = limiter.acquire("steam-store", patience.signal).catch((e: unknown) => e);
  const patient = limiter.acquire("steam-store");

  patience.abort(new Error("no longer wanted"));
  const reason = await impatient;
  await patient;
  const late = await limiter.acquire("steam-store", patience.signal).catch((e: unknown) => e);

  expect(String(reason)).toBe("Error: no longer wanted");
  expect(String(late)).toBe("Error: no longer wanted");
  expect(limiter.counts.granted).toBe(2);
});

test("an API with two windows keeps both", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  const quotas = [quota(4, 1_500, "steamspy-details"), quota(1, 200, "steamspy-details")];
  await using limiter = await createLimiter(bus, quotas);
  const times: number[] = [];

  for (let count = 0; count < 6; count++) {
    await limiter.acquire("steamspy-details");
    times.push(performance.now());
  }

  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(200);
  expect((times[4] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_500);
  expect(limiter.counts.granted).toBe(12);
});

// The operator raises a limit while workers wait, or lowers it while its permits are out.
test("a changed limit holds for all processes as soon as one is started with it", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  await using old = await createLimiter(bus, [quota(10, 60_000)]);
  const window = { stream: "QUOTA_steam-store_60s", subject: "quota.steam-store.60s" };
  const others = await openPermitStream(bus, { ...window, limit: 10, maxAgeMs: 62_400 });
  while (await others.take());
  const before = old.acquire("steam-store", AbortSignal.timeout(90)).catch((e: unknown) => e);
  await before;

  await using raised = await createLimiter(bus, [quota(11, 60_000)]);
  await raised.acquire("steam-store");
  await using lowered = await createLimiter(bus, [quota(5, 60_000)]);
  const [usage] = await lowered.usage();
  const waits = [old, raised, lowered].map((limiter) => limiter.acquire("steam-store"));
  const open = await Promise.all(waits.map((wait) => isOpen(wait.catch(() => "refused"))));

  expect(await before).toMatchObject({ name: "TimeoutError" });
  expect(usage?.windows).toEqual([{ limit: 5, window_ms: 60_000, used: 11 }]);
  expect(open).toEqual([true, true, true]);
});

test("a quota that contradicts itself, and an API without one, are refused", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");

  const twice = await createLimiter(bus, [quota(1, 1_000), quota(2, 1_000)]).catch(String);
  await using limiter = await createLimiter(bus, [quota(1, 1_000)]);
  const unknown = await limiter.acquire("steamspy-all").catch(String);

  expect(twice).toBe("Error: expected one limit for steam-store per 1000 ms, got several");
  expect(unknown).toBe("Error: no quota is configured for steamspy-all");
});
