import { expect, test } from "bun:test";
import { clockShift, instantOf, localOf } from "./local-time.ts";

test("a time of the tracker's zone is its instant and back, also in the hour that comes twice", () => {
  expect(instantOf("2026-11-20T15:04", "America/New_York")).toBe("2026-11-20T20:04:00.000Z");
  expect(localOf("2026-11-20T20:04:59.000Z", "America/New_York")).toBe("2026-11-20T15:04");
  expect(instantOf("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
});

test("a time that the clocks leave out is refused by name, not moved", () => {
  expect(() => instantOf("2026-03-29T02:15", "Europe/Berlin")).toThrow(
    "There is no 02:15 on 2026-03-29 in Europe/Berlin",
  );
});

// Else `1:30 AM – 2:30 AM` of two hours looks like a mistake.
test("a session during which the clocks are changed is known", () => {
  const shift = (from: string, until: string) => clockShift(from, until, "America/New_York");

  expect(shift("2026-11-01T05:30:00.000Z", "2026-11-01T07:30:00.000Z")).toBe(-60);
  expect(shift("2026-03-08T06:30:00.000Z", "2026-03-08T07:30:00.000Z")).toBe(60);
  expect(shift("2026-11-02T05:30:00.000Z", "2026-11-02T07:30:00.000Z")).toBe(0);
});
