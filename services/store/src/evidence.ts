import {
  type Calendar,
  OUTAGE_MS,
  type PlacementCluster,
  type PlacementOptions,
  type PlayRow,
  type PresenceInterval,
  splitIntoClusters,
} from "@tracker/playtime";
import type { Database } from "./database.ts";
import { asOfMidnight } from "./old-night.ts";

export interface StoredInterval extends PresenceInterval {
  readonly id: number;
  /** The session that showed it last; it may be gone. */
  readonly sessionId: number | null;
}

/** The newest part of a game's evidence, cut where nothing before it can matter: every session from `from` on rests on it, none before. */
export interface Region {
  readonly from: number;
  readonly clusters: readonly PlacementCluster[];
  readonly intervals: readonly StoredInterval[];
}

interface Evidence {
  readonly rows: readonly PlayRow[];
  readonly intervals: readonly StoredInterval[];
}

const REACH_MS = 3 * 86_400_000;
const REACH_GROWTH = 8;

/**
 * Finds the region that evidence newer than `touchedFrom` can have changed, reading no more of the past than it must: a year of half-hour samples
 * is thousands of rows, and presence comes every minute. Whether what was read is enough shows in the clusters: the oldest
 * of them may go on in what was not read, any later one cannot, and one untouched cluster is kept between as a guard.
 */
export function touchedRegion(
  database: Database,
  calendar: Calendar,
  gameId: number,
  touchedFrom: number,
): Region {
  for (let reachMs = REACH_MS; ; reachMs *= REACH_GROWTH) {
    const since = Math.max(touchedFrom - reachMs, Number.MIN_SAFE_INTEGER);
    const evidence = readEvidence(database, calendar, gameId, since);
    const clusters = splitIntoClusters(
      evidence.rows,
      evidence.intervals,
      placementOptions(database, calendar),
    );
    const whole = !hasEvidenceBefore(database, gameId, since);
    const start = startIndex(
      database,
      gameId,
      touchedFrom,
      clusters,
      whole ? -1 : unsureUntil(clusters, evidence),
    );
    if (start !== null) {
      const from = clusters[start]?.from ?? -Infinity;
      return { from, clusters: clusters.slice(start), intervals: evidence.intervals };
    }
    if (whole) return { from: -Infinity, clusters, intervals: evidence.intervals };
  }
}

/** What placement takes beside a game's evidence. */
export function placementOptions(database: Database, calendar: Calendar): PlacementOptions {
  const trackedSince =
    database
      .prepare<{ since: number | null }>("SELECT min(tracking_since) AS since FROM accounts")
      .get()?.since ?? null;
  return { calendar, trackedSince };
}

/** The newest cluster before the touched ones that surely begins where it seems to and that no stored session straddles; null when there is none. */
function startIndex(
  database: Database,
  gameId: number,
  touchedFrom: number,
  clusters: readonly PlacementCluster[],
  unsure: number,
): number | null {
  const touched = clusters.findIndex((cluster) => cluster.to >= touchedFrom);
  const newest = (touched === -1 ? clusters.length : touched) - 1;
  for (let index = newest; index > unsure; index--) {
    const cluster = clusters[index];
    if (cluster !== undefined && !isStraddled(database, gameId, cluster.from)) return index;
  }
  return null;
}

/** The cluster of the oldest row that was read may reach further back, as that depends on the row before it. */
function unsureUntil(clusters: readonly PlacementCluster[], { rows }: Evidence): number {
  const oldest = rows[0];
  if (oldest === undefined) return 0;
  return Math.max(
    0,
    clusters.findIndex((cluster) => cluster.rows.includes(oldest)),
  );
}

function readEvidence(
  database: Database,
  calendar: Calendar,
  gameId: number,
  since: number,
): Evidence {
  const rows = database
    .prepare<PlayRow & { readonly source: string }>(
      `SELECT observed_at AS observedAt, previous_observed_at AS previousObservedAt, minutes,
              offline_minutes AS offlineMinutes, last_played_at AS lastPlayedAt, source
       FROM playtime_changes WHERE game_id = ? AND kind = 'play' AND observed_at >= ?
       ORDER BY observed_at, previous_observed_at, id`,
    )
    .all(gameId, since)
    .map(({ source, ...row }) => (source === "adopted" ? asOfMidnight(row, calendar) : row));
  const columns =
    "id, session_id AS sessionId, started_at AS startedAt, last_seen_at AS lastSeenAt, not_before AS notBefore, not_after AS notAfter";
  const intervals = database
    .prepare<StoredInterval>(
      `SELECT ${columns} FROM presence_intervals WHERE game_id = ?1 AND not_after >= ?2
       UNION ALL SELECT ${columns} FROM presence_intervals WHERE game_id = ?1 AND not_after IS NULL
       ORDER BY startedAt`,
    )
    .all(gameId, since);
  return { rows, intervals: closeUnseen(database, gameId, rows, intervals) };
}

/**
 * A stretch that no look has closed ends an outage's length after its last look as soon as it is known that more time has passed:
 * by a sample that found more minutes, another stretch, or a person's correction. Else all later play would belong to it.
 */
function closeUnseen(
  database: Database,
  gameId: number,
  rows: readonly PlayRow[],
  intervals: readonly StoredInterval[],
): StoredInterval[] {
  if (!intervals.some(({ notAfter }) => notAfter === null)) return [...intervals];
  const corrected = database
    .prepare<{ at: number | null }>(
      "SELECT max(created_at) AS at FROM session_edits WHERE game_id = ? AND undone_at IS NULL",
    )
    .get(gameId);
  const sampled = rows.at(-1)?.observedAt ?? 0;
  const seen = intervals.map(({ lastSeenAt }) => lastSeenAt);
  const latest = Math.max(corrected?.at ?? 0, sampled, ...seen);
  return intervals.map((interval) => {
    const end = interval.lastSeenAt + OUTAGE_MS;
    return interval.notAfter === null && latest > end ? { ...interval, notAfter: end } : interval;
  });
}

function hasEvidenceBefore(database: Database, gameId: number, since: number): boolean {
  const found = database
    .prepare<{ found: number }>(
      `SELECT EXISTS (SELECT 1 FROM playtime_changes WHERE game_id = ?1 AND observed_at < ?2 AND kind = 'play')
           OR EXISTS (SELECT 1 FROM presence_intervals WHERE game_id = ?1 AND not_after < ?2) AS found`,
    )
    .get(gameId, since);
  return found?.found === 1;
}

function isStraddled(database: Database, gameId: number, instant: number): boolean {
  const found = database
    .prepare<{ found: number }>(
      `SELECT EXISTS (SELECT 1 FROM play_sessions WHERE game_id = ?1 AND started_at < ?2
         AND (ended_at IS NULL OR ended_at > ?2) AND precision <> 'month') AS found`,
    )
    .get(gameId, instant);
  return found?.found === 1;
}
