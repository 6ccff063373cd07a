import {
  type Input,
  type listSessions as definition,
  type Output,
  PAGE_LIMIT_DEFAULT,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { sql } from "drizzle-orm";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";
import { type Reading, readOpenRange } from "./day-range.ts";
import { endOf, sessionColumns, type SessionRow, toSession } from "./session-row.ts";

/** Start, id. */
const Position = Type.Tuple([Type.Integer(), Type.Integer()]);
const NEWEST: [number, number] = [Number.MAX_SAFE_INTEGER, 0];

/** Sessions by their start, newest first; a range holds those that overlap it. */
export function listSessions(
  database: Database,
  input: Input<typeof definition>,
  reading: Reading,
): Output<typeof definition> {
  const { from, to, game_id: gameId, limit = PAGE_LIMIT_DEFAULT } = input;
  const { start, end } = readOpenRange(input, reading.calendar);
  const query: ListQuery = ["sessions", from, to, gameId];
  const [at, id] = decodeCursor(query, Position, input.cursor) ?? NEWEST;
  const ofGame = gameId === undefined ? sql`true` : sql`s.game_id = ${gameId}`;
  const rows = database.drizzle.all<SessionRow>(sql`
    SELECT ${sessionColumns(reading)} FROM play_sessions s JOIN games g ON g.id = s.game_id
    WHERE ${ofGame} AND s.started_at < ${end} AND (s.started_at >= ${start} OR ${endOf} > ${start})
      AND (s.started_at, s.id) < (${at}, ${id})
    ORDER BY s.started_at DESC, s.id DESC LIMIT ${limit + 1}`);
  return pageOf(rows, limit, toSession, (row) => encodeCursor(query, [row.started_at, row.id]));
}
