import {
  type Game,
  type Input,
  type listGames as definition,
  type Output,
  PAGE_LIMIT_DEFAULT,
} from "@tracker/contracts";
import { type Static, Type } from "@sinclair/typebox";
import { type SQL, sql } from "drizzle-orm";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";
import { fold } from "./fold.ts";
import { carriesTag, isOnPlatform } from "./game-condition.ts";
import { completionOf, gameColumns, type GameRow, titleOf, toGame } from "./game-row.ts";

type GamesInput = Input<typeof definition>;
type GameSort = NonNullable<GamesInput["sort"]>;
type SortOrder = NonNullable<GamesInput["order"]>;

/** Favourite (1) or not, the value sorted by, id. */
const Position = Type.Tuple([
  Type.Union([Type.Literal(0), Type.Literal(1)]),
  Type.Union([Type.String(), Type.Number(), Type.Null()]),
  Type.Integer(),
]);
type Position = Static<typeof Position>;

/** Titles are told apart by their first 200 characters, so that a cursor stays short. */
const SORT_KEYS: Readonly<Record<GameSort, SQL>> = {
  title: sql`substr(fold(${titleOf}), 1, 200)`,
  hours_played: sql`g.playtime_minutes`,
  rating: sql`g.rating`,
  created_at: sql`g.created_at`,
  last_played_at: sql`g.last_played_at`,
  completion: completionOf,
};

/**
 * Games by favourite, sort and id; a missing value comes last in either order. A page starts after the values of the
 * last game of the page before and not at an offset, so that rows written meanwhile neither repeat nor hide another.
 */
export function listGames(database: Database, input: GamesInput): Output<typeof definition> {
  const sort = input.sort ?? "created_at";
  const order: SortOrder = input.order ?? (sort === "title" ? "asc" : "desc");
  const limit = input.limit ?? PAGE_LIMIT_DEFAULT;
  const query: ListQuery = ["games", sort, order, ...filterParts(input)];
  const after = decodeCursor(query, Position, input.cursor);
  const rows = database.drizzle.all<GameRow & { sort_key: Position[1] }>(sql`
    WITH found AS MATERIALIZED (
      SELECT g.id AS id, g.is_favorite AS favorite, ${SORT_KEYS[sort]} AS key
      FROM games g WHERE ${filterOf(input)}
    ), page AS MATERIALIZED (
      SELECT * FROM found WHERE ${afterPosition(after, order)}
      ORDER BY favorite DESC, key IS NULL, key ${DIRECTIONS[order]}, id ${DIRECTIONS[order]}
      LIMIT ${limit + 1}
    )
    SELECT page.key AS sort_key, ${gameColumns} FROM page JOIN games g ON g.id = page.id
    ORDER BY favorite DESC, key IS NULL, key ${DIRECTIONS[order]}, page.id ${DIRECTIONS[order]}`);
  const toCursor = (row: GameRow & { sort_key: Position[1] }) =>
    encodeCursor(query, [row.is_favorite, row.sort_key, row.id]);
  return pageOf(rows, limit, ({ sort_key: _key, ...row }): Game => toGame(row), toCursor);
}

const DIRECTIONS = { asc: sql.raw("ASC"), desc: sql.raw("DESC") };

function filterParts({ status, platform, tag, q, favorite, archived }: GamesInput): unknown[] {
  return [status, platform, tag, q, favorite, archived ?? false];
}

/** A search is a plain comparison of folded texts: no pattern, so nothing in it has a special meaning. */
function filterOf({ status, platform, tag, q, favorite, archived }: GamesInput): SQL {
  const conditions = [sql`(g.archived_at IS NOT NULL) = ${archived === true ? 1 : 0}`];
  if (status !== undefined) conditions.push(sql`g.status = ${status}`);
  if (platform !== undefined) conditions.push(isOnPlatform(platform));
  if (favorite !== undefined) conditions.push(sql`g.is_favorite = ${favorite ? 1 : 0}`);
  if (q !== undefined) conditions.push(sql`instr(fold(${titleOf}), ${fold(q.trim())}) > 0`);
  if (tag !== undefined) conditions.push(carriesTag(tag));
  return sql.join(conditions, sql` AND `);
}

function afterPosition(after: Position | undefined, order: SortOrder): SQL {
  if (after === undefined) return sql`true`;
  const [favorite, key, id] = after;
  const beyond = sql.raw(order === "asc" ? ">" : "<");
  const later =
    key === null
      ? sql`key IS NULL AND id ${beyond} ${id}`
      : sql`key IS NULL OR key ${beyond} ${key} OR (key = ${key} AND id ${beyond} ${id})`;
  return sql`favorite < ${favorite} OR (favorite = ${favorite} AND (${later}))`;
}
