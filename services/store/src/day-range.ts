import { type Calendar, dayEnd, dayOf, dayStart, daysBetween } from "@tracker/playtime";
import { invalid } from "./invalid.ts";

/** What reading history takes: the instant at which it is read, how days are cut, and how far apart samples are. */
export interface Reading {
  readonly now: number;
  readonly calendar: Calendar;
  readonly pollIntervalMs: number;
}

/** Days from `from` to `to`, both included, and the instants [start, end) that they span. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
  readonly start: number;
  readonly end: number;
}

/** What is shown when nobody says from when. */
const RANGE_DAYS_DEFAULT = 30;

const KNOWN_DAYS = { first: "1900-01-01", last: "9998-12-31" };

/** Today and the days before it unless said otherwise; INVALID when it runs backwards or holds more than `daysMax` days. */
export function readDayRange(
  input: { from?: string; to?: string },
  { now, calendar }: Reading,
  daysMax: number,
): DayRange {
  const to = input.to === undefined ? dayOf(now, calendar) : readDay(input.to, "/to");
  const from =
    input.from === undefined ? addDays(to, 1 - RANGE_DAYS_DEFAULT) : readDay(input.from, "/from");
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw invalid("/from", `a day not after ${to}`, from);
  if (days > daysMax) throw invalid("/from", `at most ${daysMax} days up to ${to}`, from);
  return { from, to, start: dayStart(from, calendar), end: dayEnd(to, calendar) };
}

/** The instants between which something must lie, open where no day is given. */
export function readOpenRange(
  input: { from?: string; to?: string },
  calendar: Calendar,
): { start: number; end: number } {
  const from = input.from === undefined ? undefined : readDay(input.from, "/from");
  const to = input.to === undefined ? undefined : readDay(input.to, "/to");
  if (from !== undefined && to !== undefined && from > to) {
    throw invalid("/from", `a day not after ${to}`, from);
  }
  return {
    start: from === undefined ? Number.MIN_SAFE_INTEGER : dayStart(from, calendar),
    end: to === undefined ? Number.MAX_SAFE_INTEGER : dayEnd(to, calendar),
  };
}

/** Answers the day itself; INVALID for one that no calendar has, such as February 30, or that lies outside of the two. */
export function readDay(day: string, field: string, { first, last } = KNOWN_DAYS): string {
  try {
    Temporal.PlainDate.from(day, { overflow: "reject" });
  } catch {
    throw invalid(field, "a day that exists", day);
  }
  if (day < first || day > last) throw invalid(field, `a day from ${first} to ${last}`, day);
  return day;
}

function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
