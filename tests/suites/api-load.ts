import { expect, test } from "bun:test";
import { callNowPlaying } from "../load/calling.ts";
import { readEvents } from "../load/reading.ts";
import { startLoadedSystem } from "../load/system.ts";

const READERS = 1_000;
const CUT = 50;
const MEMORY_MIB_MAX = 300;
const CALLERS = 300;
const MINUTE_SECONDS = 60;

// A dashboard that somebody left open on a sleeping laptop must cost nobody else anything.
test("1,000 readers of one api get every event within a second, one that is stuck notwithstanding; who was cut off for a minute misses nothing", async () => {
  await using system = await startLoadedSystem({});

  const measure = await readEvents(system, {
    readers: READERS,
    cut: CUT,
    seconds: MINUTE_SECONDS,
    eventsPerSecond: 20,
  });

  process.stdout.write(`api-load: ${JSON.stringify(measure)}\n`);
  expect(measure.without).toMatchObject({ open: READERS - CUT, wrong: 0 });
  expect(measure.all).toMatchObject({ open: READERS, reached: measure.events, wrong: 0 });
  expect(measure.all.delay.max).toBeLessThan(1_000);
  expect(measure.memoryMib.peak).toBeLessThan(MEMORY_MIB_MAX);
  expect(measure.stuckShare).toBeLessThan(1);
}, 600_000);

// A portfolio page that is linked from somewhere busy must not spend the day's quota, nor keep its visitors waiting.
test.each([
  ["each again after a tenth of a second", 100],
  ["each again at once", 0],
])(
  "300 callers for a minute, %s: at most 4 questions to Steam, and without Steam an answer as well",
  async (_, pauseMs) => {
    const measure = await callNowPlaying({ callers: CALLERS, seconds: MINUTE_SECONDS, pauseMs });

    process.stdout.write(`api-load: pause ${pauseMs} ms ${JSON.stringify(measure)}\n`);
    expect(measure.presenceCalls).toBeLessThanOrEqual(4);
    for (const [report, tier] of [
      [measure.playing, 1],
      [measure.down, 3],
    ] as const) {
      expect(report.failures).toBe(0);
      expect(report.tiers).toEqual({ [tier]: report.answers });
      expect(report.server.p99).toBeLessThan(50);
      // As much as the api can take, its callers wait for each other: their own time says nothing of it.
      if (pauseMs > 0) expect(report.wire.p99).toBeLessThan(50);
    }
  },
  600_000,
);
