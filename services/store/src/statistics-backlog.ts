import type { BacklogReason, Statistics } from "@tracker/contracts";
import { dayOf, daysBetween } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { type ChosenGames, isChosen } from "./statistics-choice.ts";

const PACE_WEEKS = 12;
/** With fewer completed games, or weeks with play, a median says nothing. */
const COMPLETED_MIN = 3;
const ACTIVE_WEEKS_MIN = 3;

/**
 * How long the games with the status Backlog last: each until it has the median of one's own completed games, at the median of the weeks with
 * play among the last twelve, and with as many weeks without.
 */
export function backlogOf(
  database: Database,
  reading: Reading,
  chosen: ChosenGames,
): Statistics["backlog"] {
  const waiting = totalsOf(database, "status = 'Backlog'", chosen);
  const completed = totalsOf(database, "status = 'Completed' AND playtime_minutes > 0", chosen);
  const perGame = completed.length < COMPLETED_MIN ? null : median(completed);
  const weeks = activeWeeks(database, reading, chosen);
  const perWeek = weeks.length < ACTIVE_WEEKS_MIN ? null : median(weeks);
  const reason = reasonOf(waiting.length, perGame, perWeek);
  const left =
    perGame === null ? null : waiting.reduce((sum, has) => sum + Math.max(0, perGame - has), 0);
  return {
    games: waiting.length,
    minutes_per_game: perGame,
    minutes_left: left,
    minutes_per_week: perWeek,
    active_weeks: weeks.length,
    weeks:
      reason !== null || left === null || perWeek === null
        ? null
        : Math.ceil((left * PACE_WEEKS) / (perWeek * weeks.length)),
    reason,
  };
}

function reasonOf(
  games: number,
  perGame: number | null,
  perWeek: number | null,
): BacklogReason | null {
  if (games === 0) return "no_backlog";
  if (perGame === null) return "too_few_completed";
  return perWeek === null ? "too_little_play" : null;
}

function totalsOf(database: Database, condition: string, chosen: ChosenGames): number[] {
  return database
    .prepare<{ minutes: number }>(
      `SELECT playtime_minutes AS minutes FROM games
       WHERE ${condition} AND archived_at IS NULL AND ${isChosen("id")}`,
    )
    .all(chosen)
    .map(({ minutes }) => minutes);
}

/** The minutes on days of each of the last twelve weeks that has any; the newest ends today. */
function activeWeeks(
  database: Database,
  { now, calendar }: Reading,
  chosen: ChosenGames,
): number[] {
  const today = dayOf(now, calendar);
  const since = Temporal.PlainDate.from(today).subtract({ days: PACE_WEEKS * 7 });
  const days = database
    .prepare<{ day: string; minutes: number }>(
      `SELECT d.day, d.minutes FROM session_days d CROSS JOIN play_sessions s ON s.id = d.session_id
       WHERE d.day > ?2 AND d.day <= ?3 AND ${isChosen("s.game_id")}`,
    )
    .all(chosen, since.toString(), today);
  const weeks = new Map<number, number>();
  for (const { day, minutes } of days) {
    const week = Math.floor(daysBetween(day, today) / 7);
    weeks.set(week, (weeks.get(week) ?? 0) + minutes);
  }
  return [...weeks.values()];
}

/** In whole minutes, at least one: all of these have some. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? 0;
  const high = sorted[Math.floor(middle)] ?? 0;
  return Math.max(1, Math.round((low + high) / 2));
}
