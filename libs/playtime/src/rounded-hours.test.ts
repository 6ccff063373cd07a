import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { minutesOfHours, type RoundedReading, stepsOf } from "./rounded-hours.ts";

const DAY_MS = 86_400_000;

function nights(...hours: readonly number[]): RoundedReading[] {
  return hours.map((each, index) => Object.assign({ at: index * DAY_MS }, minutesOfHours(each)));
}

function played(readings: readonly RoundedReading[], cap = Infinity): number[] {
  return stepsOf(readings, cap)
    .filter((step) => step.kind === "play")
    .map((step) => step.minutes);
}

test("hours with one decimal mean any of the seven minutes that round to them", () => {
  expect(minutesOfHours(12.3)).toEqual({ low: 735, high: 741, nearest: 738 });
  expect(minutesOfHours(0)).toEqual({ low: 0, high: 3, nearest: 0 });
  expect(minutesOfHours(0.1)).toEqual({ low: 3, high: 9, nearest: 6 });
  expect(minutesOfHours(125 / 60)).toEqual({ low: 125, high: 125, nearest: 125 });
  expect(minutesOfHours(2.08)).toEqual({ low: 125, high: 125, nearest: 125 });
});

test("a rise of one rounding step tells of no play, and later steps tell of theirs", () => {
  expect(played(nights(10, 10.1))).toEqual([]);
  expect(played(nights(10, 10.1, 10.2, 10.3))).toEqual([6, 6]);
  expect(played(nights(10, 12))).toEqual([114]);
  expect(played(nights(10, 10.1, 10, 10.1))).toEqual([]);
});

test("a rise that a night cannot hold is no play, and one that was taken back is nothing", () => {
  const jump = stepsOf(nights(10, 510, 512), Infinity);
  const mistake = stepsOf(nights(10, 510, 12), Infinity);

  expect(jump.map(({ kind, minutes }) => [kind, minutes])).toEqual([
    ["baseline", 29_994],
    ["play", 120],
  ]);
  expect(mistake.map(({ kind, minutes }) => [kind, minutes])).toEqual([
    ["undone", 0],
    ["play", 114],
  ]);
});

test("a lower total appends nothing, and what was reached before is not counted twice", () => {
  const steps = stepsOf(nights(20, 15, 20, 21), Infinity);

  expect(steps.map(({ kind, minutes }) => [kind, minutes])).toEqual([
    ["fall", 0],
    ["noise", 0],
    ["play", 54],
  ]);
});

// Whoever reads "played" must be able to rely on it, whatever the rounding hid.
test("up to any night no more play is told than there was, and in all at most one rounding less", () => {
  const minutes = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), minutes, (start, days) => {
      let total = start;
      const totals = [start, ...days.map((each) => (total += each))];
      const readings = nights(...totals.map((each) => Math.round(each / 6) / 10));
      let told = 0;
      for (const { kind, after, minutes: more } of stepsOf(readings, total)) {
        expect(["play", "noise"]).toContain(kind);
        told += more;
        expect(told).toBeLessThanOrEqual((totals[after.at / DAY_MS] ?? 0) - start);
      }
      expect(total - start - told).toBeLessThanOrEqual(12);
    }),
    { numRuns: 500 },
  );
});
