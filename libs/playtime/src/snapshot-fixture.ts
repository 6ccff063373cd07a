import type { BaselineMinutes } from "./before-tracking.ts";
import { type Calendar, dayOf } from "./civil-day.ts";
import type { DayMinutes } from "./evidence.ts";

/** A session as a snapshot sees it: minutes by day, or (no days) minutes that count once their window is over. */
export interface CountedSession {
  readonly minutes: number;
  readonly notAfter: number | null;
  readonly days: readonly DayMinutes[];
}

/**
 * A game's totals as of the end of each civil day, ascending, a row only where it differs from the row before:
 * baseline + play placed on that day or earlier + gaps whose window ended by then. The total of any day is its newest row's.
 * The store keeps such totals up to date row by row; this counts them anew, for tests to compare with.
 */
export function snapshotRows(
  baselines: readonly BaselineMinutes[],
  sessions: readonly CountedSession[],
  calendar: Calendar,
): DayMinutes[] {
  const added = new Map<string, number>();
  const add = (day: string, minutes: number): void => {
    added.set(day, (added.get(day) ?? 0) + minutes);
  };
  for (const { observedAt, minutes } of baselines) add(dayOf(observedAt, calendar), minutes);
  for (const { days, minutes, notAfter } of sessions) {
    for (const part of days) add(part.day, part.minutes);
    // A window that ends exactly at midnight belongs to the day that ends there.
    if (days.length === 0 && notAfter !== null) add(dayOf(notAfter - 1, calendar), minutes);
  }

  const rows: DayMinutes[] = [];
  let total = 0;
  for (const day of [...added.keys()].sort()) {
    const change = added.get(day) ?? 0;
    total += change;
    if (change !== 0) rows.push({ day, minutes: total });
  }
  return rows;
}

/** The total on a day: the newest row that is not later, or null before the first. */
export function totalOn(rows: readonly DayMinutes[], day: string): number | null {
  return rows.findLast((row) => row.day <= day)?.minutes ?? null;
}
