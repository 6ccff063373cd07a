import { expect, test } from "bun:test";
import type { Bus } from "@tracker/bus";
import { createLimiter, type Limiter } from "./limiter.ts";
import { HOLD_BLUR_MS_MAX, marginMs, type Quota } from "./quota.ts";
import { startTestServer } from "@tracker/bus/test-server";
import { startTestProxy } from "./proxy-fixture.ts";

const WINDOW_MS = 400;
const SLOT_MS = WINDOW_MS + marginMs({ limit: 1, windowMs: WINDOW_MS }, 10_000);
const quotaOf = (limit: number): Quota => ({
  api: "steam-achievements",
  limit,
  windowMs: WINDOW_MS,
});

/** When the server stored each permit, by its own clock, until the signal. */
async function storedAt(bus: Bus, signal: AbortSignal): Promise<number[]> {
  const consumer = await bus.jetstream.consumers.get("QUOTA_steam-achievements_400ms");
  const messages = await consumer.consume();
  signal.addEventListener("abort", () => messages.stop(), { once: true });
  const instants: number[] = [];
  for await (const message of messages) instants.push(message.info.timestampNanos / 1e6);
  return instants;
}

// Steam counts the requests of all processes together, and its second begins wherever it likes.
test.each([1, 5])(
  "permits of a short window (%i in it) that four processes compete for are apart to the millisecond, and hardly more",
  async (limit) => {
    await using server = await startTestServer();
    await using store = await server.connect("store");
    await using buses = new AsyncDisposableStack();
    const limiters: Limiter[] = [];
    for (let count = 0; count < 4; count++) {
      const bus = buses.use(await server.connect("importer"));
      limiters.push(buses.use(await createLimiter(bus, [quotaOf(limit)])));
    }
    const stop = new AbortController();
    const watched = storedAt(store, stop.signal);
    const rounds = 4;

    const askedAt = performance.now();
    const each = async (limiter: Limiter) => {
      for (let count = 0; count < (rounds * limit) / 2; count++)
        await limiter.acquire("steam-achievements");
    };
    await Promise.all(limiters.map(each));
    const tookMs = performance.now() - askedAt;
    await store.flush();
    stop.abort();

    const instants = await watched;
    const apart = instants.slice(limit).map((at, index) => at - (instants[index] ?? at));
    expect(instants.length).toBeGreaterThanOrEqual(rounds * 2 * limit - 1);
    expect(Math.min(...apart)).toBeGreaterThan(SLOT_MS - 1);
    // All but the last slot have to pass in full; a busy machine may need some more.
    expect(tookMs).toBeLessThan(rounds * 2 * SLOT_MS * 1.5);
  },
);

test("a chained permit may be taken as soon as the window has passed, not when the server has seen to it", async () => {
  await using server = await startTestServer();
  await using bus = await server.connect("importer");
  await using limiter = await createLimiter(bus, [quotaOf(1)]);
  const apart: number[] = [];

  await limiter.acquire("steam-achievements");
  for (let before = performance.now(); apart.length < 8;) {
    await limiter.acquire("steam-achievements");
    apart.push(performance.now() - before);
    before = performance.now();
  }

  // Dropping by the server took 100 to 350 ms more than the slot; the median leaves a stutter of the machine out.
  expect(apart.sort((a, b) => a - b)[4]).toBeLessThan(SLOT_MS + 80);
});

// On a busy disk a permit is confirmed late now and then; the next one, of another process, may be confirmed at once.
test("requests leave as far apart as their permits, however late some of those are confirmed", async () => {
  await using server = await startTestServer();
  await using proxy = startTestProxy(server.url);
  await using lateBus = await server.connect("importer", proxy.url);
  await using bus = await server.connect("importer");
  await using late = await createLimiter(lateBus, [quotaOf(1)]);
  await using prompt = await createLimiter(bus, [quotaOf(1)]);
  const sentAt: number[] = [];

  for (let count = 0; count < 10; count++) {
    const limiter = count % 2 === 0 ? late : prompt;
    if (limiter === late) proxy.onceSent("PUB quota.steam-achievements.400ms", "late", 45);
    await limiter.acquire("steam-achievements");
    sentAt.push(performance.now());
  }

  const apart = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? at));
  expect(Math.min(...apart)).toBeGreaterThan(SLOT_MS - HOLD_BLUR_MS_MAX);
  expect(late.counts.granted).toBe(5);
  // A busy machine may be later still, with one; without the hold each would have been.
  expect(late.counts.wasted).toBeLessThanOrEqual(1);
});
