import type {
  AppResult,
  AppSource,
  Input,
  Output,
  PlannedSource,
  recordApps,
} from "@tracker/contracts";
import { applyFacts } from "./app-facts.ts";
import {
  refreshAfterMs,
  retryFailedAfterMs,
  retryNotFoundAfterMs,
  tierFor,
} from "./app-refresh.ts";
import { type Database, inTransaction } from "./database.ts";
import { readInstant } from "./instant.ts";

export type Recorded = Output<typeof recordApps>;
export type Summary = { -readonly [K in keyof Omit<Recorded, "first">]: number };

const KEPT_MS = 7 * 86_400_000;
const PRUNED_MAX = 100;

interface SourceRow {
  readonly fetch_attempts: number;
  /** When it was last asked about; null before the first time. */
  readonly last_asked: number | null;
  readonly tier: number;
}

export interface Recording {
  readonly source: PlannedSource;
  readonly observedAt: number;
  readonly now: number;
}

/** Records a batch in one commit, once; `counted` is what parts of it changed before. */
export function recordBatch(
  database: Database,
  input: Input<typeof recordApps>,
  now: number,
  counted: Pick<Summary, "changed" | "history"> = { changed: 0, history: 0 },
): Recorded {
  const { batch_id: batchId, source, results } = input;
  const recording = { source, observedAt: readInstant(input.observed_at, "/observed_at"), now };
  return inTransaction(database, () => {
    const batch = database
      .prepare<{ app_ids: string; summary: string | null }>(
        "SELECT app_ids, summary FROM app_batches WHERE batch_id = ?",
      )
      .get(batchId);
    if (typeof batch?.summary === "string") {
      return { ...(JSON.parse(batch.summary) as Summary), first: false };
    }
    const summary: Summary = { succeeded: 0, failed: 0, not_found: 0, ...counted };
    const leftOut = new Set(JSON.parse(batch?.app_ids ?? "[]") as number[]);
    for (const result of results) {
      leftOut.delete(result.app_id);
      recordResult(database, result, recording, summary);
    }
    release(database, source, [...leftOut], now);
    closeBatch(database, { batchId, source, now, summary });
    return { ...summary, first: true };
  });
}

/** Apps of a batch that was cut short were not asked about, which says nothing of them: they are due again at once. */
function release(
  database: Database,
  source: PlannedSource,
  appIds: readonly number[],
  now: number,
): void {
  const update = database.prepare(
    "UPDATE app_sources SET next_due = ? WHERE source = ? AND app_id = ?",
  );
  for (const appId of appIds) update.run(now, source, appId);
}

/** Keeps what came of it for as long as the question may be repeated. */
function closeBatch(
  database: Database,
  batch: { batchId: string; source: PlannedSource; now: number; summary: Summary },
): void {
  const { batchId, source, now, summary } = batch;
  database
    .prepare(
      `INSERT OR REPLACE INTO app_batches (batch_id, source, app_ids, size, leased_until, recorded_at, summary)
       VALUES (?, ?, '[]', 0, ?, ?, ?)`,
    )
    .run(batchId, source, now, now, JSON.stringify(summary));
  database
    .prepare(
      `DELETE FROM app_batches WHERE batch_id IN (SELECT batch_id FROM app_batches
         WHERE leased_until < ? ORDER BY leased_until LIMIT ?)`,
    )
    .run(now - KEPT_MS, PRUNED_MAX);
}

/** Takes over one answer, unless a later one is there already; `summary` counts what came of it. */
export function recordResult(
  database: Database,
  result: AppResult,
  recording: Recording,
  summary: Summary,
): void {
  const { source, observedAt } = recording;
  const { app_id: appId, status, facts } = result;
  if (status === "success") summary.succeeded += 1;
  else summary[status] += 1;
  const before = sourceRow(database, source, appId);
  if (before?.last_asked != null && before.last_asked >= observedAt) return;
  if (status === "success" && facts !== undefined) {
    const { changed, history } = applyFacts(database, appId, facts, { source, observedAt });
    summary.changed += Number(changed);
    summary.history += Number(history);
  }
  const isKnown = database.prepare("SELECT 1 FROM apps WHERE app_id = ?").get(appId) !== null;
  if (isKnown) writeSource(database, result, recording, before?.fetch_attempts ?? 0);
}

function writeSource(
  database: Database,
  { app_id: appId, status, error }: AppResult,
  { source, observedAt, now }: Recording,
  attemptsBefore: number,
): void {
  const attempts = status === "failed" ? attemptsBefore + 1 : 0;
  const tier = sourceRow(database, source, appId)?.tier ?? firstTier(database, source, appId);
  const nextDue =
    status === "success"
      ? observedAt + refreshAfterMs(source, tier, isOwned(database, appId))
      : now + (status === "failed" ? retryFailedAfterMs(attempts) : retryNotFoundAfterMs());
  writeFreshness(database, {
    source,
    appId,
    status,
    attempts,
    observedAt,
    nextDue,
    tier,
    error: error ?? null,
  });
}

/** How an app's source stands after it was asked. */
export function writeFreshness(
  database: Database,
  fresh: {
    source: AppSource;
    appId: number;
    status: AppResult["status"];
    attempts: number;
    observedAt: number;
    nextDue: number | null;
    tier: number;
    error: string | null;
  },
): void {
  const updatedAt = fresh.status === "success" ? fresh.observedAt : null;
  database
    .prepare(
      `INSERT INTO app_sources (source, app_id, fetch_status, fetch_attempts, last_asked, last_updated, next_due, tier, error)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET fetch_status = excluded.fetch_status, fetch_attempts = excluded.fetch_attempts,
         last_asked = excluded.last_asked, last_updated = coalesce(excluded.last_updated, last_updated),
         next_due = excluded.next_due, error = excluded.error`,
    )
    .run(
      fresh.source,
      fresh.appId,
      fresh.status,
      fresh.attempts,
      fresh.observedAt,
      updatedAt,
      fresh.nextDue,
      fresh.tier,
      fresh.error,
    );
}

function sourceRow(database: Database, source: AppSource, appId: number): SourceRow | null {
  return database
    .prepare<SourceRow>(
      "SELECT fetch_attempts, last_asked, tier FROM app_sources WHERE source = ? AND app_id = ?",
    )
    .get(source, appId);
}

function firstTier(database: Database, source: AppSource, appId: number): number {
  const app = database
    .prepare<{ type: string | null }>("SELECT type FROM apps WHERE app_id = ?")
    .get(appId);
  return tierFor(source, app?.type ?? null, { ownersLow: null, reviews: null, ccu: null });
}

function isOwned(database: Database, appId: number): boolean {
  return (
    database
      .prepare("SELECT 1 FROM games WHERE steam_app_id = ? AND archived_at IS NULL")
      .get(appId) !== null
  );
}
