import { expect, test } from "bun:test";
import { minutesAt, spanOf } from "./session-times.ts";

const ZONE = "Europe/Berlin";
const HOUR = {
  started_at: "2026-10-10T18:00:07.000Z",
  ended_at: "2026-10-10T19:00:07.000Z",
  minutes: 60,
};
const at = (from: string, until: string) => ({
  from: `2026-10-10T${from}`,
  until: `2026-10-10T${until}`,
});

test("the minutes of a session that was played throughout follow its times; of another they stay as far as they fit", () => {
  const partly = { ...HOUR, minutes: 40 };
  const told = (opened: typeof HOUR) =>
    [at("20:00", "21:00"), at("20:00", "23:00"), at("20:00", "20:31")].map((times) =>
      minutesAt(times, opened, ZONE),
    );

  // 20:31 is typed without the seven seconds after which it began.
  expect(told(HOUR)).toEqual([60, 179, 30]);
  expect(told(partly)).toEqual([40, 40, 30]);
  expect(minutesAt(at("20:00", "22:30"), undefined, ZONE)).toBe(150);
});

test("times that are none have no minutes", () => {
  for (const times of [
    at("20:00", "20:00"),
    at("21:00", "20:00"),
    { from: "2026-10-10T20:00", until: "" },
    { from: "2026-03-29T02:15", until: "2026-03-29T03:30" },
  ]) {
    expect(minutesAt(times, HOUR, ZONE)).toBeUndefined();
  }
});

test("a time that was left as it is keeps its seconds", () => {
  expect(spanOf(at("20:00", "23:00"), HOUR, ZONE)).toEqual({
    started_at: HOUR.started_at,
    ended_at: "2026-10-10T21:00:00.000Z",
  });
});
