import type { getStatistics, Input } from "@tracker/contracts";
import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { requireGame } from "./game-archive.ts";
import { carriesTag, isOnPlatform } from "./game-condition.ts";

/** Which games' play is asked for; nothing said means all. */
export type PlayChoice = Pick<Input<typeof getStatistics>, "game_id" | "tag" | "platform">;

/** The ids of the chosen games as JSON text, for {@link isChosen}; null for all of them. */
export type ChosenGames = string | null;

export function chooseGames(
  database: Database,
  { game_id: gameId, tag, platform }: PlayChoice,
): ChosenGames {
  if (gameId !== undefined) requireGame(database, gameId, "/game_id");
  const conditions = [
    ...(gameId === undefined ? [] : [sql`g.id = ${gameId}`]),
    ...(tag === undefined ? [] : [carriesTag(tag)]),
    ...(platform === undefined ? [] : [isOnPlatform(platform)]),
  ];
  if (conditions.length === 0) return null;
  const rows = database.drizzle.all<{ id: number }>(
    sql`SELECT g.id FROM games g WHERE ${sql.join(conditions, sql` AND `)}`,
  );
  return JSON.stringify(rows.map(({ id }) => id));
}

/** That a column holds a chosen game; `?1` is {@link ChosenGames}. */
export function isChosen(column: string): string {
  return `(?1 IS NULL OR ${column} IN (SELECT value FROM json_each(?1)))`;
}
