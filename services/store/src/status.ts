import type { Account, StoreStatus } from "@tracker/contracts";
import { lastBackupAt } from "./backup.ts";
import { countUnbalanced } from "./balance.ts";
import type { Calendar } from "@tracker/playtime";
import { type Database, inTransaction } from "./database.ts";
import { instantOf, instantOrNull } from "./instant.ts";
import { listRuns } from "./run.ts";
import { newestSnapshot } from "./snapshot.ts";

type AccountRow = Omit<Account, "state_since" | "tracking_since" | "last_sample_at"> & {
  readonly state_since: number;
  readonly tracking_since: number | null;
  readonly last_sample_at: number | null;
};

interface Counts {
  readonly active_jobs: number;
  readonly outbox_waiting: number;
  readonly games: number;
  readonly database_bytes: number;
}

const LAST_RUNS = 10;
/** At most one test write this often, however many ask: the status still shows soon that there is room again. */
const PROBE_AFTER_MS = 1_000;

/** The state of what is stored, as the operations page shows it. */
export function getStoreStatus(database: Database, calendar: Calendar, now: number): StoreStatus {
  return {
    accounts: readAccounts(database),
    last_runs: listRuns(database, { limit: LAST_RUNS }).items,
    ...readCounts(database),
    unbalanced_games: countUnbalanced(database),
    schema_version: database.schemaVersion,
    write_problem: currentWriteProblem(database, now),
    last_backup_at: instantOrNull(lastBackupAt(database)),
    last_snapshot_date: newestSnapshot(database),
    time_zone: calendar.zone,
    day_start_hour: calendar.dayStartHour,
  };
}

function readAccounts(database: Database): Account[] {
  return database
    .prepare<AccountRow>(
      "SELECT id, provider, steam_id, persona_name, state, state_since, state_reason, tracking_since, last_sample_at FROM accounts ORDER BY id",
    )
    .all()
    .map((row) =>
      Object.assign(row, {
        state_since: instantOf(row.state_since),
        tracking_since: instantOrNull(row.tracking_since),
        last_sample_at: instantOrNull(row.last_sample_at),
      }),
    );
}

function readCounts(database: Database): Counts {
  const counts = database
    .prepare<Counts>(
      `SELECT (SELECT count(*) FROM jobs WHERE state IN ('queued', 'running', 'paused')) AS active_jobs,
         (SELECT count(*) FROM outbox) AS outbox_waiting,
         (SELECT count(*) FROM games WHERE archived_at IS NULL) AS games,
         (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) AS database_bytes`,
    )
    .get();
  if (counts === null) throw new Error("a query without a source has no row");
  return counts;
}

/** Why nothing can be written now; null if writing works. A past problem may be over, so a small test write is made. */
export function currentWriteProblem(database: Database, now: number): string | null {
  const problem = database.writeProblem;
  if (problem === null) return null;
  if (now - problem.at < PROBE_AFTER_MS) return problem.words;
  try {
    inTransaction(database, () =>
      database
        .prepare(
          "INSERT INTO settings (key, value) VALUES ('write_probe', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .run(String(now)),
    );
  } catch {
    // The transaction has said why.
  }
  return database.writeProblem?.words ?? null;
}
