import { expect, test } from "bun:test";
import { isSameClock } from "./same-clock.ts";

test("two names of one zone are the same clock; zones that differ in summer alone are not", () => {
  for (const at of [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)]) {
    expect(isSameClock("Asia/Kolkata", "Asia/Calcutta", at)).toBe(true);
    expect(isSameClock("UTC", "Etc/GMT+0", at)).toBe(true);
    expect(isSameClock("UTC", "Europe/London", at)).toBe(false);
    expect(isSameClock("America/New_York", "Europe/Berlin", at)).toBe(false);
  }
});
