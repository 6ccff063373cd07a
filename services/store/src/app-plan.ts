import {
  type Input,
  type Output,
  type planApps,
  type PlannedSource,
  ServiceError,
} from "@tracker/contracts";
import { addApp } from "./app-facts.ts";
import { TIERS } from "./app-popularity.ts";
import { tierFor } from "./app-refresh.ts";
import { type Database, inTransaction } from "./database.ts";

const LEASE_SECONDS = 300;
/** One app in four is the one that waits longest, however unpopular: the tail must not starve while there is too much to do. */
const STALE_SHARE = 0.25;

interface Due {
  readonly app_id: number;
  readonly next_due: number;
}

interface Batch {
  readonly app_ids: string;
  readonly leased_until: number;
  readonly recorded_at: number | null;
}

/** Hands out a batch: until its lease ends, its apps are not due for anybody else. */
export function planBatch(
  database: Database,
  { batch_id: batchId, source, limit, lease_seconds = LEASE_SECONDS }: Input<typeof planApps>,
  now: number,
): Output<typeof planApps> {
  return inTransaction(database, () => {
    const known = database
      .prepare<Batch>(
        "SELECT app_ids, leased_until, recorded_at FROM app_batches WHERE batch_id = ?",
      )
      .get(batchId);
    if (known !== null && known.recorded_at !== null) {
      throw new ServiceError("CONFLICT", `batch ${batchId} has been recorded: take another name`);
    }
    if (known !== null && known.leased_until > now) {
      return { batch_id: batchId, app_ids: JSON.parse(known.app_ids) as number[] };
    }
    knowLibrary(database, source, now);
    const appIds = chooseApps(database, source, limit, now);
    const leasedUntil = now + lease_seconds * 1_000;
    if (appIds.length > 0) lease(database, { batchId, source, appIds, leasedUntil });
    return { batch_id: batchId, app_ids: appIds };
  });
}

function lease(
  database: Database,
  batch: { batchId: string; source: PlannedSource; appIds: number[]; leasedUntil: number },
): void {
  const { batchId, source, appIds, leasedUntil } = batch;
  database
    .prepare(
      `INSERT OR REPLACE INTO app_batches (batch_id, source, app_ids, size, leased_until)
       VALUES (?, ?, ?, ?, ?)`,
    )
    .run(batchId, source, JSON.stringify(appIds), appIds.length, leasedUntil);
  const update = database.prepare(
    "UPDATE app_sources SET next_due = ? WHERE source = ? AND app_id = ?",
  );
  for (const appId of appIds) update.run(leasedUntil, source, appId);
}

/** A library has apps that no list holds (borrowed, delisted); they are looked at all the same. */
function knowLibrary(database: Database, source: PlannedSource, now: number): void {
  const unknown = database
    .prepare<{ app_id: number; title: string; known: number }>(
      `SELECT g.steam_app_id AS app_id, g.title, EXISTS (SELECT 1 FROM apps a WHERE a.app_id = g.steam_app_id) AS known
       FROM games g WHERE g.steam_app_id IS NOT NULL AND g.archived_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM app_sources s WHERE s.source = ? AND s.app_id = g.steam_app_id) LIMIT 1000`,
    )
    .all(source);
  for (const { app_id: appId, title, known } of unknown) {
    if (known === 0) addApp(database, appId, { name: title, seenAt: now });
    const tier = tierFor(source, null, { ownersLow: null, reviews: null, ccu: null });
    database
      .prepare(
        "INSERT OR IGNORE INTO app_sources (source, app_id, next_due, tier) VALUES (?, ?, ?, ?)",
      )
      .run(source, appId, now, tier);
  }
}

/** The library and wishlist, then the longest due, then the most popular. */
function chooseApps(
  database: Database,
  source: PlannedSource,
  limit: number,
  now: number,
): number[] {
  const chosen = new Set(libraryDue(database, source, now, limit));
  const stale = TIERS.flatMap((tier) =>
    dueOf(database, source, tier, now, Math.ceil((limit - chosen.size) * STALE_SHARE)),
  ).toSorted((a, b) => a.next_due - b.next_due);
  const staleUntil = chosen.size + Math.floor((limit - chosen.size) * STALE_SHARE);
  for (const { app_id } of stale) if (chosen.size < staleUntil) chosen.add(app_id);
  for (const tier of TIERS) {
    if (chosen.size >= limit) break;
    for (const { app_id } of dueOf(database, source, tier, now, limit)) {
      if (chosen.size < limit) chosen.add(app_id);
    }
  }
  return [...chosen];
}

function libraryDue(
  database: Database,
  source: PlannedSource,
  now: number,
  limit: number,
): number[] {
  return database
    .prepare<Due>(
      `SELECT s.app_id, s.next_due FROM games g CROSS JOIN app_sources s ON s.source = ? AND s.app_id = g.steam_app_id
       WHERE g.archived_at IS NULL AND s.next_due <= ? ORDER BY s.next_due, s.app_id LIMIT ?`,
    )
    .all(source, now, limit)
    .map((row) => row.app_id);
}

function dueOf(
  database: Database,
  source: PlannedSource,
  tier: number,
  now: number,
  limit: number,
): Due[] {
  return database
    .prepare<Due>(
      `SELECT app_id, next_due FROM app_sources INDEXED BY app_sources_due
       WHERE source = ? AND tier = ? AND next_due <= ? ORDER BY next_due LIMIT ?`,
    )
    .all(source, tier, now, limit);
}
