import {
  type Input,
  type JobKind,
  type JOB_KINDS,
  type Output,
  PLAN_GAMES_MAX,
  type planImport as definition,
  type recordCovers as covers,
  type recordOverview as overview,
  ServiceError,
} from "@tracker/contracts";
import type { Static } from "@sinclair/typebox";
import { type Database, inTransaction } from "./database.ts";
import { instantOrNull } from "./instant.ts";
import { requireJob } from "./job-row.ts";

type ImportArguments = Static<(typeof JOB_KINDS)["import"]["arguments"]>;
type Plan = Output<typeof definition>;

interface PlannedRow {
  readonly app_id: number;
  readonly known: number;
  readonly overview_total: number | null;
  readonly overviewed: number;
}

/** Apps that are asked about: games of Steam that are not archived, and of them those that were named, if any were. */
const SCOPE = `games g LEFT JOIN steam_import_status s ON s.steam_app_id = g.steam_app_id
  WHERE g.steam_app_id IS NOT NULL AND g.archived_at IS NULL
    AND (?1 IS NULL OR g.steam_app_id IN (SELECT value FROM json_each(?1)))`;

/**
 * What a job has left to do. Everything that it is done with carries its id in `steam_import_status`, so a job that is taken
 * up again after a crash goes on with the app that was in flight.
 */
export function planImport(database: Database, { job_id: id }: Input<typeof definition>): Plan {
  const job = requireJob(database, id);
  const given = JSON.parse(job.arguments) as ImportArguments;
  const named = given.app_ids === undefined ? null : JSON.stringify(given.app_ids);
  // Named games are imported in full; the job after a session names games too, with full_refresh false.
  const full = given.full_refresh ?? named !== null;
  const games = given.achievements === false ? [] : planGames(database, id, named, full);
  return {
    ...readLibrary(database),
    done: countDone(database, id),
    games: games.map((game) => Object.assign(game, { overviewed: game.overviewed === 1, full })),
    covers: named !== null && !full ? [] : planCovers(database, job.createdAt, named, full),
  };
}

function planGames(
  database: Database,
  jobId: number,
  named: string | null,
  full: boolean,
): PlannedRow[] {
  return database
    .prepare<PlannedRow>(
      `SELECT g.steam_app_id AS app_id, (SELECT count(*) FROM achievements a WHERE a.game_id = g.id) AS known,
         s.overview_total, s.overview_total IS NOT NULL OR s.attempted_at IS NOT NULL AS overviewed
       FROM ${SCOPE} AND s.job_id IS NOT ?2
         AND (?3 OR s.achievements_imported IS NOT 1 OR s.stale_since IS NOT NULL)
       ORDER BY s.attempted_at IS NOT NULL, g.playtime_minutes DESC, g.id LIMIT ${PLAN_GAMES_MAX}`,
    )
    .all(named, jobId, full ? 1 : 0);
}

function planCovers(
  database: Database,
  since: number,
  named: string | null,
  full: boolean,
): number[] {
  return database
    .prepare<{ app_id: number }>(
      `SELECT g.steam_app_id AS app_id FROM ${SCOPE}
         AND (g.cover_checked_at IS NULL OR (?2 AND g.cover_checked_at < ?3))
       ORDER BY g.playtime_minutes DESC, g.id LIMIT ${PLAN_GAMES_MAX}`,
    )
    .all(named, full ? 1 : 0, since)
    .map((row) => row.app_id);
}

function readLibrary(database: Database): Pick<Plan, "library" | "sampled_at"> {
  const row = database
    .prepare<{ library: number; sampledAt: number | null }>(
      `SELECT (SELECT count(*) FROM games WHERE steam_app_id IS NOT NULL AND archived_at IS NULL) AS library,
         (SELECT max(last_sample_at) FROM accounts) AS sampledAt`,
    )
    .get();
  return { library: row?.library ?? 0, sampled_at: instantOrNull(row?.sampledAt ?? null) };
}

function countDone(database: Database, jobId: number): Record<string, number> {
  const rows = database
    .prepare<{ outcome: string; count: number }>(
      "SELECT outcome, count(*) AS count FROM steam_import_status WHERE job_id = ? GROUP BY outcome",
    )
    .all(jobId);
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Stores the counts of an overview; achievements already stored are left unchanged. */
export function recordOverview(
  database: Database,
  { items }: Input<typeof overview>,
  now: number,
): Output<typeof overview> {
  return inTransaction(database, () => {
    const record = database.prepare(
      `INSERT INTO steam_import_status (steam_app_id, game_imported, updated_at, overview_unlocked, overview_total)
       SELECT ?1, 1, ?4, ?2, ?3 WHERE EXISTS (SELECT 1 FROM games WHERE steam_app_id = ?1)
       ON CONFLICT (steam_app_id) DO UPDATE SET game_imported = 1, overview_unlocked = ?2, overview_total = ?3
       WHERE overview_unlocked IS NOT ?2 OR overview_total IS NOT ?3 OR game_imported = 0`,
    );
    let recorded = 0;
    for (const { app_id: appId, counts } of items) {
      if (counts === null || counts.unlocked > counts.total) continue;
      recorded += record.run(appId, counts.unlocked, counts.total, now).changes;
    }
    return { recorded };
  });
}

/** From here on the cover is the store's: library samples, which know only the old address, leave it alone. */
export function recordCovers(
  database: Database,
  { items }: Input<typeof covers>,
  now: number,
): Output<typeof covers> {
  return inTransaction(database, () => {
    const set = database.prepare(
      `UPDATE games SET cover_url = ?2, cover_checked_at = ?3,
         updated_at = CASE WHEN cover_url IS ?2 THEN updated_at ELSE max(updated_at, ?3) END
       WHERE steam_app_id = ?1`,
    );
    const differs = database.prepare(
      "SELECT 1 FROM games WHERE steam_app_id = ? AND cover_url IS NOT ?",
    );
    const imported = database.prepare(
      `INSERT INTO steam_import_status (steam_app_id, game_imported, updated_at)
       SELECT ?1, 1, ?2 WHERE EXISTS (SELECT 1 FROM games WHERE steam_app_id = ?1)
       ON CONFLICT (steam_app_id) DO UPDATE SET game_imported = 1 WHERE game_imported = 0`,
    );
    let changed = 0;
    for (const { app_id: appId, cover_url: url } of items) {
      if (differs.get(appId, url) !== null) changed++;
      set.run(appId, url, now);
      imported.run(appId, now);
    }
    return { changed };
  });
}

/** What a job's arguments must be beyond their shape; INVALID names what is wrong, and nothing is queued. */
export function checkArguments(database: Database, kind: JobKind, given: unknown): void {
  if (kind !== "import") return;
  const { app_ids: appIds = [] } = (given ?? {}) as ImportArguments;
  const known = database.prepare("SELECT 1 FROM games WHERE steam_app_id = ?");
  const unknown = appIds.filter((appId) => known.get(appId) === null);
  if (unknown.length === 0) return;
  const named = unknown.slice(0, 10).join(", ");
  const more = unknown.length > 10 ? ` and ${unknown.length - 10} more` : "";
  throw new ServiceError(
    "INVALID",
    `/app_ids: expected games of the library, got ${named}${more}; what was bought just now is there after a library sample (jobs.start.poll)`,
    { field: "/app_ids" },
  );
}
