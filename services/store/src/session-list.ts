import {
  type Input,
  type listSessions as definition,
  type Output,
  PAGE_LIMIT_DEFAULT,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { type SQL, sql } from "drizzle-orm";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";
import { type Reading, readOpenRange } from "./day-range.ts";
import { requireGame } from "./game-archive.ts";
import { carriesTag } from "./game-condition.ts";
import { endOf, sessionColumns, type SessionRow, toSession } from "./session-row.ts";

type Choice = Omit<Input<typeof definition>, "limit" | "cursor">;

/** Start, id. */
const Position = Type.Tuple([Type.Integer(), Type.Integer()]);
const NEWEST: [number, number] = [Number.MAX_SAFE_INTEGER, 0];

/** Sessions by their start, newest first; a range holds those that overlap it. */
export function listSessions(
  database: Database,
  input: Input<typeof definition>,
  reading: Reading,
): Output<typeof definition> {
  const { cursor, limit = PAGE_LIMIT_DEFAULT, ...choice } = input;
  const { start, end } = readOpenRange(input, reading.calendar);
  const { from, to, game_id: gameId, tag, precision, corrected, min_minutes: least } = choice;
  if (gameId !== undefined) requireGame(database, gameId, "/game_id");
  const query: ListQuery = ["sessions", from, to, gameId, tag, precision, corrected, least];
  const [at, id] = decodeCursor(query, Position, cursor) ?? NEWEST;
  const rows = database.drizzle.all<SessionRow>(sql`
    SELECT ${sessionColumns(reading)} FROM play_sessions s JOIN games g ON g.id = s.game_id
    WHERE ${conditionOf(choice)} AND s.started_at < ${end} AND (s.started_at >= ${start} OR ${endOf} > ${start})
      AND (s.started_at, s.id) < (${at}, ${id})
    ORDER BY s.started_at DESC, s.id DESC LIMIT ${limit + 1}`);
  return pageOf(rows, limit, toSession, (row) => encodeCursor(query, [row.started_at, row.id]));
}

/** What is asked of `play_sessions s` and its `games g` beside the range. */
function conditionOf(input: Choice): SQL {
  const { game_id: gameId, tag, precision, corrected, min_minutes: least } = input;
  return sql.join(
    [
      sql`true`,
      ...(gameId === undefined ? [] : [sql`s.game_id = ${gameId}`]),
      ...(tag === undefined ? [] : [carriesTag(tag)]),
      ...(precision === undefined ? [] : [sql`s.precision = ${precision}`]),
      ...(corrected === undefined ? [] : [sql`s.corrected = ${corrected ? 1 : 0}`]),
      ...(least === undefined ? [] : [sql`s.minutes >= ${least}`]),
    ],
    sql` AND `,
  );
}
