import type { findPlaying as definition, Game, Input, Output } from "@tracker/contracts";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { gameColumns, type GameRow, toGame } from "./game-row.ts";

/**
 * The library's side of now-playing: the game with an app id, archived or not, as it is being played; or the one played
 * last, of some apps or of the whole library, where archived and hidden games are left out.
 */
export function findPlaying(
  database: Database,
  { app_id: appId, among }: Input<typeof definition>,
): Output<typeof definition> {
  if (appId !== undefined) return { game: first(database, sql`g.steam_app_id = ${appId}`) };
  const played = sql`g.last_played_at IS NOT NULL AND g.archived_at IS NULL AND g.visibility <> 'hidden'`;
  if (among === undefined) return { game: first(database, played) };
  const oneOf = sql`g.steam_app_id IN (SELECT value FROM json_each(${JSON.stringify(among)}))`;
  return { game: first(database, sql`${played} AND ${oneOf}`) };
}

function first(database: Database, condition: SQL): Game | null {
  const [row] = database.drizzle.all<GameRow>(sql`
    SELECT ${gameColumns} FROM games g WHERE ${condition}
    ORDER BY g.last_played_at DESC, g.id DESC LIMIT 1`);
  return row === undefined ? null : toGame(row);
}
