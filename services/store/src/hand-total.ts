/**
 * The total of a game that no sync ever saw. Nothing but its sessions measures what is played of it, so its total is what a person
 * said that was played besides (the ledger's baselines) plus what its sessions hold. Of a game that Steam counts, Steam's total
 * stands, and corrections are shown beside it.
 */
import type { Database } from "./database.ts";

/** For `games`: the minutes that a person's corrections add to the total; 0 of a game that Steam counts. */
export const correctedMinutes = `iif(games.library_state IS NULL, (SELECT coalesce(sum(minutes), 0) FROM session_edits
    WHERE game_id = games.id AND undone_at IS NULL), 0)`;

/** How many minutes of a game's total stand in corrections and not in the ledger. */
export function readCorrectedMinutes(database: Database, gameId: number): number {
  const row = database
    .prepare<{ minutes: number }>(
      `SELECT ${correctedMinutes} AS minutes FROM games WHERE games.id = ?`,
    )
    .get(gameId);
  return row?.minutes ?? 0;
}

/** Brings the total up to date after its sessions were placed or corrected; a game that Steam counts is left alone. */
export function countSessions(database: Database, gameId: number, at: number): void {
  database
    .prepare(
      `UPDATE games SET playtime_minutes = now.minutes, updated_at = max(updated_at, ?2)
       FROM (SELECT (SELECT coalesce(sum(minutes), 0) FROM playtime_changes
                     WHERE game_id = ?1 AND kind IN ('baseline', 'play')) + ${correctedMinutes} AS minutes
             FROM games WHERE games.id = ?1) AS now
       WHERE id = ?1 AND library_state IS NULL AND playtime_minutes <> now.minutes`,
    )
    .run(gameId, at);
}
