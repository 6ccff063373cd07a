import { nextDay, previousDay } from "@tracker/playtime";
import type { Database } from "./database.ts";
import { type ChosenGames, isChosen } from "./statistics-choice.ts";

export interface Streak {
  readonly days: number;
  readonly from: string;
  readonly to: string;
}

/** The longest run of days without a gap; of several the newest. `days` are civil days, ascending. */
export function longestStreak(days: Iterable<string>): Streak | null {
  let longest: Streak | null = null;
  let run: Streak | null = null;
  for (const day of days) {
    run =
      run !== null && nextDay(run.to) === day
        ? { days: run.days + 1, from: run.from, to: day }
        : { days: 1, from: day, to: day };
    if (longest === null || run.days >= longest.days) longest = run;
  }
  return longest;
}

/** The run that ends today, or yesterday while today is still without play. `days` are civil days up to today, descending. */
export function currentStreak(days: Iterable<string>, today: string): Streak | null {
  let run: Streak | null = null;
  for (const day of days) {
    if (run === null) {
      if (day !== today && day !== previousDay(today)) return null;
      run = { days: 1, from: day, to: day };
    } else {
      if (day !== previousDay(run.from)) break;
      run = { days: run.days + 1, from: day, to: run.to };
    }
  }
  return run;
}

/** Days with play up to one, newest first, read only as far as they are asked for. */
export function* playedDaysBack(
  database: Database,
  today: string,
  chosen: ChosenGames,
): Generator<string> {
  const rows = database
    .prepare<{ day: string }>(
      `SELECT DISTINCT d.day FROM session_days d
       WHERE d.day <= ?2 AND (?1 IS NULL OR EXISTS (
         SELECT 1 FROM play_sessions s WHERE s.id = d.session_id AND ${isChosen("s.game_id")}))
       ORDER BY d.day DESC`,
    )
    .iterate(chosen, today);
  for (const { day } of rows) yield day;
}
