import type { DayMinutes } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { Region, StoredInterval } from "./evidence.ts";
import {
  hasSameDays,
  isWithin,
  type Match,
  type NextSession,
  type StoredSession,
} from "./match.ts";

/** The derived sessions of a game that start at `from` or later, oldest first. */
export function readSessions(database: Database, gameId: number, from: number): StoredSession[] {
  const sessions = database
    .prepare<Omit<StoredSession, "days" | "corrected"> & { corrected: number }>(
      `SELECT id, started_at AS startedAt, ended_at AS endedAt, not_before AS notBefore, not_after AS notAfter,
              minutes, precision, evidence_at AS evidenceAt, corrected
       FROM play_sessions WHERE game_id = ? AND started_at >= ? AND precision <> 'month'
       ORDER BY started_at, id`,
    )
    .all(gameId, from === -Infinity ? Number.MIN_SAFE_INTEGER : from);
  const days = database.prepare<DayMinutes>(
    "SELECT day, minutes FROM session_days WHERE session_id = ? ORDER BY day",
  );
  return sessions.map((session) =>
    Object.assign(session, {
      corrected: session.corrected === 1,
      days: days.all(session.id),
    }),
  );
}

/** Writes one pair's difference and answers the session's id. */
export function writeMatch(
  database: Database,
  owner: { readonly gameId: number; readonly accountId: number | null },
  { before, after, rememberedId }: Match,
): number {
  if (after === null) return removeSession(database, before?.id ?? 0);
  if (before === null) return insertSession(database, owner, after, rememberedId);
  database
    .prepare(
      `UPDATE play_sessions SET started_at = ?, ended_at = ?, not_before = ?, not_after = ?, minutes = ?, precision = ?,
         evidence_at = ?, corrected = ? WHERE id = ?`,
    )
    .run(...columnsOf(after), before.id);
  if (!hasSameDays(before, after)) {
    database.prepare("DELETE FROM session_days WHERE session_id = ?").run(before.id);
    writeDays(database, before.id, after.days);
  }
  return before.id;
}

function removeSession(database: Database, id: number): number {
  database.prepare("DELETE FROM play_sessions WHERE id = ?").run(id);
  return id;
}

function insertSession(
  database: Database,
  { gameId, accountId }: { readonly gameId: number; readonly accountId: number | null },
  after: NextSession,
  rememberedId: number | null,
): number {
  const inserted = database
    .prepare<{ id: number }>(
      `INSERT INTO play_sessions (started_at, ended_at, not_before, not_after, minutes, precision, evidence_at, corrected, id, game_id, account_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    )
    .get(...columnsOf(after), rememberedId, gameId, accountId);
  if (inserted === null) throw new Error("a session that was just added is not there");
  writeDays(database, inserted.id, after.days);
  return inserted.id;
}

function columnsOf(session: NextSession): (number | string | null)[] {
  const { startedAt, endedAt, notBefore, notAfter, minutes, precision, evidenceAt, corrected } =
    session;
  return [
    startedAt,
    endedAt,
    notBefore,
    notAfter,
    minutes,
    precision,
    evidenceAt,
    Number(corrected),
  ];
}

function writeDays(database: Database, sessionId: number, days: readonly DayMinutes[]): void {
  const insert = database.prepare(
    "INSERT INTO session_days (session_id, day, minutes) VALUES (?, ?, ?)",
  );
  for (const { day, minutes } of days) insert.run(sessionId, day, minutes);
}

/** Notes on the presence that a session shows which one it is, so that its id survives a time without minutes. */
export function rememberSession(
  database: Database,
  region: Region,
  sessionId: number,
  after: NextSession,
): void {
  if (after.precision === "gap") return;
  const shown = (interval: StoredInterval) =>
    interval.sessionId !== sessionId && isWithin(interval, after);
  for (const interval of region.intervals.filter(shown)) {
    database
      .prepare("UPDATE presence_intervals SET session_id = ? WHERE id = ?")
      .run(sessionId, interval.id);
  }
}
