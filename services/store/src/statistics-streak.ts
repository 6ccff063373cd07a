import type { Database } from "./database.ts";
import { type ChosenGames, isChosen } from "./statistics-choice.ts";
import { dayNumber } from "./statistics-day.ts";

export interface Streak {
  readonly days: number;
  readonly from: string;
  readonly to: string;
}

/** The longest run of days without a gap; of several the newest. `days` are civil days, ascending. */
export function longestStreak(days: Iterable<string>): Streak | null {
  let longest: Streak | null = null;
  let run: { days: number; from: string } = { days: 0, from: "" };
  let last = -Infinity;
  for (const day of days) {
    const number = dayNumber(day);
    if (number === last + 1) run.days += 1;
    else run = { days: 1, from: day };
    last = number;
    if (longest === null || run.days >= longest.days) longest = { ...run, to: day };
  }
  return longest;
}

/** The run that ends today, or yesterday while today is still without play. `days` are civil days up to today, descending. */
export function currentStreak(days: Iterable<string>, today: string): Streak | null {
  let [count, from, to] = [0, "", ""];
  let expected = dayNumber(today);
  for (const day of days) {
    const number = dayNumber(day);
    if (number !== expected && (count > 0 || number !== expected - 1)) break;
    if (count === 0) to = day;
    from = day;
    count += 1;
    expected = number - 1;
  }
  return count === 0 ? null : { days: count, from, to };
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
