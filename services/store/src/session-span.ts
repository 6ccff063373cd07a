/** What can be said of when a session was: it has been, it is in the age of computer games, and it overlaps no other. */
import { ServiceError, SESSION_MINUTES_MAX } from "@tracker/contracts";
import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { instantOf } from "./instant.ts";
import { invalid } from "./invalid.ts";
import { endOf } from "./session-row.ts";

export interface Span {
  readonly startedAt: number;
  readonly endedAt: number;
}

const MINUTE_MS = 60_000;
/** Nobody tells of an earlier sitting; a year such as 1890 or 0202 is a slip of the keyboard. */
const EARLIEST = Date.UTC(1970, 0, 1);
/** By how much another clock may be ahead of ours. */
const CLOCK_SLACK_MS = MINUTE_MS;

export function wallMinutes({ startedAt, endedAt }: Span): number {
  return Math.floor((endedAt - startedAt) / MINUTE_MS);
}

/** Answers the minutes; throws for a span that cannot be. */
export function checkSpan(span: Span, minutes: number | undefined, { now }: Reading): number {
  const { startedAt, endedAt } = span;
  if (startedAt < EARLIEST)
    throw invalid("/started_at", `an instant from ${instantOf(EARLIEST)} on`, instantOf(startedAt));
  if (endedAt > now + CLOCK_SLACK_MS)
    throw invalid("/ended_at", "an instant that has been", instantOf(endedAt));
  if (endedAt <= startedAt)
    throw invalid("/ended_at", `an instant after ${instantOf(startedAt)}`, instantOf(endedAt));
  const most = wallMinutes(span);
  if (most < 1)
    throw invalid("/ended_at", "at least a minute after started_at", instantOf(endedAt));
  if (minutes !== undefined && minutes > most)
    throw invalid("/minutes", `at most the ${most} minutes of its time`, minutes);
  return minutes ?? most;
}

/** No sitting lasts that long: one of the dates is probably mistyped. */
export function isTooLong({ startedAt, endedAt }: Span): boolean {
  return endedAt - startedAt > SESSION_MINUTES_MAX * MINUTE_MS;
}

export function refuseTooLong(span: Span): void {
  if (!isTooLong(span)) return;
  const { startedAt, endedAt } = span;
  const latest = instantOf(startedAt + SESSION_MINUTES_MAX * MINUTE_MS);
  throw invalid("/ended_at", `at most seven days after started_at, ${latest}`, instantOf(endedAt));
}

export function refuseOverlap(
  database: Database,
  gameId: number,
  { startedAt, endedAt }: Span,
  exceptIds: readonly number[],
): void {
  const overlapping = database.drizzle.all<{ id: number; startedAt: number }>(sql`
    SELECT s.id, s.started_at AS startedAt FROM play_sessions s
    WHERE s.game_id = ${gameId} AND s.precision NOT IN ('gap', 'month')
      AND s.started_at < ${endedAt} AND ${endOf} > ${startedAt}`);
  const other = overlapping.find(({ id }) => !exceptIds.includes(id));
  if (other === undefined) return;
  throw conflict(
    "/started_at",
    `it would overlap session ${other.id} of the same game, which began at ${instantOf(other.startedAt)}`,
  );
}

export function conflict(field: string, message: string): ServiceError {
  return new ServiceError("CONFLICT", message, { field });
}
