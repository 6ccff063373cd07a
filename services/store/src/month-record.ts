import { type PlacedSession, placeSessions, type RecordedMonth } from "@tracker/playtime";
import type { Database } from "./database.ts";
import { placementOptions, touchedRegion } from "./evidence.ts";
import { storedCalendar } from "./rebuild.ts";

/** What Steam's Year in Review tells of one game in one month. */
export interface MonthRow extends RecordedMonth {
  readonly gameId: number;
}

/** A record with the time in which sessions can hold minutes of it. */
interface ReadMonth extends MonthRow {
  readonly recordedAt: number;
  readonly start: number;
  readonly end: number;
  /** Whether a person changed what evidence had placed of the game. */
  readonly corrected: number;
}

/** A session with minutes in a month begins within it, but for one over its edges and for zones: a week is more than either. */
const MARGIN_MS = 7 * 86_400_000;

/** The months of one game, as {@link readAllMonths} tells them. */
export function readMonths(database: Database, gameId: number): MonthRow[] {
  return countPlaced(database, database.prepare<ReadMonth>(monthsSql("= ?1")).all(gameId));
}

/**
 * The months of the accounts that the game's totals come from, up to the month of its newest baseline, each with the minutes that
 * sessions begun before the figure was recorded already hold. A gap counts whole in the month where its window begins: it may hide
 * play of that month, and no minute may be counted twice.
 */
export function readAllMonths(database: Database): MonthRow[] {
  return countPlaced(database, database.prepare<ReadMonth>(monthsSql("IS NOT NULL")).all());
}

/**
 * Steam's figure for a month holds what Steam counted, whatever a person says of it since: of a game with corrections, sessions as evidence
 * alone places them are counted. Elsewhere those are the stored ones.
 */
function countPlaced(database: Database, rows: readonly ReadMonth[]): MonthRow[] {
  const placed = new Map<number, readonly PlacedSession[]>();
  for (const [gameId, months] of Map.groupBy(rows, (row) => row.gameId)) {
    if (!months.some(({ corrected }) => corrected === 1)) continue;
    const since = Math.min(...months.map(({ start }) => start)) - MARGIN_MS;
    placed.set(gameId, placeSince(database, gameId, since));
  }
  return rows.map((row) => {
    const { gameId, month, playedSeconds } = row;
    const sessions = placed.get(gameId);
    const trackedMinutes = sessions === undefined ? row.trackedMinutes : countIn(sessions, row);
    return { gameId, month, playedSeconds, trackedMinutes };
  });
}

function placeSince(database: Database, gameId: number, since: number): PlacedSession[] {
  // A store has kept its calendar since its first start.
  const calendar = storedCalendar(database) ?? { zone: "UTC", dayStartHour: 0 };
  const options = placementOptions(database, calendar);
  const { clusters } = touchedRegion(database, calendar, gameId, since);
  return clusters.flatMap(({ rows, presence }) => placeSessions(rows, presence, options));
}

/** The same as {@link monthsSql} counts of stored sessions. */
function countIn(
  sessions: readonly PlacedSession[],
  { month, recordedAt, start, end }: ReadMonth,
): number {
  let minutes = 0;
  for (const session of sessions) {
    const { startedAt, notBefore, precision } = session;
    if (precision === "gap") {
      const lies = startedAt >= start && notBefore >= start;
      if (lies && notBefore < Math.min(recordedAt, end)) minutes += session.minutes;
    } else if (startedAt < Math.min(recordedAt, end + MARGIN_MS) && startedAt > start - MARGIN_MS) {
      const days = session.days.filter(({ day }) => day.startsWith(month));
      minutes += days.reduce((sum, each) => sum + each.minutes, 0);
    }
  }
  return minutes;
}

function monthsSql(isWanted: string): string {
  return `WITH reviewed AS MATERIALIZED (
      SELECT g.id AS game_id, m.account_id, m.month, m.played_seconds, m.recorded_at
      FROM games g JOIN month_records m ON m.steam_app_id = g.steam_app_id WHERE g.id ${isWanted}),
    newest AS MATERIALIZED (
      SELECT game_id, (SELECT strftime('%Y-%m', max(observed_at) / 1000, 'unixepoch') FROM playtime_changes c
        WHERE c.game_id = r.game_id AND c.kind = 'baseline') AS month
      FROM (SELECT DISTINCT game_id FROM reviewed) r),
    records AS (
      SELECT r.game_id, r.month, sum(r.played_seconds) AS seconds, max(r.recorded_at) AS recorded_at,
        unixepoch(r.month || '-01') * 1000 AS start, unixepoch(r.month || '-01', '+1 month') * 1000 AS end
      FROM reviewed r JOIN newest n ON n.game_id = r.game_id AND r.month <= n.month
      WHERE EXISTS (SELECT 1 FROM playtime_changes c WHERE c.game_id = r.game_id AND c.account_id = r.account_id)
      GROUP BY r.game_id, r.month)
    SELECT game_id AS gameId, month, seconds AS playedSeconds, recorded_at AS recordedAt, start, end,
      EXISTS (SELECT 1 FROM session_edits e
        WHERE e.game_id = r.game_id AND e.undone_at IS NULL AND e.kind <> 'add') AS corrected,
      (SELECT coalesce(sum(d.minutes), 0) FROM play_sessions s JOIN session_days d ON d.session_id = s.id
        WHERE s.game_id = r.game_id AND s.started_at < min(r.recorded_at, r.end + ${MARGIN_MS})
          AND s.started_at > r.start - ${MARGIN_MS}
          AND s.precision <> 'manual' AND substr(d.day, 1, 7) = r.month)
      + (SELECT coalesce(sum(s.minutes), 0) FROM play_sessions s
        WHERE s.game_id = r.game_id AND s.started_at >= r.start AND s.precision = 'gap'
          AND s.not_before >= r.start AND s.not_before < min(r.recorded_at, r.end)) AS trackedMinutes
    FROM records r`;
}
