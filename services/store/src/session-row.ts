import type { Session } from "@tracker/contracts";
import { OUTAGE_MS } from "@tracker/playtime";
import { type SQL, sql } from "drizzle-orm";
import type { Reading } from "./day-range.ts";
import { coverOf, titleOf } from "./game-row.ts";
import { instantOf } from "./instant.ts";

/** A session as {@link sessionColumns} selects it. */
export interface SessionRow {
  readonly id: number;
  readonly game_id: number;
  readonly title: string;
  readonly cover_url: string | null;
  readonly steam_app_id: number | null;
  readonly started_at: number;
  readonly ended_at: number;
  readonly not_before: number;
  readonly not_after: number;
  readonly minutes: number;
  readonly precision: Session["precision"];
  readonly live: number;
  readonly corrected: number;
  readonly days: string;
}

/** Where a session ends as far as is known: an open one at the last look that saw it. */
export const endOf = sql.raw("coalesce(s.ended_at, s.evidence_at)");

/**
 * Whether `play_sessions s` is being played: presence said so just now, or its last minutes came within one poll
 * interval. Where presence saw the game end, that counts and not the sample which brought the last minutes after it.
 */
export function liveCondition(reading: Reading): SQL {
  const { seenSince, minutesSince } = liveBounds(reading);
  return sql.raw(liveText(String(seenSince), String(minutesSince)));
}

/** The same as text, with the two bounds as parameters, for a statement that is kept. */
export function liveText(seenSince: string, minutesSince: string): string {
  return `CASE
    WHEN s.ended_at IS NULL THEN s.evidence_at >= ${seenSince}
    WHEN s.precision NOT IN ('last_played', 'poll') OR s.evidence_at < ${minutesSince} THEN 0
    ELSE NOT EXISTS (SELECT 1 FROM presence_intervals p
      WHERE p.game_id = s.game_id AND p.not_after >= s.ended_at) END`;
}

/**
 * What is live was seen, or brought its last minutes, since then: epoch milliseconds. A presence that no look confirms ends
 * after an outage's length, here as in placement.
 */
export function liveBounds({ now, pollIntervalMs }: Reading) {
  return { seenSince: now - OUTAGE_MS, minutesSince: now - pollIntervalMs };
}

/** Everything that {@link toSession} needs of `play_sessions s JOIN games g`. */
export function sessionColumns(reading: Reading): SQL {
  return sql`s.id, s.game_id, ${titleOf} AS title, ${coverOf} AS cover_url, g.steam_app_id,
    s.started_at, ${endOf} AS ended_at, s.not_before, coalesce(s.not_after, ${endOf}) AS not_after,
    s.minutes, s.precision, s.corrected, ${liveCondition(reading)} AS live,
    (SELECT json_group_array(json_object('day', d.day, 'minutes', d.minutes) ORDER BY d.day)
      FROM session_days d WHERE d.session_id = s.id) AS days`;
}

export function toSession(row: SessionRow): Session {
  const live = row.live === 1;
  return {
    ...row,
    started_at: instantOf(row.started_at),
    ended_at: live ? null : instantOf(row.ended_at),
    not_before: instantOf(row.not_before),
    not_after: instantOf(row.not_after),
    live,
    corrected: row.corrected === 1,
    days: JSON.parse(row.days) as Session["days"],
  };
}
