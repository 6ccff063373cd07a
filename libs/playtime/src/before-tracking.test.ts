import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { reconstructBefore, type RecordedMonth } from "./before-tracking.ts";

const CASES = 2_000;
const NOVEMBER_20 = Date.parse("2026-11-20T22:30:00Z");

function baseline(minutes: number, observedAt = NOVEMBER_20) {
  return { observedAt, minutes };
}

function record(month: string, minutes: number, trackedMinutes = 0): RecordedMonth {
  return { month, playedSeconds: minutes * 60, trackedMinutes };
}

test("without months the whole baseline is of unknown date, and without a baseline there is nothing", () => {
  expect(reconstructBefore([baseline(90)], [])).toEqual({ unknownMinutes: 90, months: [] });
  expect(reconstructBefore([], [record("2024-05", 60)])).toEqual({ unknownMinutes: 0, months: [] });
  expect(reconstructBefore([baseline(0)], [record("2024-05", 60)]).months).toEqual([]);
});

test("months of several years are told oldest first, and what they do not explain is unknown", () => {
  const months = [record("2025-01", 30), record("2022-12", 45), record("2024-05", 60)];

  expect(reconstructBefore([baseline(1_000)], months)).toEqual({
    unknownMinutes: 865,
    months: [
      { month: "2022-12", minutes: 45 },
      { month: "2024-05", minutes: 60 },
      { month: "2025-01", minutes: 30 },
    ],
  });
});

test("a baseline smaller than the months is used up from the newest month backwards", () => {
  const months = [record("2023-01", 500), record("2024-05", 60), record("2025-01", 30)];

  expect(reconstructBefore([baseline(80)], months)).toEqual({
    unknownMinutes: 0,
    months: [
      { month: "2024-05", minutes: 50 },
      { month: "2025-01", minutes: 30 },
    ],
  });
});

test("months after the one in which tracking began belong to sessions", () => {
  const months = [record("2026-12", 600), record("2027-01", 600), record("2026-10", 20)];

  expect(reconstructBefore([baseline(100)], months)).toEqual({
    unknownMinutes: 80,
    months: [{ month: "2026-10", minutes: 20 }],
  });
});

test("of the month in which tracking began only what its sessions do not hold is from before", () => {
  const told = (trackedMinutes: number) =>
    reconstructBefore([baseline(1_000)], [record("2026-11", 300, trackedMinutes)]).months;

  expect(told(0)).toEqual([{ month: "2026-11", minutes: 300 }]);
  expect(told(120)).toEqual([{ month: "2026-11", minutes: 180 }]);
  expect(told(300)).toEqual([]);
  expect(told(500)).toEqual([]);
});

// A game that comes back with hours which nobody saw: those were played before it came back, the rest before tracking.
test("a later baseline is explained by months up to its own, an earlier one only by months up to the earlier", () => {
  const march = Date.parse("2027-03-10T00:00:00Z");
  const months = [record("2027-02", 50), record("2026-12", 500, 480), record("2026-10", 70)];

  expect(reconstructBefore([baseline(60), baseline(40, march)], months)).toEqual({
    unknownMinutes: 0,
    months: [
      { month: "2026-10", minutes: 60 },
      { month: "2027-02", minutes: 40 },
    ],
  });
});

test("seconds that make no minute are carried on, so months add up to what was played", () => {
  const months = ["2024-01", "2024-02", "2024-03"].map((month) => ({
    month,
    playedSeconds: 100,
    trackedMinutes: 0,
  }));

  expect(reconstructBefore([baseline(10)], months)).toEqual({
    unknownMinutes: 5,
    months: [
      { month: "2024-01", minutes: 2 },
      { month: "2024-02", minutes: 2 },
      { month: "2024-03", minutes: 1 },
    ],
  });
});

const month = fc
  .tuple(fc.integer({ min: 2022, max: 2028 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, "0")}`);
const recordedMonths = fc.uniqueArray(
  fc.record({
    month,
    playedSeconds: fc.integer({ min: 1, max: 2_700_000 }),
    trackedMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 45_000 })),
  }),
  { selector: (each) => each.month, maxLength: 84 },
);
const baselines = fc.array(
  fc.record({
    observedAt: fc.integer({ min: Date.UTC(2022, 0), max: Date.UTC(2028, 11, 31) }),
    minutes: fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 500_000 })),
  }),
  { maxLength: 4 },
);

const sum = (parts: readonly { minutes: number }[]) =>
  parts.reduce((total, { minutes }) => total + minutes, 0);

test(`months and the unknown rest are exactly the baselines, newest months first, and nothing is tracked twice (${CASES} cases)`, () => {
  fc.assert(
    fc.property(baselines, recordedMonths, (seen, records) => {
      const { unknownMinutes, months } = reconstructBefore(seen, records);
      const told = new Map(months.map((each) => [each.month, each.minutes]));

      expect(sum(months) + unknownMinutes).toBe(sum(seen));
      expect(unknownMinutes).toBeGreaterThanOrEqual(0);
      expect(months.map((each) => each.month)).toEqual([...told.keys()].sort());
      for (const { month, playedSeconds, trackedMinutes } of records) {
        const minutes = told.get(month);
        if (minutes === undefined) continue;
        expect(Number.isInteger(minutes) && minutes > 0).toBe(true);
        expect(minutes).toBeLessThanOrEqual(Math.ceil(playedSeconds / 60) - trackedMinutes);
        // What this month and the later ones tell fits into the baselines that were seen then or later.
        const held = seen.filter(({ observedAt }) => isoMonth(observedAt) >= month);
        expect(sum(months.filter((each) => each.month >= month))).toBeLessThanOrEqual(sum(held));
      }
    }),
    { numRuns: CASES },
  );
});

test(`a month is cut short only where the newer ones have used its baseline up (${CASES} cases)`, () => {
  const single = baselines.map((seen) => seen.slice(0, 1));
  fc.assert(
    fc.property(single, recordedMonths, (seen, records) => {
      const { months } = reconstructBefore(seen, records);
      const told = new Map(months.map((each) => [each.month, each.minutes]));

      for (const { month, playedSeconds, trackedMinutes } of records) {
        const whole = Math.floor(playedSeconds / 60) - trackedMinutes;
        if (seen.every(({ observedAt }) => isoMonth(observedAt) < month)) continue;
        if ((told.get(month) ?? 0) >= whole) continue;
        expect(sum(months)).toBe(sum(seen));
        expect(months.filter((each) => each.month < month)).toEqual([]);
      }
    }),
    { numRuns: CASES },
  );
});

test(`neither the order of the records nor reading them again matters (${CASES} cases)`, () => {
  fc.assert(
    fc.property(baselines, recordedMonths, (seen, records) => {
      const told = reconstructBefore(seen, records);
      expect(reconstructBefore(seen.toReversed(), records.toReversed())).toEqual(told);
    }),
    { numRuns: CASES },
  );
});

function isoMonth(instant: number): string {
  return new Date(instant).toISOString().slice(0, 7);
}
