import type { Database } from "./database.ts";

/** Steam's own word or the end of the newest session, whichever is later; a gap counts when there is nothing better. */
export function updateLastPlayed(database: Database, gameId: number, at: number): void {
  database
    .prepare(
      `UPDATE games SET last_played_at = newest.at, updated_at = max(updated_at, ?2)
       FROM (SELECT coalesce(max(coalesce(steam_last_played_at, session_end), coalesce(session_end, steam_last_played_at)), gap_end) AS at
             FROM (SELECT (SELECT steam_last_played_at FROM games WHERE id = ?1) AS steam_last_played_at,
                          (SELECT coalesce(ended_at, evidence_at) FROM play_sessions
                           WHERE game_id = ?1 AND precision NOT IN ('gap', 'month') ORDER BY started_at DESC LIMIT 1) AS session_end,
                          (SELECT max(ended_at) FROM play_sessions WHERE game_id = ?1 AND precision = 'gap') AS gap_end)) AS newest
       WHERE id = ?1 AND last_played_at IS NOT newest.at`,
    )
    .run(gameId, at);
}
