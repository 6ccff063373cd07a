import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { type Calendar, dayEnd, dayOf } from "./civil-day.ts";
import type { PlacedSession, PlayRow, PresenceInterval } from "./evidence.ts";
import { placeSessions } from "./placement.ts";
import { presenceSeen, rowsSampled, type Sitting, trueDays } from "./simulated-player-fixture.ts";
import { MINUTE_MS } from "./slot.ts";

const calendar: Calendar = { zone: "America/New_York", dayStartHour: 0 };
const START = Date.parse("2026-03-05T09:00:00Z");
const HALF_HOUR_MS = 30 * MINUTE_MS;
const SECOND_MS = 1000;

/** A player's week over the change of clocks, and the instants at which Steam was asked; all on odd seconds. */
interface Week {
  readonly sittings: readonly Sitting[];
  readonly looks: readonly number[];
  readonly polls: readonly number[];
}

const pause = fc.integer({ min: 40 * 60, max: 16 * 3600 });
const length = fc.oneof(fc.integer({ min: 20, max: 900 }), fc.integer({ min: 60, max: 5 * 3600 }));

const week: fc.Arbitrary<Week> = fc
  .record({
    sittings: fc.array(fc.tuple(pause, length), { minLength: 1, maxLength: 14 }),
    lookOffset: fc.nat(59_999),
    pollOffset: fc.nat(HALF_HOUR_MS - 1),
    jitters: fc.array(fc.nat(3000), { minLength: 50, maxLength: 50 }),
  })
  .map(({ sittings: drawn, lookOffset, pollOffset, jitters }) => {
    const jitter = (n: number): number => jitters[n % jitters.length] ?? 0;
    const sittings = sittingsFrom(drawn);
    const end = (sittings.at(-1)?.endedAt ?? START) + 3 * HALF_HOUR_MS;
    const looks = every(MINUTE_MS, START + lookOffset, end).map((look, n) => look + jitter(n));
    const regular = every(HALF_HOUR_MS, START + pollOffset, end).map((poll, n) => poll + jitter(n));
    const nightly = midnights(end).map((midnight, n) => midnight + jitter(n));
    return { sittings, looks, polls: [START, ...regular, ...nightly] };
  });

function sittingsFrom(drawn: readonly (readonly [number, number])[]): Sitting[] {
  let clock = START + 2 * HALF_HOUR_MS;
  return drawn.map(([pauseSeconds, lengthSeconds]) => {
    const startedAt = clock + pauseSeconds * SECOND_MS;
    clock = startedAt + lengthSeconds * SECOND_MS;
    return { startedAt, endedAt: clock };
  });
}

function every(stepMs: number, from: number, to: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, n) => from + n * stepMs);
}

function midnights(end: number): number[] {
  const instants: number[] = [];
  for (let at = dayEnd(dayOf(START, calendar), calendar); at < end;) {
    instants.push(at);
    at = dayEnd(dayOf(at, calendar), calendar);
  }
  return instants;
}

function rowsOf(polls: readonly number[], { sittings }: Week, dated: boolean): PlayRow[] {
  return rowsSampled(
    polls.toSorted((a, b) => a - b),
    sittings,
    dated,
  );
}

/** What the poller of a running system sees: presence, and a library sample 60 s after it ends. */
function watched(given: Week, dated: boolean): { rows: PlayRow[]; presence: PresenceInterval[] } {
  const presence = presenceSeen(given.looks, given.sittings);
  const afterPlay = presence.flatMap(({ notAfter }) =>
    notAfter === null ? [] : [notAfter + MINUTE_MS],
  );
  return { rows: rowsOf([...given.polls, ...afterPlay], given, dated), presence };
}

/** The largest error of any day, in Steam's whole minutes: those that were complete when the day ended. */
function worstDay(sessions: readonly PlacedSession[], sittings: readonly Sitting[]): number {
  const placed = new Map<string, number>();
  for (const { day, minutes } of sessions.flatMap((session) => session.days)) {
    placed.set(day, (placed.get(day) ?? 0) + minutes);
  }
  const truth = trueDays(sittings, calendar);
  let worst = 0;
  let played = 0;
  for (const day of [...new Set([...truth.keys(), ...placed.keys()])].sort()) {
    const before = Math.floor(played);
    played += truth.get(day) ?? 0;
    const expected = Math.floor(played + 1e-9) - before;
    worst = Math.max(worst, Math.abs((placed.get(day) ?? 0) - expected));
  }
  return worst;
}

function gapMinutes(sessions: readonly PlacedSession[]): number {
  const gaps = sessions.filter((session) => session.precision === "gap");
  return gaps.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** Starts and ends of sittings that are long enough to be seen, with what they were placed at, in minutes off. */
function edgesOff(sessions: readonly PlacedSession[], sittings: readonly Sitting[]): number[] {
  return sittings
    .filter(({ startedAt, endedAt }) => endedAt - startedAt > 3 * MINUTE_MS)
    .flatMap((sitting) => {
      const session = sessions.find((placed) => (placed.endedAt ?? Infinity) > sitting.startedAt);
      const start = (session?.startedAt ?? Infinity) - sitting.startedAt;
      const end = (session?.endedAt ?? Infinity) - sitting.endedAt;
      return [Math.abs(start) / MINUTE_MS, Math.abs(end) / MINUTE_MS];
    });
}

test("with presence, every day is right to the minute, sessions start and end within 2 minutes, and nothing is left over", () => {
  fc.assert(
    fc.property(week, (given) => {
      const { rows, presence } = watched(given, true);

      const sessions = placeSessions(rows, presence, { calendar });

      expect(worstDay(sessions, given.sittings)).toBeLessThanOrEqual(1);
      expect(gapMinutes(sessions)).toBe(0);
      expect(Math.max(0, ...edgesOff(sessions, given.sittings))).toBeLessThanOrEqual(2);
    }),
    { numRuns: 1000 },
  );
}, 120_000);

test("with Steam's last played alone, every day is right to the minute, and nothing is left over", () => {
  fc.assert(
    fc.property(week, (given) => {
      const rows = rowsOf(given.polls, given, true);

      const sessions = placeSessions(rows, [], { calendar });

      expect(worstDay(sessions, given.sittings)).toBeLessThanOrEqual(1);
      expect(gapMinutes(sessions)).toBe(0);
    }),
    { numRuns: 1000 },
  );
}, 120_000);

// Looks a minute apart know a start to half a minute, and Steam's totals carry another unknown fraction.
test("with presence alone, as with another account's key, every day is right to 2 minutes, and nothing is left over", () => {
  fc.assert(
    fc.property(week, (given) => {
      const { rows, presence } = watched(given, false);

      const sessions = placeSessions(rows, presence, { calendar });

      expect(worstDay(sessions, given.sittings)).toBeLessThanOrEqual(2);
      expect(gapMinutes(sessions)).toBe(0);
    }),
    { numRuns: 1000 },
  );
}, 120_000);

test("with neither, nothing is left over either", () => {
  fc.assert(
    fc.property(week, (given) => {
      const sessions = placeSessions(rowsOf(given.polls, given, false), [], { calendar });

      expect(gapMinutes(sessions)).toBe(0);
    }),
    { numRuns: 1000 },
  );
}, 120_000);

// A sitting is placed anew with each row; what a visitor sees meanwhile must be sound, too.
test("at any moment of a week, nothing is left over and at most one session is live", () => {
  fc.assert(
    fc.property(week, fc.double({ min: 0, max: 1, noNaN: true }), (given, part) => {
      const looks = given.looks.slice(0, Math.floor(given.looks.length * part));
      const now = looks.at(-1) ?? START;
      const { rows } = watched(given, true);

      const sessions = placeSessions(
        rows.filter((row) => row.observedAt <= now),
        presenceSeen(looks, given.sittings),
        { calendar },
      );

      const playing = given.sittings.some(
        ({ startedAt, endedAt }) => startedAt <= now && now < endedAt,
      );
      const live = sessions.filter((session) => session.endedAt === null);
      expect(gapMinutes(sessions)).toBe(0);
      expect(live).toHaveLength(playing ? 1 : 0);
    }),
    { numRuns: 1000 },
  );
}, 120_000);
