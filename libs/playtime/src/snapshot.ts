import type { Calendar } from "./civil-day.ts";
import type { DayMinutes } from "./evidence.ts";

/** A session as a snapshot sees it: minutes by day, or (no days) minutes that count once their window is over. */
export interface CountedSession {
  readonly minutes: number;
  readonly notAfter: number | null;
  readonly days: readonly DayMinutes[];
}

export interface BaselineMinutes {
  readonly observedAt: number;
  readonly minutes: number;
}

/**
 * A game's totals as of the end of each civil day, ascending, a row only where it differs from the row before:
 * baseline + play placed on that day or earlier + gaps whose window ended by then. The total of any day is its newest row's.
 */
export function snapshotRows(
  baselines: readonly BaselineMinutes[],
  sessions: readonly CountedSession[],
  calendar: Calendar,
): DayMinutes[] {
  throw new Error(`not written yet: ${baselines.length} ${sessions.length} ${calendar.zone}`);
}

/** The total on a day: the newest row that is not later, or null before the first. */
export function totalOn(rows: readonly DayMinutes[], day: string): number | null {
  return rows.findLast((row) => row.day <= day)?.minutes ?? null;
}
