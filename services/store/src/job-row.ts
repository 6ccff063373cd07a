import {
  type Input,
  isJobKind,
  type Job,
  type listJobs as definition,
  type Output,
  PAGE_LIMIT_DEFAULT,
  ServiceError,
} from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { and, desc, eq, lt } from "drizzle-orm";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";
import { instantOf, instantOrNull } from "./instant.ts";
import { jobs } from "./schema.ts";

export type JobRow = typeof jobs.$inferSelect;

export function getJob(database: Database, { id }: { id: number }): Job {
  return toJob(requireJob(database, id));
}

/** Jobs, newest first. */
export function listJobs(
  database: Database,
  { kind, state, limit = PAGE_LIMIT_DEFAULT, cursor }: Input<typeof definition>,
): Output<typeof definition> {
  const query: ListQuery = ["jobs", kind, state];
  const before = decodeCursor(query, Type.Integer(), cursor);
  const rows = database.drizzle
    .select()
    .from(jobs)
    .where(
      and(
        kind === undefined ? undefined : eq(jobs.kind, kind),
        state === undefined ? undefined : eq(jobs.state, state),
        before === undefined ? undefined : lt(jobs.id, before),
      ),
    )
    .orderBy(desc(jobs.id))
    .limit(limit + 1)
    .all();
  return pageOf(rows, limit, toJob, (row) => encodeCursor(query, row.id));
}

export function requireJob(database: Database, id: number): JobRow {
  const row = database.drizzle.select().from(jobs).where(eq(jobs.id, id)).get();
  if (row === undefined) throw new ServiceError("NOT_FOUND", `there is no job ${id}`);
  return row;
}

export function toJob(row: JobRow): Job {
  if (!isJobKind(row.kind))
    throw new Error(`job ${row.id} is of a kind that is not known: ${row.kind}`);
  return {
    id: row.id,
    kind: row.kind,
    arguments: JSON.parse(row.arguments) as Job["arguments"],
    state: row.state,
    progress: {
      done: row.done,
      total: row.total,
      rate_per_minute: row.ratePerMinute,
      eta_seconds: row.etaSeconds,
      message: row.message,
    },
    result: row.result === null ? null : (JSON.parse(row.result) as Job["result"]),
    error: row.error,
    requested_by: row.requestedBy,
    created_at: instantOf(row.createdAt),
    started_at: instantOrNull(row.startedAt),
    heartbeat_at: instantOrNull(row.heartbeatAt),
    finished_at: instantOrNull(row.finishedAt),
  };
}
