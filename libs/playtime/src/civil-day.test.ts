import { expect, test } from "bun:test";
import * as fc from "fast-check";
import {
  type Calendar,
  dayEnd,
  dayOf,
  daysBetween,
  dayStart,
  nextDay,
  previousDay,
} from "./civil-day.ts";
import { dayLengthMinutes } from "./day-length-fixture.ts";
import { CLOCK_CHANGES } from "./clock-changes-fixture.ts";

const NEW_YORK: Calendar = { zone: "America/New_York", dayStartHour: 0 };
const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(text);

test("a day begins at local midnight", () => {
  expect(dayStart("2026-01-15", NEW_YORK)).toBe(at("2026-01-15T05:00:00Z"));
  expect(dayOf(at("2026-01-15T04:59:59.999Z"), NEW_YORK)).toBe("2026-01-14");
  expect(dayOf(at("2026-01-15T05:00:00Z"), NEW_YORK)).toBe("2026-01-15");
});

test("days are 23 or 25 hours long when clocks change", () => {
  expect(dayLengthMinutes("2026-03-07", NEW_YORK)).toBe(1440);
  expect(dayLengthMinutes("2026-03-08", NEW_YORK)).toBe(1380);
  expect(dayLengthMinutes("2026-11-01", NEW_YORK)).toBe(1500);
});

test("a night owl's day begins at the hour that is set", () => {
  const owl = { zone: "America/New_York", dayStartHour: 4 };

  expect(dayOf(at("2026-01-15T08:59:00Z"), owl)).toBe("2026-01-14");
  expect(dayOf(at("2026-01-15T09:00:00Z"), owl)).toBe("2026-01-15");
  expect(dayLengthMinutes("2026-03-07", owl)).toBe(1380);
});

test("where midnight is skipped, the day begins at its first instant", () => {
  const saoPaulo = { zone: "America/Sao_Paulo", dayStartHour: 0 };

  expect(dayStart("2018-11-04", saoPaulo)).toBe(at("2018-11-04T03:00:00Z"));
  expect(dayLengthMinutes("2018-11-04", saoPaulo)).toBe(1380);
  expect(dayOf(at("2018-11-04T02:59:59Z"), saoPaulo)).toBe("2018-11-03");
});

// Troll goes on by two hours at one o'clock, Chatham by one at a quarter to three.
test.each([
  ["Antarctica/Troll", 2, "2026-03-29", "2026-03-29T01:00:00Z"],
  ["Pacific/Chatham", 3, "2026-09-27", "2026-09-26T14:00:00Z"],
])(
  "where the hour at which %s begins its day at %i is skipped, it begins right after the skip",
  (zone, dayStartHour, day, start) => {
    expect(dayStart(day, { zone, dayStartHour })).toBe(at(start));
  },
);

test("where midnight comes twice, the day begins at the earlier one and no instant is in two days", () => {
  const havana = { zone: "America/Havana", dayStartHour: 0 };

  expect(dayLengthMinutes("2026-11-01", havana)).toBe(1500);
  expect(dayOf(dayStart("2026-11-01", havana) + HOUR_MS, havana)).toBe("2026-11-01");
});

// Samoa went from the 29th to the 31st of December 2011 overnight.
test("a date that a zone skipped is no day of any instant", () => {
  for (const dayStartHour of [0, 4]) {
    const apia = { zone: "Pacific/Apia", dayStartHour };

    expect(dayLengthMinutes("2011-12-30", apia)).toBe(0);
    expect(dayOf(dayStart("2011-12-30", apia), apia)).toBe("2011-12-31");
  }
});

test("dates are counted across leap days and years", () => {
  expect(nextDay("2028-02-28")).toBe("2028-02-29");
  expect(previousDay("2026-01-01")).toBe("2025-12-31");
  expect(daysBetween("2025-12-31", "2026-03-01")).toBe(60);
  expect(daysBetween("2026-03-01", "2025-12-31")).toBe(-60);
});

test("in every zone with a clock change, each instant lies in exactly the day that names it, at any starting hour", () => {
  const change = fc.constantFrom(...CLOCK_CHANGES);
  const offset = fc.integer({ min: -50 * HOUR_MS, max: 50 * HOUR_MS });
  fc.assert(
    fc.property(
      change,
      offset,
      fc.integer({ min: 0, max: 23 }),
      ({ zone, instant }, offsetMs, dayStartHour) => {
        const calendar = { zone, dayStartHour };
        const day = dayOf(instant + offsetMs, calendar);

        expect(dayStart(day, calendar)).toBeLessThanOrEqual(instant + offsetMs);
        expect(dayEnd(day, calendar)).toBeGreaterThan(instant + offsetMs);
        expect(dayStart(nextDay(day), calendar)).toBe(dayEnd(day, calendar));
        expect(dayStart(day, calendar) % 60_000).toBe(0);
      },
    ),
    { numRuns: 2000 },
  );
});
