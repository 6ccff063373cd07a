import { type Calendar, dayOf, dayStart, type PlayRow } from "@tracker/playtime";

const DAY_MS = 86_400_000;
/** The older tracker wrote its nightly rows at 05:05 UTC the whole year: 00:05 in New York's winter, 01:05 in its summer. */
const NIGHTLY_AT_MS = (5 * 60 + 5) * 60_000;
/** How long after midnight a nightly row may be and still count for the day that has ended. */
const AFTER_MIDNIGHT_MS_MAX = 90 * 60_000;

/** The instant (epoch ms) of the nightly row that carries a date. */
export function nightOf(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`) + NIGHTLY_AT_MS;
}

/**
 * A nightly row seen as of the midnight shortly before it. The ledger keeps the instant at which the row was written;
 * read as that, each night would hold minutes of two days and no play of a year would have a day. What was played between
 * midnight and the row is counted with the evening before. In a zone or with a start of days where the row is far from
 * midnight it stays what it is, and its night a gap.
 */
export function asOfMidnight<Row extends PlayRow>(row: Row, calendar: Calendar): Row {
  return {
    ...row,
    observedAt: midnightBefore(row.observedAt, calendar),
    previousObservedAt: midnightBefore(row.previousObservedAt, calendar),
  };
}

/** The midnight that a nightly row stands for; any other instant is answered as it is. */
export function midnightBefore(instant: number, calendar: Calendar): number {
  if (instant % DAY_MS !== NIGHTLY_AT_MS) return instant;
  const midnight = dayStart(dayOf(instant, calendar), calendar);
  return instant - midnight <= AFTER_MIDNIGHT_MS_MAX ? midnight : instant;
}
