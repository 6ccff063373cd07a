import type { Statistics } from "@tracker/contracts";
import type { Database } from "./database.ts";
import type { DayRange } from "./day-range.ts";
import { instantOf } from "./instant.ts";
import { type ChosenGames, isChosen } from "./statistics-choice.ts";

type PlayedSession = NonNullable<Statistics["longest_session"]>;
type SessionRow = Omit<PlayedSession, "started_at"> & { readonly started_at: number };

const COLUMNS = `s.id AS session_id, s.game_id, coalesce(g.title_override, g.title) AS title,
  coalesce(g.cover_override, g.cover_url) AS cover_url, s.started_at, s.minutes`;

/** The sitting with the most minutes of those that began in the range; of several the newest. */
export function longestSession(
  database: Database,
  { start, end }: DayRange,
  chosen: ChosenGames,
): PlayedSession | null {
  const row = database
    .prepare<SessionRow>(
      `SELECT ${COLUMNS} FROM play_sessions s JOIN games g ON g.id = s.game_id
       WHERE s.started_at >= ?2 AND s.started_at < ?3 AND s.precision NOT IN ('gap', 'month') AND s.minutes > 0
         AND ${isChosen("s.game_id")}
       ORDER BY s.minutes DESC, s.started_at DESC, s.id DESC LIMIT 1`,
    )
    .get(chosen, start, end);
  return row === null ? null : toSession(row);
}

export function sessionOf(database: Database, id: number | null): PlayedSession | null {
  const row = database
    .prepare<SessionRow>(
      `SELECT ${COLUMNS} FROM play_sessions s JOIN games g ON g.id = s.game_id WHERE s.id = ?`,
    )
    .get(id);
  return row === null ? null : toSession(row);
}

function toSession(row: SessionRow): PlayedSession {
  return { ...row, started_at: instantOf(row.started_at) };
}
