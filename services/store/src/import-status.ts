import type { AchievementOutcome, Input, recordAchievements } from "@tracker/contracts";
import type { Database } from "./database.ts";

interface Attempt {
  readonly outcome: AchievementOutcome;
  readonly message: string | null;
  readonly observedAt: number;
  readonly now: number;
  readonly changed: boolean;
}

/** Nothing more is to be learnt of these until the game is played or everything is asked for again. */
const IMPORTED: ReadonlySet<AchievementOutcome> = new Set(["ok", "none", "no_stats"]);

/** Notes how an attempt on an app ended, and, once in each job, that the job is done with it. */
export function noteAttempt(
  database: Database,
  { app_id: appId, job_id: jobId, settled }: Input<typeof recordAchievements>,
  { outcome, message, observedAt, now, changed }: Attempt,
): void {
  const isImported = IMPORTED.has(outcome);
  const before = database
    .prepare<{ jobId: number | null }>(
      "SELECT job_id AS jobId FROM steam_import_status WHERE steam_app_id = ?",
    )
    .get(appId);
  database
    .prepare(
      `INSERT INTO steam_import_status (steam_app_id, game_imported, achievements_imported, error_message, updated_at, outcome,
         job_id, attempted_at) VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT (steam_app_id) DO UPDATE SET game_imported = 1,
         achievements_imported = CASE WHEN ?8 OR ?2 THEN ?2 ELSE achievements_imported END,
         error_message = ?3, updated_at = ?4, outcome = ?5, job_id = coalesce(?6, job_id),
         attempted_at = max(coalesce(attempted_at, 0), ?7),
         stale_since = CASE WHEN ?2 AND ?7 >= stale_since THEN NULL ELSE stale_since END`,
    )
    .run(
      appId,
      isImported ? 1 : 0,
      message,
      now,
      outcome,
      settled ? jobId : null,
      observedAt,
      settled ? 1 : 0,
    );
  if (settled && before?.jobId !== jobId) countInRun(database, jobId, { isImported, changed, now });
}

/** One import is one run of what talked to the outside; each app counts once, when its job is done with it. */
function countInRun(
  database: Database,
  jobId: number,
  { isImported, changed, now }: { isImported: boolean; changed: boolean; now: number },
): void {
  const outcome = isImported ? "ok" : "partial";
  database
    .prepare(
      `INSERT INTO sync_runs (id, kind, trigger, started_at, observed_at, outcome, games_seen, games_changed, job_id)
       VALUES (?1, 'import', 'job', coalesce((SELECT started_at FROM jobs WHERE id = ?2), ?3), ?3, ?4, 1, ?5, ?2)
       ON CONFLICT (id) DO UPDATE SET games_seen = games_seen + 1, games_changed = games_changed + ?5,
         observed_at = max(observed_at, ?3), outcome = CASE WHEN outcome = 'ok' THEN ?4 ELSE outcome END`,
    )
    .run(`import-${jobId}`, jobId, now, outcome, changed ? 1 : 0);
}

/** Apps whose achievements were read and that have been played since: their turn comes when the session has ended. */
export function markPlayed(database: Database, appIds: readonly number[], at: number): void {
  if (appIds.length === 0) return;
  database
    .prepare(
      `UPDATE steam_import_status SET stale_since = max(coalesce(stale_since, 0), ?1)
       WHERE outcome = 'ok' AND steam_app_id IN (SELECT value FROM json_each(?2))
         AND max(coalesce(stale_since, 0), ?1) > coalesce(attempted_at, 0)`,
    )
    .run(at, JSON.stringify(appIds));
}
