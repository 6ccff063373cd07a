import type { Database } from "./database.ts";
import { correctedMinutes } from "./hand-total.ts";

/**
 * Per game: what its total must be, by the ledger and, where Steam does not count it, the corrections; and what its sessions
 * add up to without what a person's corrections added.
 */
const BOOKS = `
  SELECT games.id,
    games.playtime_minutes AS stored,
    (SELECT coalesce(sum(minutes), 0) FROM playtime_changes WHERE game_id = games.id AND kind IN ('baseline', 'play'))
      + ${correctedMinutes} AS total,
    (SELECT coalesce(sum(minutes), 0) FROM playtime_changes WHERE game_id = games.id AND kind = 'play') AS played,
    (SELECT coalesce(sum(minutes), 0) FROM play_sessions WHERE game_id = games.id AND precision <> 'month')
      - (SELECT coalesce(sum(minutes), 0) FROM session_edits WHERE game_id = games.id AND undone_at IS NULL) AS placed
  FROM games`;

interface Books {
  readonly id: number;
  readonly stored: number;
  readonly total: number;
  readonly played: number;
  readonly placed: number;
}

/** Throws when baseline + play (with the corrections of a game kept by hand) is not a game's stored total, or its sessions not its play: a bug, and the transaction is undone. */
export function assertBalanced(database: Database, gameIds: readonly number[]): void {
  const statement = database.prepare<Books>(`${BOOKS} WHERE games.id = ?`);
  for (const id of gameIds) {
    const books = statement.get(id);
    if (books === null || (books.stored === books.total && books.played === books.placed)) continue;
    throw new Error(
      `the books of game ${id} do not balance: stored ${books.stored}, books ${books.total}; play ${books.played}, sessions ${books.placed}`,
    );
  }
}

/** How many games' books do not balance: 0, or something is wrong. */
export function countUnbalanced(database: Database): number {
  const row = database
    .prepare<{ count: number }>(
      `SELECT count(*) AS count FROM (${BOOKS}) WHERE stored <> total OR played <> placed`,
    )
    .get();
  return row?.count ?? 0;
}
