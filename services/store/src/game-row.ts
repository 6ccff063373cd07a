import { type Game, ServiceError } from "@tracker/contracts";
import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { instantOf, instantOrNull } from "./instant.ts";

/** A game as {@link gameColumns} selects it. */
export interface GameRow {
  readonly id: number;
  readonly title: string;
  readonly platform: string;
  readonly status: Game["status"];
  readonly rating: number | null;
  readonly playtime_minutes: number;
  readonly reported_minutes: number | null;
  readonly steam_app_id: number | null;
  readonly cover_url: string | null;
  readonly completion_date: string | null;
  readonly last_played_at: number | null;
  readonly is_favorite: number;
  readonly notes: string | null;
  readonly visibility: Game["visibility"];
  readonly library_state: Game["library_state"];
  readonly tags: string;
  readonly unlocked_achievements: number;
  readonly total_achievements: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly archived_at: number | null;
}

/** What a person set comes before what a sync or the creator set. */
export const titleOf = sql.raw("coalesce(g.title_override, g.title)");
export const platformOf = sql.raw("coalesce(g.platform_override, g.platform)");
export const coverOf = sql.raw("coalesce(g.cover_override, g.cover_url)");

/** Achievements that are known one by one, else how many there are by the newest overview. */
const totalOf = sql.raw(`coalesce(
    (SELECT nullif(count(*), 0) FROM achievements a WHERE a.game_id = g.id),
    (SELECT overview_total FROM steam_import_status i WHERE i.steam_app_id = g.steam_app_id), 0)`);
const unlockedOf = sql.raw(`coalesce(
    (SELECT sum(a.unlocked) FROM achievements a WHERE a.game_id = g.id),
    (SELECT overview_unlocked FROM steam_import_status i WHERE i.steam_app_id = g.steam_app_id), 0)`);
/** As shown: without achievements it is 0. One look at the achievements, as a list may be sorted by it. */
export const completionOf = sql.raw(`coalesce(
    (SELECT round(100.0 * sum(a.unlocked) / count(*), 1) FROM achievements a WHERE a.game_id = g.id),
    (SELECT round(100.0 * overview_unlocked / nullif(overview_total, 0), 1)
      FROM steam_import_status i WHERE i.steam_app_id = g.steam_app_id), 0)`);

/** Everything that {@link toGame} needs of `games g`, counts and tags included, so that a list is one query. */
export const gameColumns = sql`
  g.id, ${titleOf} AS title, ${platformOf} AS platform, g.status, g.rating, g.playtime_minutes,
  g.reported_minutes, g.steam_app_id, ${coverOf} AS cover_url, g.completion_date, g.last_played_at,
  g.is_favorite, g.notes, g.visibility, g.library_state, g.created_at, g.updated_at, g.archived_at,
  ${totalOf} AS total_achievements, ${unlockedOf} AS unlocked_achievements,
  (SELECT json_group_array(name ORDER BY fold(name)) FROM game_tags
    JOIN tags t ON t.id = tag_id WHERE game_id = g.id) AS tags`;

export function toGame(row: GameRow): Game {
  const { reported_minutes, is_favorite, tags, ...same } = row;
  return {
    ...same,
    hours_played: hoursOf(row.playtime_minutes),
    is_favorite: is_favorite === 1,
    steam_reports_less: reported_minutes !== null,
    tags: JSON.parse(tags) as string[],
    completion_percentage: percentageOf(row.unlocked_achievements, row.total_achievements),
    last_played_at: instantOrNull(row.last_played_at),
    created_at: instantOf(row.created_at),
    updated_at: instantOf(row.updated_at),
    archived_at: instantOrNull(row.archived_at),
  };
}

/** Minutes as hours with one decimal, for people. */
export function hoursOf(minutes: number): number {
  return Math.round(minutes / 6) / 10;
}

/** One decimal; 0 of nothing. */
export function percentageOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1_000) / 10;
}

/** One game, archived or not. */
export function getGame(database: Database, { id }: { id: number }): Game {
  const [row] = database.drizzle.all<GameRow>(
    sql`SELECT ${gameColumns} FROM games g WHERE g.id = ${id}`,
  );
  if (row === undefined) throw new ServiceError("NOT_FOUND", `there is no game ${id}`);
  return toGame(row);
}
