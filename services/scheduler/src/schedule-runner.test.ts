import { expect, test } from "bun:test";
import { createLog, VirtualClock } from "@tracker/service";
import { type RunBook, runSchedule } from "./schedule-runner.ts";
import { Schedule } from "./schedule.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The store's record: a run is started once, by whoever comes first. */
function createBook(last: string | null = null) {
  const runs: string[] = last === null ? [] : [last];
  const state = { away: false, asked: 0 };
  const assertThere = async () => {
    await Promise.resolve();
    if (state.away) throw new Error("store does not answer");
  };
  const book: RunBook = {
    async lastDue() {
      await assertThere();
      const newest = runs.toSorted().at(-1);
      return newest === undefined ? null : Date.parse(newest);
    },
    async start(_schedule, dueAt) {
      state.asked += 1;
      await assertThere();
      const due = new Date(dueAt).toISOString();
      if (runs.includes(due)) return false;
      runs.push(due);
      return true;
    },
  };
  return { book, runs, state };
}

/** Runs the nightly schedule on a clock that stands, as many times over as asked. */
function startRunner(
  startsAt: string,
  book: RunBook,
  { schedulers = 1, zone = "America/New_York", expression = "5 0 * * *" } = {},
) {
  const clock = new VirtualClock(Date.parse(startsAt));
  const stop = new AbortController();
  const log = createLog("test", "error");
  const schedule = Schedule.parse("nightly", { kind: "nightly" }, expression, zone);
  if (schedule === null) throw new Error(`expected an expression, got ${expression}`);
  const running = Array.from({ length: schedulers }, () =>
    runSchedule(schedule, { book, clock, log, signal: stop.signal }),
  );
  return {
    clock,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

test("each run is started when it is due; a schedule that never ran has missed nothing", async () => {
  const { book, runs } = createBook();
  await using runner = startRunner("2026-11-20T17:00:00.000Z", book);

  await runner.clock.advance(3 * DAY_MS);

  expect(runs).toEqual([
    "2026-11-21T05:05:00.000Z",
    "2026-11-22T05:05:00.000Z",
    "2026-11-23T05:05:00.000Z",
  ]);
});

test.each([
  ["ahead", "2026-03-07T17:00:00.000Z", ["2026-03-08T05:05", "2026-03-09T04:05"]],
  ["back", "2026-10-31T17:00:00.000Z", ["2026-11-01T04:05", "2026-11-02T05:05"]],
])("when clocks go %s, the night's work stays at 00:05 local time", async (_, start, dues) => {
  const { book, runs } = createBook();
  await using runner = startRunner(start, book);

  await runner.clock.advance(1.75 * DAY_MS);

  expect(runs.map((due) => due.slice(0, 16))).toEqual(dues);
});

test("two schedulers start a run once", async () => {
  const { book, runs, state } = createBook();
  await using runner = startRunner("2026-11-20T17:00:00.000Z", book, { schedulers: 2 });

  await runner.clock.advance(2 * DAY_MS);

  expect(runs).toEqual(["2026-11-21T05:05:00.000Z", "2026-11-22T05:05:00.000Z"]);
  expect(state.asked).toBe(4);
});

test("runs missed while the scheduler was down are caught up with one, the newest, at once", async () => {
  const { book, runs } = createBook("2026-11-10T05:05:00.000Z");
  await using runner = startRunner("2026-11-20T17:00:00.000Z", book);

  await runner.clock.advance(MINUTE_MS);

  expect(runs).toEqual(["2026-11-10T05:05:00.000Z", "2026-11-20T05:05:00.000Z"]);
});

test("a restart catches nothing up twice", async () => {
  const { book, runs, state } = createBook("2026-11-20T05:05:00.000Z");
  await using runner = startRunner("2026-11-20T17:00:00.000Z", book);

  await runner.clock.advance(MINUTE_MS);

  expect(runs).toHaveLength(1);
  expect(state.asked).toBe(0);
});

test("a machine that slept for days starts the newest missed run within a minute of waking", async () => {
  const { book, runs } = createBook();
  await using runner = startRunner("2026-11-20T17:00:00.000Z", book);
  await runner.clock.advance(MINUTE_MS);

  runner.clock.jump(5 * DAY_MS);
  await runner.clock.advance(MINUTE_MS);

  expect(runs).toEqual(["2026-11-25T05:05:00.000Z"]);
});

test("a run that is due while the store is away is started when it is back, also when nothing was known of it at the start", async () => {
  const { book, runs, state } = createBook();
  state.away = true;
  await using runner = startRunner("2026-11-21T05:00:00.000Z", book);
  await runner.clock.advance(60 * MINUTE_MS);

  state.away = false;
  await runner.clock.advance(MINUTE_MS);

  expect(runs).toEqual(["2026-11-21T05:05:00.000Z"]);
});

test("a wall clock set back starts nothing again, and a last run that lies ahead does not silence the schedule", async () => {
  const back = createBook();
  await using runner = startRunner("2026-11-20T17:00:00.000Z", back.book);
  await runner.clock.advance(DAY_MS);
  runner.clock.jump(-DAY_MS);
  await runner.clock.advance(1.75 * DAY_MS);
  const ahead = createBook("2027-11-20T05:05:00.000Z");
  await using other = startRunner("2026-11-20T17:00:00.000Z", ahead.book);
  await other.clock.advance(DAY_MS);

  expect(back.runs).toEqual(["2026-11-21T05:05:00.000Z", "2026-11-22T05:05:00.000Z"]);
  expect(ahead.runs).toContain("2026-11-21T05:05:00.000Z");
});
