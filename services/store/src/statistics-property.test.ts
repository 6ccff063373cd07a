import { expect, test } from "bun:test";
import { Statistics } from "@tracker/contracts";
import { dayEnd, dayOf, dayStart } from "@tracker/playtime";
import * as fc from "fast-check";
import { type Database, openDatabase } from "./database.ts";
import { apply, CALENDARS, facts, STARTS, step } from "./history-story-fixture.ts";
import { contractError, insertGame, insertSession } from "./question-fixture.ts";
import { getStatistics } from "./statistics.ts";

const CASES = 150;
const MINUTE_MS = 60_000;

const scenario = fc.record({
  start: fc.constantFrom(...STARTS),
  calendar: fc.constantFrom(...CALENDARS),
  steps: fc.array(step, { minLength: 1, maxLength: 24 }),
  days: fc.integer({ min: 1, max: 40 }),
});

interface SessionRow {
  readonly id: number;
  readonly minutes: number;
  readonly from: number;
  readonly until: number;
  readonly precision: string;
  readonly not_before: number;
  readonly not_after: number;
}

function sessions(database: Database): SessionRow[] {
  return database.raw
    .query<SessionRow, []>(
      `SELECT id, minutes, started_at AS "from", coalesce(ended_at, evidence_at) AS until, precision, not_before,
         coalesce(not_after, ended_at, evidence_at) AS not_after FROM play_sessions`,
    )
    .all();
}

test(`every figure equals one counted minute by minute (${CASES} cases)`, () => {
  fc.assert(
    fc.property(scenario, ({ start, calendar, steps, days }) => {
      using database = openDatabase(":memory:");
      for (const action of facts(start, steps)) apply(database, calendar, action);
      const now = start + 60 * 86_400_000;
      const from = dayOf(start, calendar);
      const to = Temporal.PlainDate.from(from).add({ days }).toString();

      const told = getStatistics(
        database,
        { from, to },
        { now, calendar, pollIntervalMs: 1_800_000 },
      );

      const perDay = new Map<string, number>();
      let gaps = 0;
      for (const session of sessions(database)) {
        if (session.precision === "gap") {
          const whole =
            session.not_before >= dayStart(from, calendar) &&
            session.not_after <= dayEnd(to, calendar);
          if (whole) gaps += session.minutes;
          continue;
        }
        const ofSession = database.raw
          .query<{ day: string; minutes: number }, [number]>(
            "SELECT day, minutes FROM session_days WHERE session_id = ?",
          )
          .all(session.id);
        for (const { day, minutes } of ofSession) {
          if (day >= from && day <= to) perDay.set(day, (perDay.get(day) ?? 0) + minutes);
        }
      }
      const onDays = [...perDay.values()].reduce((sum, minutes) => sum + minutes, 0);
      expect(contractError(Statistics, told)).toBeUndefined();
      expect(told.minutes).toBe(onDays + gaps);
      expect(told.gap_minutes).toBe(gaps);
      expect(told.active_days).toBe(perDay.size);
      expect(told.by_hour.flat().reduce((sum, minutes) => sum + minutes, 0)).toBe(onDays);
      expect(told.by_month.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(onDays);
      expect(told.by_platform.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(told.minutes);
      expect(told.most_active_day?.minutes ?? 0).toBe(Math.max(0, ...perDay.values()));
      for (const [index, row] of told.by_hour.entries()) {
        const ofWeekday = [...perDay].filter(
          ([day]) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7 === index,
        );
        expect(row.reduce((sum, minutes) => sum + minutes, 0)).toBe(
          ofWeekday.reduce((sum, [, minutes]) => sum + minutes, 0),
        );
      }
    }),
    { numRuns: CASES },
  );
}, 60_000);

test("a session's minutes are on the hours of the clock at which it was played, also when the clocks change", () => {
  using database = openDatabase(":memory:");
  const calendar = { zone: "America/New_York", dayStartHour: 0 };
  const game = insertGame(database);
  // From 00:30 until 03:30 by the clock, which skips the hour from two to three: two hours.
  const from = Date.parse("2026-03-08T05:30:00Z");
  insertSession(
    database,
    game,
    from,
    { endedAt: from + 120 * MINUTE_MS, minutes: 120 },
    { "2026-03-08": 120 },
  );

  const { by_hour: byHour } = getStatistics(
    database,
    { from: "2026-03-08", to: "2026-03-08" },
    { now: from + 86_400_000, calendar, pollIntervalMs: 1_800_000 },
  );

  expect(byHour[6]?.slice(0, 5)).toEqual([30, 60, 0, 30, 0]);
});
