import {
  type Calendar,
  type Correction,
  correctSessions,
  extentOfCorrection,
  type PlacedSession,
} from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { NextSession } from "./match.ts";

/** A correction that is not undone, and the time that it concerns. */
export interface ActiveEdit {
  readonly id: number;
  readonly correction: Correction;
  readonly from: number;
  readonly to: number;
}

export interface PlacedWithEvidence extends PlacedSession {
  readonly evidenceAt: number;
}

/** A game's corrections in the order in which they were made. */
export function readActiveEdits(database: Database, gameId: number): ActiveEdit[] {
  return database
    .prepare<{ id: number; kind: string; arguments: string }>(
      "SELECT id, kind, arguments FROM session_edits WHERE game_id = ? AND undone_at IS NULL ORDER BY id",
    )
    .all(gameId)
    .map(({ id, kind, arguments: given }) => {
      const correction = readCorrection(kind, given);
      return Object.assign({ id, correction }, extentOfCorrection(correction));
    });
}

/** A correction as its row keeps it. */
export function readCorrection(kind: string, given: string): Correction {
  return Object.assign({ kind }, JSON.parse(given)) as Correction;
}

/** Those that concern sessions from an instant on. */
export function editsWithin(edits: readonly ActiveEdit[], from: number): ActiveEdit[] {
  return edits.filter(({ to }) => to >= from);
}

/** Applies corrections to what evidence placed, and notes what came of each. */
export function applyEdits(
  database: Database,
  placed: readonly PlacedWithEvidence[],
  edits: readonly ActiveEdit[],
  calendar: Calendar,
): NextSession[] {
  const corrections = edits.map(({ correction }) => correction);
  const { sessions, effects } = correctSessions(placed, corrections, calendar);
  const note = database.prepare(
    "UPDATE session_edits SET applied = ?2, minutes = ?3 WHERE id = ?1 AND (applied <> ?2 OR minutes <> ?3)",
  );
  for (const [index, { id }] of edits.entries()) {
    const { applied = false, minutes = 0 } = effects[index] ?? {};
    note.run(id, Number(applied), minutes);
  }
  return sessions.map((session) => Object.assign(session, { evidenceAt: evidenceOf(session) }));
}

/** What evidence placed keeps its own; what a person said rests on itself. */
function evidenceOf(session: Omit<NextSession, "evidenceAt">): number {
  if ("evidenceAt" in session) return Number(session.evidenceAt);
  return session.endedAt ?? session.startedAt;
}
