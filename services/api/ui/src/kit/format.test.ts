import { expect, test } from "bun:test";
import { briefDay, clock, hourName, hours, hoursOnDays, moment } from "./format.ts";

const AT = "2026-11-20T20:05:00.000Z";

// `08:05 PM` in one place and `8:05 PM` in another look like two clocks.
test("a time of day is written in one way, alone and with its day", () => {
  expect(moment(AT, "UTC").endsWith(clock(AT, "UTC"))).toBe(true);
  expect([0, 6, 24].map(hourName)).toEqual([hourName(0), hourName(30), hourName(0)]);
  expect(hourName(18)).not.toBe(hourName(6));
});

// Else the sum over a heatmap is more than its days, and nobody knows why.
test("a total over days says how much of it lies on none of them", () => {
  expect(hoursOnDays(600, 600, 3)).toBe("10 h on 3 days");
  expect(hoursOnDays(660, 600, 1)).toBe("10 h on 1 day, and 1 h between days, on none of them");
});

// A game of one minute that reads `0 h` looks as if its session was lost.
test("little play is said in minutes, and a day of another year with its year", () => {
  expect([0, 1, 5, 6, 90].map(hours)).toEqual(["0 h", "1 min", "5 min", "0.1 h", "1.5 h"]);
  expect(briefDay("1985-06-01", Date.parse(AT))).toContain("1985");
  expect(briefDay("2026-06-01", Date.parse(AT))).not.toContain("2026");
});
