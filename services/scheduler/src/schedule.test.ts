import { expect, test } from "bun:test";
import { readCalendar, readSchedules } from "./config.ts";
import { scheduleStates } from "./description.ts";
import { Schedule } from "./schedule.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function schedule(expression: string, zone: string): Schedule {
  const parsed = Schedule.parse("test", { kind: "nightly" }, expression, zone);
  if (parsed === null) throw new Error(`expected an expression, got ${expression}`);
  return parsed;
}

/** Every due instant in a span, walked forwards. */
function dues(nightly: Schedule, from: number, to: number): number[] {
  const list: number[] = [];
  for (let due = nightly.nextDue(from); due !== null && due <= to; due = nightly.nextDue(due))
    list.push(due);
  return list;
}

test.each([
  ["nightly", "2026-11-21T05:05:00.000Z"],
  ["backup", "2026-11-21T09:30:00.000Z"],
  ["crawl", "2026-11-21T10:10:00.000Z"],
  ["crawl-list", "2026-11-22T09:40:00.000Z"],
])(
  "without being told otherwise, %s is due next at %s, in the small hours of New York",
  (name, at) => {
    const schedule = readSchedules({}).find((schedule) => schedule.name === name);
    const noon = Date.parse("2026-11-20T17:00:00.000Z");

    expect(new Date(schedule?.nextDue(noon) ?? 0).toISOString()).toBe(at);
  },
);

test("the nightly crawl is of all that is due, the weekly one of the full list", () => {
  const jobs = readSchedules({}).map(({ job }) => job);

  expect(jobs).toEqual([
    { kind: "nightly" },
    { kind: "backup" },
    { kind: "crawl", arguments: { mode: "full" } },
    { kind: "crawl", arguments: { mode: "list", full_refresh: true } },
  ]);
});

test("the night's work follows the hour at which a day begins", () => {
  const [nightly] = readSchedules({ DAY_START_HOUR: "4", TIME_ZONE: "UTC" });

  const due = nightly?.nextDue(Date.parse("2026-11-20T17:00:00.000Z")) ?? 0;

  expect(new Date(due).toISOString()).toBe("2026-11-21T04:05:00.000Z");
});

test("an empty value or `off` turns a schedule off; a wrong one names its variable, all of them at once", () => {
  const off = readSchedules({
    SCHEDULE_NIGHTLY: "off",
    SCHEDULE_BACKUP: "",
    SCHEDULE_CRAWL: "off",
    SCHEDULE_CRAWL_LIST: "off",
    SCHEDULE_POLL: "*/10 * * * *",
  });
  const read = () => readSchedules({ SCHEDULE_NIGHTLY: "5 25 * * *", SCHEDULE_POLL: "0 0 30 2 *" });

  expect(off.map(({ name }) => name)).toEqual(["poll"]);
  expect(read).toThrow(/SCHEDULE_NIGHTLY: expected a cron expression.*SCHEDULE_POLL: expected/);
  expect(() => readSchedules({ SCHEDULE_BACKUP: "* * * * * *" })).toThrow("SCHEDULE_BACKUP");
  expect(() => readSchedules({ TIME_ZONE: "Mars/Base" })).toThrow("TIME_ZONE");
});

/** When a zone changes its clocks in 2026. */
function changes(zone: string): number[] {
  const list: number[] = [];
  let at = Temporal.Instant.from("2026-01-01T00:00:00Z").toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.year > 2026) return list;
    list.push(next.epochMilliseconds);
    at = next;
  }
}

// A night that comes twice must not be worked twice, and one whose hour is skipped must not be left out.
test("wherever clocks change there is one run a day, and looking back finds the run that looking ahead found", () => {
  const zones = Intl.supportedValuesOf("timeZone").map((zone) => [changes(zone), zone] as const);
  // One zone stands for all that change their clocks at the same instants.
  const changing = new Map(
    zones.filter(([list]) => list.length > 0).map((entry) => [entry[0].join(), entry]),
  );
  expect(changing.size).toBeGreaterThan(10);

  for (const [instants, zone] of changing.values()) {
    const daily = ["5 0 * * *", "30 2 * * *"].map((expression) => schedule(expression, zone));
    for (const at of instants) for (const each of daily) expectOneRunADay(each, zone, at);
  }
});

function expectOneRunADay(daily: Schedule, zone: string, change: number): void {
  const days = dues(daily, change - 3 * DAY_MS, change + 3 * DAY_MS);
  const dates = days.map((due) =>
    Temporal.Instant.fromEpochMilliseconds(due).toZonedDateTimeISO(zone).toPlainDate(),
  );
  for (const [index, date] of dates.slice(1).entries())
    expect(dates[index]?.add({ days: 1 }).toString()).toBe(date.toString());
  for (const due of days) {
    expect(daily.newestDue(due)).toBe(due);
    expect(daily.newestDue(due + HOUR_MS)).toBe(due);
    expect(daily.newestDue(due - 1)).toBeLessThan(due);
  }
}

test("each schedule is told with its expression and next run, also one that is off", () => {
  const env = { TIME_ZONE: "UTC", SCHEDULE_BACKUP: "off", SCHEDULE_POLL: "15 * * * *" };
  const noon = Date.parse("2026-11-20T12:00:00.000Z");

  const told = scheduleStates(readCalendar(env), readSchedules(env), noon);

  expect(told).toMatchObject({ time_zone: "UTC", day_start_hour: 0 });
  expect(told.items.map(({ name }) => name)).toEqual([
    "nightly",
    "backup",
    "crawl",
    "crawl-list",
    "poll",
  ]);
  expect(told.items[1]).toMatchObject({ variable: "SCHEDULE_BACKUP", expression: null });
  expect(told.items[4]).toMatchObject({
    expression: "15 * * * *",
    next_due_at: "2026-11-20T12:15:00.000Z",
  });
});
