import * as fc from "fast-check";
import type { Calendar } from "./civil-day.ts";
import { CLOCK_CHANGES } from "./clock-changes-fixture.ts";
import type { PlayRow, PresenceInterval } from "./evidence.ts";
import { MINUTE_MS } from "./slot.ts";

/** Anything that a store may hold of one game, sane or not, around a moment at which the clocks of its zone change. */
export interface Evidence {
  readonly rows: readonly PlayRow[];
  readonly presence: readonly PresenceInterval[];
  readonly calendar: Calendar;
}

const SECOND_MS = 1000;

/** Windows of one poll, of many, or nested in others, since a late sample splits a window that was counted already. */
const row = fc.record({
  pause: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 3600 }),
    fc.integer({ min: 0, max: 40_000 }),
  ),
  window: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1750, max: 1850 }) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 1800 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 200_000 }) },
  ),
  late: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 4000 })),
  minutes: fc.oneof(
    fc.constant(30),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 600 }),
  ),
  offline: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 600 })),
  playedAgo: fc.option(
    fc.oneof(fc.integer({ min: -90, max: 4000 }), fc.integer({ min: 0, max: 90_000 })),
  ),
});

const interval = fc.record({
  pause: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 1200 }),
    fc.integer({ min: 0, max: 50_000 }),
  ),
  seen: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12_000 })),
  before: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 90 }),
    fc.integer({ min: 0, max: 5000 }),
  ),
  after: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 20_000 })),
});

/** Rows and presence on the millisecond, never minute-aligned but by chance. */
export const evidence: fc.Arbitrary<Evidence> = fc
  .record({
    rows: fc.array(row, { maxLength: 8 }),
    intervals: fc.array(interval, { maxLength: 6 }),
    open: fc.boolean(),
    change: fc.constantFrom(...CLOCK_CHANGES),
    dayStartHour: fc.constantFrom(0, 0, 4),
    offsetsMs: fc.tuple(fc.nat(36 * 3_600_000), fc.nat(36 * 3_600_000)),
  })
  .map(({ rows, intervals, open, change, dayStartHour, offsetsMs }) => ({
    rows: rowsFrom(rows, change.instant - offsetsMs[0]),
    presence: presenceFrom(intervals, change.instant - offsetsMs[1], open),
    calendar: { zone: change.zone, dayStartHour },
  }));

type Drawn<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

function rowsFrom(drawn: readonly Drawn<typeof row>[], start: number): PlayRow[] {
  let clock = start;
  return drawn.map(({ pause, window, late, minutes, offline, playedAgo }) => {
    const previousObservedAt = clock + (pause - late) * SECOND_MS;
    const observedAt = previousObservedAt + window * SECOND_MS;
    clock = Math.max(clock, observedAt);
    const lastPlayedAt = playedAgo === null ? null : observedAt - playedAgo * SECOND_MS;
    const offlineMinutes = Math.min(minutes, offline);
    return { previousObservedAt, observedAt, minutes, offlineMinutes, lastPlayedAt };
  });
}

function presenceFrom(
  drawn: readonly Drawn<typeof interval>[],
  start: number,
  open: boolean,
): PresenceInterval[] {
  let clock = start;
  return drawn.map(({ pause, seen, before, after }, n) => {
    const startedAt = clock + pause * SECOND_MS;
    const lastSeenAt = startedAt + seen * SECOND_MS;
    const closedAt = lastSeenAt + after * SECOND_MS;
    clock = closedAt;
    const notAfter = open && n === drawn.length - 1 ? null : closedAt;
    return { startedAt, lastSeenAt, notBefore: startedAt - before * SECOND_MS, notAfter };
  });
}

/** The minutes between two instants, a part of one counted whole. */
export function minutesAcross(from: number, to: number): number {
  return Math.ceil((to - from) / MINUTE_MS);
}
