import {
  type Input,
  type listRuns as definition,
  type Output,
  PAGE_LIMIT_DEFAULT,
  type SyncRun,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";
import { instantOf } from "./instant.ts";

type RunRow = Omit<SyncRun, "started_at" | "observed_at"> & {
  readonly started_at: number;
  readonly observed_at: number;
};

const QUERY: ListQuery = ["runs"];
/** Start, id. */
const Position = Type.Tuple([Type.Integer(), Type.String()]);

/** Every look that talked to the outside, newest first. */
export function listRuns(
  database: Database,
  input: Input<typeof definition>,
): Output<typeof definition> {
  const limit = input.limit ?? PAGE_LIMIT_DEFAULT;
  const [at, id] = decodeCursor(QUERY, Position, input.cursor) ?? [Number.MAX_SAFE_INTEGER, ""];
  const rows = database
    .prepare<RunRow>(
      `SELECT id, account_id, kind, review_year, trigger, started_at, observed_at, outcome, reason,
         games_seen, games_added, games_changed, minutes_added
       FROM sync_runs WHERE (started_at, id) < (?, ?) ORDER BY started_at DESC, id DESC LIMIT ?`,
    )
    .all(at, id, limit + 1);
  return pageOf(rows, limit, toRun, (row) => encodeCursor(QUERY, [row.started_at, row.id]));
}

function toRun(row: RunRow): SyncRun {
  return {
    ...row,
    started_at: instantOf(row.started_at),
    observed_at: instantOf(row.observed_at),
  };
}
