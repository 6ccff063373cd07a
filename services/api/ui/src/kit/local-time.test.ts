import { expect, test } from "bun:test";
import { instantOf, localOf } from "./local-time.ts";

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
