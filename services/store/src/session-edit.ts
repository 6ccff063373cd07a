import type * as contract from "@tracker/contracts";
import { type Input, ServiceError, type SessionEditOutcome } from "@tracker/contracts";
import { type Correction, type CorrectionTarget, extentOfCorrection } from "@tracker/playtime";
import { sql } from "drizzle-orm";
import { assertBalanced } from "./balance.ts";
import { type Database, inTransaction } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { requireGame } from "./game-archive.ts";
import { assertReconciled } from "./game-history.ts";
import { instantOf, readInstant } from "./instant.ts";
import { placeGame } from "./placement.ts";
import { readEdit } from "./session-edit-list.ts";
import { readCorrection } from "./session-edit-row.ts";
import { endOf, liveCondition, sessionColumns, type SessionRow, toSession } from "./session-row.ts";
import {
  checkSpan,
  conflict,
  isTooLong,
  refuseOverlap,
  refuseTooLong,
  wallMinutes,
} from "./session-span.ts";
import { refreshSnapshots } from "./snapshot.ts";
import { invalid } from "./invalid.ts";

/** A session as a correction sees it. */
interface Seen {
  readonly id: number;
  readonly gameId: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly minutes: number;
  readonly precision: string;
}

/** Adds a session that nobody saw. */
export function addSession(
  database: Database,
  input: Input<typeof contract.addSession>,
  reading: Reading,
): SessionEditOutcome {
  const span = {
    startedAt: readInstant(input.started_at, "/started_at"),
    endedAt: readInstant(input.ended_at, "/ended_at"),
  };
  requireGame(database, input.game_id);
  refuseTooLong(span);
  const minutes = checkSpan(span, input.minutes, reading);
  refuseOverlap(database, input.game_id, span, []);
  return record(database, input.game_id, { kind: "add", ...span, minutes }, reading);
}

/** Says when a session really was; or, with idle minutes alone, that less of it was played. */
export function moveSession(
  database: Database,
  input: Input<typeof contract.moveSession>,
  reading: Reading,
): SessionEditOutcome {
  const session = requireSession(database, input.id, "/id", reading);
  const target = targetOf(session, reading);
  const { idle_minutes: idle } = input;
  const moves = input.started_at ?? input.ended_at ?? input.minutes;
  if (idle !== undefined) {
    if (moves !== undefined)
      throw invalid("/idle_minutes", "it alone, or started_at, ended_at and minutes", "both");
    if (idle > session.minutes)
      throw invalid("/idle_minutes", `at most the ${session.minutes} minutes of the session`, idle);
    return record(database, session.gameId, { kind: "idle", target, minutes: idle }, reading);
  }
  if (moves === undefined)
    throw invalid(
      "/started_at",
      "something to change: started_at, ended_at, minutes or idle_minutes",
      "nothing",
    );
  const span = {
    startedAt:
      input.started_at === undefined
        ? session.startedAt
        : readInstant(input.started_at, "/started_at"),
    endedAt:
      input.ended_at === undefined ? session.endedAt : readInstant(input.ended_at, "/ended_at"),
  };
  // What was seen may span more: an outage, or sessions that were merged.
  if (input.started_at !== undefined || input.ended_at !== undefined) refuseTooLong(span);
  const fitting = Math.min(session.minutes, wallMinutes(span));
  const minutes = checkSpan(span, input.minutes ?? Math.max(1, fitting), reading);
  refuseOverlap(database, session.gameId, span, [session.id]);
  return record(database, session.gameId, { kind: "move", target, ...span, minutes }, reading);
}

/** Takes a session out of every figure by day. */
export function removeSession(
  database: Database,
  input: Input<typeof contract.removeSession>,
  reading: Reading,
): SessionEditOutcome {
  const session = requireSession(database, input.id, "/id", reading);
  return record(
    database,
    session.gameId,
    { kind: "remove", target: targetOf(session, reading) },
    reading,
  );
}

/** Makes two sessions of one. */
export function splitSession(
  database: Database,
  input: Input<typeof contract.splitSession>,
  reading: Reading,
): SessionEditOutcome {
  const session = requireSession(database, input.id, "/id", reading);
  const at = readInstant(input.at, "/at");
  if (session.precision === "gap")
    throw conflict("/id", "it has no place in time that could be split");
  if (session.minutes < 2) throw conflict("/id", "a session of one minute cannot be split");
  if (at <= session.startedAt || at >= session.endedAt) {
    throw invalid(
      "/at",
      `an instant between ${instantOf(session.startedAt)} and ${instantOf(session.endedAt)}`,
      input.at,
    );
  }
  return record(
    database,
    session.gameId,
    { kind: "split", target: targetOf(session, reading), at },
    reading,
  );
}

/** Makes one session of several. */
export function mergeSessions(
  database: Database,
  input: Input<typeof contract.mergeSessions>,
  reading: Reading,
): SessionEditOutcome {
  const sessions = input.ids.map((id) => requireSession(database, id, "/ids", reading));
  const [first] = sessions;
  if (first === undefined) throw invalid("/ids", "two sessions or more", "none");
  if (sessions.some(({ gameId }) => gameId !== first.gameId))
    throw conflict("/ids", "they are of different games");
  if (sessions.some(({ precision }) => precision === "gap"))
    throw conflict("/ids", "one of them has no place in time");
  const span = {
    startedAt: Math.min(...sessions.map(({ startedAt }) => startedAt)),
    endedAt: Math.max(...sessions.map(({ endedAt }) => endedAt)),
  };
  if (isTooLong(span)) throw conflict("/ids", "together they would be longer than seven days");
  refuseOverlap(database, first.gameId, span, input.ids);
  return record(
    database,
    first.gameId,
    { kind: "merge", targets: sessions.map((session) => targetOf(session, reading)) },
    reading,
  );
}

/** Takes a correction back. */
export function undoEdit(
  database: Database,
  { id }: Input<typeof contract.undoSessionEdit>,
  reading: Reading,
): SessionEditOutcome {
  return inTransaction(database, () => {
    const edit = readEdit(database, id);
    if (edit.undone_at !== null) throw conflict("/id", `correction ${id} is undone already`);
    database
      .prepare("UPDATE session_edits SET undone_at = ?, applied = 0 WHERE id = ?")
      .run(reading.now, id);
    return outcome(database, id, reading);
  });
}

function record(
  database: Database,
  gameId: number,
  { kind, ...rest }: Correction,
  reading: Reading,
): SessionEditOutcome {
  return inTransaction(database, () => {
    const inserted = database
      .prepare<{ id: number }>(
        "INSERT INTO session_edits (game_id, kind, arguments, created_at) VALUES (?, ?, ?, ?) RETURNING id",
      )
      .get(gameId, kind, JSON.stringify(rest), reading.now);
    if (inserted === null) throw new Error("a correction that was just kept is not there");
    const made = outcome(database, inserted.id, reading);
    if (kind === "split" && !made.edit.applied)
      throw conflict("/at", "no minute of it was played on one side of that instant");
    return made;
  });
}

/** Places the game's sessions anew, with every figure that follows from them, and answers what came of a correction. */
function outcome(database: Database, editId: number, reading: Reading): SessionEditOutcome {
  const { calendar, now } = reading;
  const row = database
    .prepare<{ gameId: number; kind: string; arguments: string; accountId: number | null }>(
      `SELECT game_id AS gameId, kind, arguments, (SELECT max(account_id) FROM play_sessions s WHERE s.game_id = e.game_id) AS accountId
       FROM session_edits e WHERE id = ?`,
    )
    .get(editId);
  if (row === null) throw new Error("a correction that was just kept is not there");
  const correction = readCorrection(row.kind, row.arguments);
  const extent = extentOfCorrection(correction);
  const context = { database, calendar, accountId: row.accountId, at: now, quiet: false };
  const changedFrom = placeGame(context, row.gameId, extent.from - 1);
  if (changedFrom !== null) refreshSnapshots(database, calendar, row.gameId, changedFrom);
  assertBalanced(database, [row.gameId]);
  assertReconciled(database, [row.gameId]);
  const sessions = database.drizzle.all<SessionRow>(sql`
    SELECT ${sessionColumns(reading)} FROM play_sessions s JOIN games g ON g.id = s.game_id
    WHERE s.game_id = ${row.gameId} AND s.started_at <= ${extent.to} AND ${endOf} >= ${extent.from}
    ORDER BY s.started_at, s.id LIMIT 100`);
  return { edit: readEdit(database, editId), sessions: sessions.map(toSession) };
}

function requireSession(database: Database, id: number, field: string, reading: Reading): Seen {
  const [row] = database.drizzle.all<Seen & { live: number }>(sql`
    SELECT s.id, s.game_id AS gameId, s.started_at AS startedAt, ${endOf} AS endedAt,
      s.not_before AS notBefore, coalesce(s.not_after, ${endOf}) AS notAfter, s.minutes, s.precision,
      ${liveCondition(reading)} AS live
    FROM play_sessions s WHERE s.id = ${id}`);
  if (row === undefined || row.precision === "month") {
    throw new ServiceError("NOT_FOUND", `there is no session ${id}`, { field });
  }
  if (row.live === 1)
    throw conflict(field, `session ${id} is live: it can be corrected once it has ended`);
  return row;
}

function targetOf(session: Seen, { now }: Reading): CorrectionTarget {
  const { startedAt, endedAt, notBefore, notAfter, minutes, precision } = session;
  const known = { manual: precision === "manual", minutes, notBefore, notAfter, at: now };
  return { startedAt, endedAt, gap: precision === "gap", known };
}
