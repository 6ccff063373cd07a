import {
  type Input,
  type listSessionEdits as definition,
  type Output,
  PAGE_LIMIT_DEFAULT,
  ServiceError,
  type SessionEdit,
} from "@tracker/contracts";
import type { Correction } from "@tracker/playtime";
import { Type } from "@sinclair/typebox";
import { sql } from "drizzle-orm";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";
import { titleOf } from "./game-row.ts";
import { instantOf, instantOrNull } from "./instant.ts";
import { readCorrection } from "./session-edit-row.ts";

interface EditRow {
  readonly id: number;
  readonly game_id: number;
  readonly title: string;
  readonly kind: SessionEdit["kind"];
  readonly arguments: string;
  readonly created_at: number;
  readonly undone_at: number | null;
  readonly applied: number;
  readonly minutes: number;
}

const Position = Type.Tuple([Type.Integer()]);

const columns = sql`e.id, e.game_id, ${titleOf} AS title, e.kind, e.arguments, e.created_at, e.undone_at, e.applied, e.minutes`;

/** Corrections, newest first. */
export function listSessionEdits(
  database: Database,
  input: Input<typeof definition>,
): Output<typeof definition> {
  const { game_id: gameId, limit = PAGE_LIMIT_DEFAULT } = input;
  const query: ListQuery = ["session-edits", gameId];
  const [before] = decodeCursor(query, Position, input.cursor) ?? [Number.MAX_SAFE_INTEGER];
  const ofGame = gameId === undefined ? sql`true` : sql`e.game_id = ${gameId}`;
  const rows = database.drizzle.all<EditRow>(sql`
    SELECT ${columns} FROM session_edits e JOIN games g ON g.id = e.game_id
    WHERE ${ofGame} AND e.id < ${before} ORDER BY e.id DESC LIMIT ${limit + 1}`);
  return pageOf(rows, limit, toEdit, ({ id }) => encodeCursor(query, [id]));
}

/** One correction; NOT_FOUND when there is none with that id. */
export function readEdit(database: Database, id: number): SessionEdit {
  const [row] = database.drizzle.all<EditRow>(
    sql`SELECT ${columns} FROM session_edits e JOIN games g ON g.id = e.game_id WHERE e.id = ${id}`,
  );
  if (row === undefined) {
    throw new ServiceError("NOT_FOUND", `there is no correction ${id}`, { field: "/id" });
  }
  return toEdit(row);
}

function toEdit({ arguments: given, ...row }: EditRow): SessionEdit {
  const correction = readCorrection(row.kind, given);
  return {
    ...row,
    summary: summaryOf(correction),
    at: instantOf(momentOf(correction)),
    created_at: instantOf(row.created_at),
    undone_at: instantOrNull(row.undone_at),
    applied: row.applied === 1,
  };
}

function summaryOf(correction: Correction): string {
  if (correction.kind === "add") return `A session of ${lengthOf(correction.minutes)} was added.`;
  if (correction.kind === "remove") return "A session was taken out.";
  if (correction.kind === "idle") return `${lengthOf(correction.minutes)} of a session were idle.`;
  if (correction.kind === "split") return "A session was split.";
  if (correction.kind === "merge") return `${correction.targets.length} sessions became one.`;
  return `A session became one of ${lengthOf(correction.minutes)}.`;
}

/** `49 h`, `1 h 30 min`; below an hour `20 minutes`. */
function lengthOf(minutes: number): string {
  if (minutes < 60) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}

function momentOf(correction: Correction): number {
  if (correction.kind === "split") return correction.at;
  if ("startedAt" in correction) return correction.startedAt;
  const targets = "targets" in correction ? correction.targets : [correction.target];
  return Math.min(...targets.map(({ startedAt }) => startedAt));
}
