import { type Log, wait } from "@tracker/service";
import { type Database, inTransaction } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { startJob } from "./job.ts";
import { liveBounds, liveText } from "./session-row.ts";

const INTERVAL_MS = 10_000;
/** As many as one job may name. */
const GAMES_MAX = 1_000;
/** How long no new job is started after one came to nothing (a refused key, or cancelled by a person). */
const REST_MS = 30 * 60_000;
/** Who asks for these jobs, as their row says. */
const REQUESTED_BY = "session";

const DUE = `SELECT g.steam_app_id AS app_id
  FROM steam_import_status i JOIN games g ON g.steam_app_id = i.steam_app_id
  WHERE i.stale_since IS NOT NULL AND i.stale_since > coalesce(i.attempted_at, 0) AND g.archived_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM play_sessions s WHERE s.game_id = g.id AND ${liveText("?1", "?2")})
  ORDER BY i.stale_since, g.id LIMIT ${GAMES_MAX}`;

/**
 * Starts an import of the games that were played, once each of their sessions has ended: just these, and of each just what
 * the account has unlocked. While an import is active nothing is started; what is due stays so. Answers the apps.
 */
export function refreshPlayed(database: Database, reading: Reading): number[] {
  return inTransaction(database, () => {
    if (hasFailedLately(database, reading.now)) return [];
    const { seenSince, minutesSince } = liveBounds(reading);
    const due = database
      .prepare<{ app_id: number }>(DUE)
      .all(seenSince, minutesSince)
      .map((row) => row.app_id);
    if (due.length === 0) return [];
    const wish = { arguments: { app_ids: due, full_refresh: false }, requestedBy: REQUESTED_BY };
    return startJob(database, "import", wish, reading.now).already_active === true ? [] : due;
  });
}

function hasFailedLately(database: Database, now: number): boolean {
  const failed = database
    .prepare(
      `SELECT 1 FROM jobs WHERE kind = 'import' AND requested_by = ? AND state IN ('failed', 'cancelled')
         AND finished_at > ? LIMIT 1`,
    )
    .get(REQUESTED_BY, now - REST_MS);
  return failed !== null;
}

/** Looks for games whose session has ended, until the signal is aborted. */
export async function playedRefresher(
  database: Database,
  reading: () => Reading,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const apps = refreshPlayed(database, reading());
      if (apps.length > 0) log.info("achievements of played games are asked for", { apps });
    } catch (error) {
      log.warn("played games could not be looked for; trying again", { error });
    }
    await wait(INTERVAL_MS, signal);
  }
}
