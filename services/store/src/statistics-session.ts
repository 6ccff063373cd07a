import type { Statistics } from "@tracker/contracts";
import type { Database } from "./database.ts";
import { instantOf } from "./instant.ts";

type PlayedSession = NonNullable<Statistics["longest_session"]>;

/** A session as statistics show it; null for none. */
export function sessionOf(database: Database, id: number | null): PlayedSession | null {
  const row = database
    .prepare<Omit<PlayedSession, "started_at"> & { readonly started_at: number }>(
      `SELECT s.id AS session_id, s.game_id, coalesce(g.title_override, g.title) AS title,
         coalesce(g.cover_override, g.cover_url) AS cover_url, s.started_at, s.minutes
       FROM play_sessions s JOIN games g ON g.id = s.game_id WHERE s.id = ?`,
    )
    .get(id);
  return row === null ? null : { ...row, started_at: instantOf(row.started_at) };
}
