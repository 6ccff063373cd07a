import { expect, test } from "bun:test";
import { callNowPlaying } from "./load/calling.ts";
import { readEvents } from "./load/reading.ts";
import { startLoadedSystem } from "./load/system.ts";

// The bounded slice of `./tracker test api-load`: what it promises but for the speed of a busy machine.
test("200 readers get every event, one that is stuck notwithstanding, and who was cut off misses nothing and gets nothing twice", async () => {
  await using system = await startLoadedSystem({});

  const measure = await readEvents(system, {
    readers: 200,
    cut: 20,
    seconds: 5,
    eventsPerSecond: 10,
  });

  expect(measure.without).toMatchObject({ open: 180, wrong: 0 });
  expect(measure.all).toMatchObject({ open: 200, reached: measure.events, wrong: 0 });
  expect(measure.all.delay.p50).toBeLessThan(1_000);
  expect(measure.memoryMib.peak).toBeLessThan(300);
}, 300_000);

test("50 callers for five seconds cost Steam next to nothing, and are answered without it as well", async () => {
  const { playing, presenceCalls, down } = await callNowPlaying({
    callers: 50,
    seconds: 5,
    pauseMs: 50,
  });

  expect(presenceCalls).toBeLessThanOrEqual(2);
  expect([playing.failures, down.failures]).toEqual([0, 0]);
  expect(playing.tiers).toEqual({ 1: playing.answers });
  expect(down.tiers).toEqual({ 3: down.answers });
  expect(Math.min(playing.answers, down.answers)).toBeGreaterThan(50);
  expect(Math.max(playing.server.p50, down.server.p50)).toBeLessThan(50);
}, 300_000);
