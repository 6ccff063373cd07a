import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { dayEnd, dayOf, dayStart } from "./civil-day.ts";
import { dayLengthMinutes } from "./day-length-fixture.ts";
import { CLOCK_CHANGES, type ClockChange } from "./clock-changes-fixture.ts";
import { splitIntoClusters } from "./cluster.ts";
import type { PlacedSession } from "./evidence.ts";
import { placeSessions } from "./placement.ts";
import { type Evidence, evidence, minutesAcross } from "./random-evidence-fixture.ts";
import { rowsSampled } from "./simulated-player-fixture.ts";
import { MINUTE_MS } from "./slot.ts";

const RUNS = { numRuns: 1500 };

function place({ rows, presence, calendar }: Evidence): PlacedSession[] {
  return placeSessions(rows, presence, { calendar });
}

function total(parts: readonly { readonly minutes: number }[]): number {
  return parts.reduce((sum, { minutes }) => sum + minutes, 0);
}

test("rule 7: the sum of session minutes is the sum of play", () => {
  fc.assert(
    fc.property(evidence, (given) => {
      expect(total(place(given))).toBe(total(given.rows));
    }),
    RUNS,
  );
});

test("the days of a session add up to it, and lie within it", () => {
  fc.assert(
    fc.property(evidence, (given) => {
      for (const session of place(given)) {
        if (session.precision === "gap") {
          expect(session.days).toEqual([]);
          continue;
        }
        expect(total(session.days)).toBe(session.minutes);
        for (const { day } of session.days) {
          expect(session.startedAt).toBeLessThan(dayEnd(day, given.calendar));
          expect(session.endedAt ?? Infinity).toBeGreaterThan(dayStart(day, given.calendar));
        }
      }
    }),
    RUNS,
  );
});

test("rule 4: a session never overlaps another session of the same game", () => {
  fc.assert(
    fc.property(evidence, (given) => {
      const sessions = place(given).filter((session) => session.precision !== "gap");
      for (const [n, session] of sessions.entries()) {
        expect(session.startedAt).toBeGreaterThanOrEqual(sessions[n - 1]?.endedAt ?? -Infinity);
        if (session.endedAt === null) expect(n).toBe(sessions.length - 1);
      }
    }),
    RUNS,
  );
});

test("rule 4: a session lies in its window and is never longer than its wall-clock span", () => {
  fc.assert(
    fc.property(evidence, (given) => {
      for (const { startedAt, endedAt, notBefore, notAfter, minutes, precision } of place(given)) {
        expect(startedAt).toBeGreaterThanOrEqual(notBefore);
        expect(endedAt ?? startedAt).toBeLessThanOrEqual(notAfter ?? Infinity);
        expect(endedAt ?? Infinity).toBeGreaterThan(startedAt);
        if (precision !== "gap" && endedAt !== null) {
          expect(minutes).toBeLessThanOrEqual(minutesAcross(startedAt, endedAt));
        }
      }
    }),
    RUNS,
  );
});

// The window may be wider by the minutes that Steam's rounding carries into it, never more.
test("rule 4: without presence, a session starts no earlier than 2 minutes before its rows' windows and ends by the sample", () => {
  fc.assert(
    fc.property(evidence, ({ rows, calendar }) => {
      for (const session of place({ rows, presence: [], calendar })) {
        const within = rows.filter(
          (row) =>
            session.startedAt >= row.previousObservedAt - 32 * MINUTE_MS &&
            session.startedAt < row.observedAt,
        );
        const ended = rows.some((row) => row.observedAt >= (session.endedAt ?? Infinity));
        if (session.precision !== "gap") expect(within.length).toBeGreaterThan(0);
        expect(ended).toBe(true);
      }
    }),
    RUNS,
  );
});

test("placing clusters one by one equals placing all at once, and sessions stay inside their cluster", () => {
  fc.assert(
    fc.property(evidence, (given) => {
      const { rows, presence, calendar } = given;
      const clusters = splitIntoClusters(rows, presence, { calendar });
      const apart = clusters.map((cluster) => ({
        ...cluster,
        sessions: placeSessions(cluster.rows, cluster.presence, { calendar }),
      }));

      expect(apart.flatMap((cluster) => cluster.sessions)).toEqual(place(given));
      expect(total(clusters.flatMap((cluster) => cluster.rows))).toBe(total(rows));
      for (const { sessions, from, to } of apart) {
        for (const session of sessions) {
          expect(session.startedAt).toBeGreaterThanOrEqual(from);
          expect(session.endedAt ?? to).toBeLessThanOrEqual(to);
        }
      }
    }),
    RUNS,
  );
});

test("the order in which evidence is stored does not matter", () => {
  fc.assert(
    fc.property(evidence, (given) => {
      const { rows, presence, calendar } = given;
      const mixed = { rows: rows.toReversed(), presence: presence.toReversed(), calendar };

      expect(place(mixed)).toEqual(place(given));
    }),
    RUNS,
  );
});

test("a game's minutes on a day fit the day's length in every zone with a clock change", () => {
  const offsetSeconds = fc.nat(1800);
  fc.assert(
    fc.property(fc.constantFrom(...CLOCK_CHANGES), offsetSeconds, fc.boolean(), idleThrough),
    { numRuns: 1000 },
  );
}, 120_000);

/** A game that runs through the whole day on which clocks change has exactly as many minutes as that day. */
function idleThrough(
  { zone, instant }: ClockChange,
  offsetSeconds: number,
  watched: boolean,
): void {
  const calendar = { zone, dayStartHour: 0 };
  const changed = dayOf(instant, calendar);
  const startedAt = dayStart(changed, calendar) - 3_600_000 + offsetSeconds * 1000;
  const endedAt = dayEnd(changed, calendar) + 3_600_000;
  const samples = Array.from({ length: 60 }, (_, n) => startedAt - 700_000 + n * 1_800_000);
  const rows = rowsSampled(samples, [{ startedAt, endedAt }], true);
  const looks = { notBefore: startedAt - 20_000, notAfter: endedAt + 20_000 };
  const seen = { startedAt: startedAt + 40_000, lastSeenAt: endedAt - 40_000, ...looks };

  const sessions = place({ rows, presence: watched ? [seen] : [], calendar });

  const day = sessions[0]?.days.find((part) => part.day === changed);
  expect(sessions).toHaveLength(1);
  expect(day?.minutes).toBe(dayLengthMinutes(changed, calendar));
}

test("random evidence fits every day, too", () => {
  fc.assert(
    fc.property(evidence, (given) => {
      const days = new Map<string, number>();
      for (const { day, minutes } of place(given).flatMap((session) => session.days)) {
        days.set(day, (days.get(day) ?? 0) + minutes);
      }
      for (const [day, minutes] of days) {
        expect(minutes).toBeLessThanOrEqual(dayLengthMinutes(day, given.calendar));
      }
    }),
    RUNS,
  );
});
