import { expect, test } from "bun:test";
import type { Calendar } from "./civil-day.ts";
import { placeSessions } from "./placement.ts";
import { MINUTE_MS } from "./slot.ts";

const calendar: Calendar = { zone: "America/New_York", dayStartHour: 0 };
const START = Date.parse("2026-03-05T09:00:00Z");
const HALF_HOUR_MS = 30 * MINUTE_MS;

test("a month of idling is placed within 300 ms", () => {
  const rows = Array.from({ length: 1500 }, (_, n) => ({
    previousObservedAt: START + n * HALF_HOUR_MS,
    observedAt: START + (n + 1) * HALF_HOUR_MS,
    minutes: 30,
    offlineMinutes: 0,
    lastPlayedAt: null,
  }));

  let fastestMs = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const startedAt = performance.now();
    const sessions = placeSessions(rows, [], { calendar });
    fastestMs = Math.min(fastestMs, performance.now() - startedAt);
    expect(sessions.map((session) => session.minutes)).toEqual([45_000]);
  }

  expect(fastestMs).toBeLessThan(300);
});
