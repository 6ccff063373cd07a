import { expect, test } from "bun:test";
import type { Trigger } from "@tracker/contracts";
import { VirtualClock } from "@tracker/service";
import type { LibrarySample, Occasion } from "./library-sample.ts";
import { LibraryWatch } from "./library-watch.ts";
import { SampleCadence } from "./sample-cadence.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Taken {
  readonly at: string;
  readonly trigger: Trigger;
  readonly jobId: number | null;
}

/** A watch on a clock that stands, whose samples take `durationMs` and show nothing. */
function startWatch(
  startsAt: string,
  { zone = "America/New_York", dayStartHour = 0, durationMs = 0 } = {},
) {
  const clock = new VirtualClock(Date.parse(startsAt));
  const stop = new AbortController();
  const taken: Taken[] = [];
  const bus = { connected: true };
  const sample = async ({ trigger, jobId = null }: Occasion): Promise<LibrarySample> => {
    const at = new Date(clock.now()).toISOString();
    taken.push({ at, trigger, jobId });
    if (durationMs > 0) await clock.wait(durationMs, stop.signal);
    const fact: LibrarySample["fact"] = {
      id: "0123456789",
      steam_id: null,
      started_at: at,
      observed_at: at,
      trigger,
      job_id: jobId,
      outcome: "ok",
      reason: null,
      games: [],
    };
    return { fact, recentAppIds: null };
  };
  const cadence = new SampleCadence({
    clock,
    calendar: { zone, dayStartHour },
    startupDelayMs: MINUTE_MS,
    intervalMs: 30 * MINUTE_MS,
  });
  const publish = () => Promise.resolve(true);
  const reachable = () => bus.connected;
  const watch = new LibraryWatch({
    clock,
    cadence,
    sample,
    publish,
    reachable,
    signal: stop.signal,
  });
  const running = watch.run();
  return {
    clock,
    watch,
    taken,
    bus,
    list: () => taken.map(({ at, trigger }) => `${at} ${trigger}`),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

/** An interval sample every half hour from the first one on. */
function grid(from: string, to: string): string[] {
  const list: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 30 * MINUTE_MS)
    list.push(`${new Date(at).toISOString()} interval`);
  return list;
}

test("a day of samples: one after the startup delay, one every half hour from there, one at local midnight", async () => {
  await using day = startWatch("2026-11-20T17:10:00.000Z");

  await day.clock.advance(24 * HOUR_MS);

  expect(day.list()).toEqual([
    "2026-11-20T17:11:00.000Z startup",
    ...grid("2026-11-20T17:41:00.000Z", "2026-11-21T04:41:00.000Z"),
    "2026-11-21T05:00:00.000Z midnight",
    ...grid("2026-11-21T05:11:00.000Z", "2026-11-21T16:41:00.000Z"),
  ]);
});

// Midnight moves by an hour against UTC on these days; a midnight computed the day before would come an hour off.
test.each([
  ["clocks go ahead", "2026-03-07T22:00:00.000Z", ["2026-03-08T05:00", "2026-03-09T04:00"]],
  ["clocks go back", "2026-10-31T22:00:00.000Z", ["2026-11-01T04:00", "2026-11-02T05:00"]],
])("when %s, midnight is sampled where it is", async (_, start, midnights) => {
  await using days = startWatch(start);

  await days.clock.advance(36 * HOUR_MS);

  const sampled = days.taken.filter(({ trigger }) => trigger === "midnight");
  expect(sampled.map(({ at }) => at.slice(0, 16))).toEqual(midnights);
});

test("a day that begins at 4 is sampled at 4, and where midnight does not exist, at the first instant of the day", async () => {
  await using owl = startWatch("2026-11-20T17:10:00.000Z", { dayStartHour: 4 });
  await using cairo = startWatch("2026-04-23T12:10:00.000Z", { zone: "Africa/Cairo" });

  await owl.clock.advance(24 * HOUR_MS);
  await cairo.clock.advance(24 * HOUR_MS);

  expect(owl.list().filter((line) => line.endsWith("midnight"))).toEqual([
    "2026-11-21T09:00:00.000Z midnight",
  ]);
  expect(cairo.list().filter((line) => line.endsWith("midnight"))).toEqual([
    "2026-04-23T22:00:00.000Z midnight",
  ]);
});

test("a minute after a game was left there is a sample, and intervals stay where they were", async () => {
  await using day = startWatch("2026-11-20T17:10:00.000Z");
  await day.clock.advance(10 * MINUTE_MS);

  day.watch.presenceEnded();
  await day.clock.advance(30 * MINUTE_MS);

  expect(day.list()).toEqual([
    "2026-11-20T17:11:00.000Z startup",
    "2026-11-20T17:21:00.000Z presence_end",
    "2026-11-20T17:41:00.000Z interval",
  ]);
});

test("what is due at the same moment is one sample", async () => {
  await using day = startWatch("2026-11-21T04:29:00.000Z");
  await day.clock.advance(30 * MINUTE_MS);

  day.watch.presenceEnded();
  await day.clock.advance(2 * MINUTE_MS);

  expect(day.list()).toEqual([
    "2026-11-21T04:30:00.000Z startup",
    "2026-11-21T05:00:00.000Z midnight",
  ]);
});

// Steam may answer slowly; two samples at once would spend quota and could cross each other.
test("there are never two samples at once: what comes due during one is one more after it, and an interval is served by it", async () => {
  await using day = startWatch("2026-11-21T04:28:00.000Z", { durationMs: 2 * MINUTE_MS });
  await day.clock.advance(30 * MINUTE_MS); // The interval of 04:59 comes due next, midnight during its sample.
  await day.clock.advance(MINUTE_MS);

  const first = day.watch.sampleForJob(7);
  const second = day.watch.sampleForJob(8);
  await day.clock.advance(30 * MINUTE_MS);

  expect(day.taken).toEqual([
    { at: "2026-11-21T04:29:00.000Z", trigger: "startup", jobId: null },
    { at: "2026-11-21T04:59:00.000Z", trigger: "interval", jobId: null },
    { at: "2026-11-21T05:01:00.000Z", trigger: "job", jobId: 7 },
    { at: "2026-11-21T05:29:00.000Z", trigger: "interval", jobId: null },
  ]);
  expect((await first).started_at).toBe("2026-11-21T05:01:00.000Z");
  expect(await second).toEqual(await first);
});

test("a machine that slept through midnight samples within a minute of waking; a clock set back repeats nothing", async () => {
  await using day = startWatch("2026-11-20T17:10:00.000Z");
  await day.clock.advance(5 * MINUTE_MS);

  day.clock.jump(14 * HOUR_MS);
  await day.clock.advance(MINUTE_MS);
  day.clock.jump(-HOUR_MS * 14);
  await day.clock.advance(12 * HOUR_MS);

  const midnights = day.taken.filter(({ trigger }) => trigger === "midnight");
  expect(midnights.map(({ at }) => at)).toEqual(["2026-11-21T07:16:00.000Z"]);
});

// Else it would take no sample at midnight for as long as the clock was ahead.
test("a clock that was a month ahead for a moment costs no midnight once it is right", async () => {
  await using day = startWatch("2026-11-20T17:10:00.000Z");
  await day.clock.advance(5 * MINUTE_MS);

  day.clock.jump(30 * 24 * HOUR_MS);
  await day.clock.advance(MINUTE_MS);
  day.clock.jump(-HOUR_MS * 24 * 30);
  await day.clock.advance(48 * HOUR_MS);

  const midnights = day.taken.filter(({ trigger }) => trigger === "midnight");
  expect(midnights.map(({ at }) => at).slice(1)).toEqual([
    "2026-11-21T05:00:00.000Z",
    "2026-11-22T05:00:00.000Z",
  ]);
});

// Permits come from the bus; a sample that waits for one in vain would be told as Steam's failure.
test("while the bus is away nothing is sampled; what came due meanwhile is one sample as soon as it is back", async () => {
  await using day = startWatch("2026-11-21T04:28:00.000Z");
  await day.clock.advance(2 * MINUTE_MS);

  day.bus.connected = false;
  await day.clock.advance(2 * HOUR_MS);
  day.bus.connected = true;
  await day.clock.advance(30 * MINUTE_MS);

  expect(day.list()).toEqual([
    "2026-11-21T04:29:00.000Z startup",
    "2026-11-21T06:30:00.500Z midnight",
    "2026-11-21T06:59:00.000Z interval",
  ]);
});
