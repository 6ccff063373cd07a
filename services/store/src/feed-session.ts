import { dayOf } from "@tracker/playtime";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import type { DayRange, Reading } from "./day-range.ts";
import { type FeedEntry, type FeedSlice, newestFirst, RANKS } from "./feed-order.ts";
import { instantOf } from "./instant.ts";
import { endOf, liveCondition, sessionColumns, type SessionRow, toSession } from "./session-row.ts";

/** At most this many games are shown as being played (some people idle dozens); further ones stand at their start. */
const LIVE_MAX = 32;
/** A session without presence that lasts longer than this is not looked for among the live ones. */
const LIVE_STARTED_MS_MAX = 40 * 86_400_000;

/** A gap stands at the last instant of its window, every other session at its start. */
const gapAt = sql`${endOf} - 1`;

/** What is being played, if the range reaches now. */
export function readLiveSessions(
  database: Database,
  { start, end }: DayRange,
  visibility: FeedSlice["visibility"],
  reading: Reading,
): FeedEntry[] {
  if (reading.now < start) return [];
  const earliest = reading.now - LIVE_STARTED_MS_MAX;
  const rows = database.drizzle.all<SessionRow & { at: number }>(sql`
    SELECT s.started_at AS at, ${sessionColumns(reading)}
    FROM play_sessions s JOIN games g ON g.id = s.game_id
    WHERE s.id IN (SELECT id FROM play_sessions WHERE ended_at IS NULL
        UNION ALL SELECT id FROM play_sessions WHERE started_at >= ${earliest})
      AND s.started_at < ${end} AND ${liveCondition(reading)} AND ${isOf(visibility)}
    ORDER BY s.started_at DESC, s.id DESC LIMIT ${LIVE_MAX}`);
  return rows.map((row) => toEntry(row, reading));
}

/** Sessions and gaps of the slice but for those already shown as live. */
export function readSessions(
  database: Database,
  slice: FeedSlice,
  shown: readonly number[],
  reading: Reading,
): FeedEntry[] {
  const read = (condition: SQL, at: SQL) =>
    database.drizzle.all<SessionRow & { at: number }>(sql`
      SELECT ${at} AS at, ${sessionColumns(reading)}
      FROM play_sessions s JOIN games g ON g.id = s.game_id
      WHERE ${condition} AND ${isOf(slice.visibility)} AND (${at}, s.id) < (${slice.at}, ${slice.id})
        AND s.id NOT IN (SELECT value FROM json_each(${JSON.stringify(shown)}))
      ORDER BY ${at} DESC, s.id DESC LIMIT ${slice.limit}`);
  const placed = sql`s.precision NOT IN ('gap', 'month') AND s.started_at >= ${slice.start}`;
  const gaps = sql`s.precision = 'gap' AND s.not_before >= ${slice.start}`;
  const rows = [...read(placed, sql`s.started_at`), ...read(gaps, gapAt)];
  return rows
    .map((row) => toEntry(row, reading))
    .sort(newestFirst)
    .slice(0, slice.limit);
}

function isOf(visibility: FeedSlice["visibility"]): SQL {
  return visibility === null ? sql`true` : sql`g.visibility = ${visibility}`;
}

function toEntry({ at, ...row }: SessionRow & { at: number }, { calendar }: Reading): FeedEntry {
  const session = toSession(row);
  return {
    at,
    rank: RANKS.session,
    id: row.id,
    item: {
      type: "session",
      at: instantOf(at),
      day: dayOf(at, calendar),
      live: session.live,
      session,
    },
  };
}
