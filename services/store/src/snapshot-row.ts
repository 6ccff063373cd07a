import type { DayMap } from "./contribution.ts";
import type { Database } from "./database.ts";
import { shiftTotals } from "./snapshot-total.ts";

interface GameRow {
  readonly date: string;
  readonly minutes: number;
}

/** Replaces each game's rows from a day on, writing only what differs, and moves the totals by the difference. */
export function refreshGames(
  database: Database,
  contributions: ReadonlyMap<number, DayMap>,
  from: string,
): void {
  const minutes = new Map<string, number>();
  const played = new Map<string, number>();
  for (const [gameId, days] of contributions) {
    const start = totalBefore(database, gameId, from);
    const stored = storedRows(database, gameId, from);
    const next = accumulate(start, days);
    writeRows(database, gameId, stored, next);
    addSteps(minutes, played, start, stored, -1);
    addSteps(minutes, played, start, next, 1);
  }
  shiftTotals(database, minutes, played);
}

function totalBefore(database: Database, gameId: number, day: string): number {
  const row = database
    .prepare<{ minutes: number }>(
      "SELECT minutes FROM daily_game_snapshots WHERE game_id = ? AND date < ? ORDER BY date DESC LIMIT 1",
    )
    .get(gameId, day);
  return row?.minutes ?? 0;
}

function storedRows(database: Database, gameId: number, from: string): GameRow[] {
  return database
    .prepare<GameRow>(
      "SELECT date, minutes FROM daily_game_snapshots WHERE game_id = ? AND date >= ? ORDER BY date",
    )
    .all(gameId, from);
}

function accumulate(start: number, days: DayMap): GameRow[] {
  let total = start;
  return [...days.entries()]
    .filter(([, change]) => change !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, change]) => ({ date, minutes: (total += change) }));
}

function writeRows(
  database: Database,
  gameId: number,
  stored: readonly GameRow[],
  next: readonly GameRow[],
): void {
  const kept = new Map(next.map((row) => [row.date, row.minutes]));
  const known = new Map(stored.map((row) => [row.date, row.minutes]));
  for (const { date } of stored.filter((row) => !kept.has(row.date))) {
    database
      .prepare("DELETE FROM daily_game_snapshots WHERE game_id = ? AND date = ?")
      .run(gameId, date);
  }
  for (const { date, minutes } of next.filter((row) => known.get(row.date) !== row.minutes)) {
    database
      .prepare(
        `INSERT INTO daily_game_snapshots (game_id, date, game_title, cover_url, minutes)
         SELECT id, ?2, coalesce(title_override, title), coalesce(cover_override, cover_url), ?3 FROM games WHERE id = ?1
         ON CONFLICT (game_id, date) DO UPDATE SET minutes = excluded.minutes`,
      )
      .run(gameId, date, minutes);
  }
}

/** Notes where a game's rows step up, in minutes and between unplayed and played; `sign` -1 takes them back. */
function addSteps(
  minutes: Map<string, number>,
  played: Map<string, number>,
  start: number,
  rows: readonly GameRow[],
  sign: 1 | -1,
): void {
  let previous = start;
  for (const row of rows) {
    const step = sign * (row.minutes - previous);
    minutes.set(row.date, (minutes.get(row.date) ?? 0) + step);
    const turned = Math.sign(row.minutes) - Math.sign(previous);
    if (turned !== 0) played.set(row.date, (played.get(row.date) ?? 0) + sign * turned);
    previous = row.minutes;
  }
}
