import { type Calendar, dayEnd, dayOf, dayStart } from "@tracker/playtime";
import type { Database } from "./database.ts";

/** Minutes by civil day. */
export type DayMap = Map<string, number>;

interface Range {
  /** The first day; empty for the beginning of time. */
  readonly from: string;
  readonly until: string;
  readonly gameId?: number;
}

/**
 * What each game's total gained on each day of a range: baselines on the day they were seen, placed minutes on their day, gaps on
 * the day by whose end their window is over.
 */
export function readContributions(
  database: Database,
  calendar: Calendar,
  { from, until, gameId }: Range,
): Map<number, DayMap> {
  const contributions = new Map<number, DayMap>();
  const add = (game: number, day: string, minutes: number) => {
    let days = contributions.get(game);
    if (days === undefined) {
      days = new Map();
      contributions.set(game, days);
    }
    days.set(day, (days.get(day) ?? 0) + minutes);
  };
  const start = from === "" ? Number.MIN_SAFE_INTEGER : dayStart(from, calendar);
  const end = dayEnd(until, calendar);
  for (const { game_id, at, minutes } of readBaselines(database, start, end, gameId)) {
    add(game_id, dayOf(at, calendar), minutes);
  }
  for (const { game_id, at, minutes } of readGaps(database, start, end, gameId)) {
    add(game_id, dayOf(at - 1, calendar), minutes);
  }
  for (const { game_id, day, minutes } of readPlaced(database, from, until, gameId)) {
    add(game_id, day, minutes);
  }
  return contributions;
}

interface AtInstant {
  readonly game_id: number;
  readonly at: number;
  readonly minutes: number;
}

function readBaselines(
  database: Database,
  start: number,
  end: number,
  gameId: number | undefined,
): AtInstant[] {
  return database
    .prepare<AtInstant>(
      `SELECT game_id, observed_at AS at, minutes FROM playtime_changes
       WHERE kind = 'baseline' AND minutes <> 0 AND observed_at >= ?1 AND observed_at < ?2
         ${gameId === undefined ? "" : "AND game_id = ?3"}`,
    )
    .all(...withGame([start, end], gameId));
}

function readGaps(
  database: Database,
  start: number,
  end: number,
  gameId: number | undefined,
): AtInstant[] {
  return database
    .prepare<AtInstant>(
      `SELECT game_id, not_after AS at, minutes FROM play_sessions
       WHERE precision = 'gap' AND not_after > ?1 AND not_after <= ?2
         ${gameId === undefined ? "" : "AND game_id = ?3"}`,
    )
    .all(...withGame([start, end], gameId));
}

function readPlaced(
  database: Database,
  from: string,
  until: string,
  gameId: number | undefined,
): { game_id: number; day: string; minutes: number }[] {
  return database
    .prepare<{ game_id: number; day: string; minutes: number }>(
      // By day first: what changes is nearly always the last few days, whatever the game's past.
      `SELECT game_id, day, sum(session_days.minutes) AS minutes
       FROM session_days CROSS JOIN play_sessions ON play_sessions.id = session_id
       WHERE day >= ?1 AND day <= ?2 ${gameId === undefined ? "" : "AND game_id = ?3"}
       GROUP BY game_id, day`,
    )
    .all(...withGame([from, until], gameId));
}

function withGame(
  values: readonly (string | number)[],
  gameId: number | undefined,
): (string | number)[] {
  return gameId === undefined ? [...values] : [...values, gameId];
}
