import { type Calendar, dayOf, type RoundedStep } from "@tracker/playtime";
import type { Database } from "./database.ts";
import { midnightBefore } from "./old-night.ts";

/** A step between two nights with the place that its minutes found. */
export interface ExplainedStep extends RoundedStep {
  /** The window in which they were played, as placement sees it. */
  readonly from: number;
  readonly until: number;
  /** Minutes by day as they are shown, and those that no day could be given. */
  readonly days: readonly { readonly day: string; readonly minutes: number }[];
  readonly gapMinutes: number;
}

/** Finds where a step's minutes were placed, once they are. */
export function explainStep(
  database: Database,
  calendar: Calendar,
  gameId: number,
  step: RoundedStep,
): ExplainedStep {
  const from = midnightBefore(step.before.at, calendar);
  const until = midnightBefore(step.after.at, calendar);
  if (step.kind !== "play") return { ...step, from, until, days: [], gapMinutes: 0 };
  const gap = database
    .prepare<{ minutes: number | null }>(
      "SELECT sum(minutes) AS minutes FROM play_sessions WHERE game_id = ? AND precision = 'gap' AND not_after = ?",
    )
    .get(gameId, until);
  const gapMinutes = Math.min(step.minutes, gap?.minutes ?? 0);
  const days =
    gapMinutes === step.minutes
      ? []
      : database
          .prepare<{ day: string; minutes: number }>(
            `SELECT day, sum(session_days.minutes) AS minutes FROM session_days JOIN play_sessions ON id = session_id
             WHERE game_id = ? AND day BETWEEN ? AND ? AND started_at < ? GROUP BY day ORDER BY day`,
          )
          .all(gameId, dayOf(from, calendar), dayOf(until - 1, calendar), until);
  return { ...step, from, until, days, gapMinutes };
}
