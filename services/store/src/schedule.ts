import {
  type Input,
  type listSchedules as list,
  type Output,
  type startScheduledJob as start,
} from "@tracker/contracts";
import { and, eq } from "drizzle-orm";
import { type Database, inTransaction } from "./database.ts";
import { instantOf, readInstant } from "./instant.ts";
import { startJob } from "./job.ts";
import { requireJob } from "./job-row.ts";
import { scheduleRuns } from "./schema.ts";

/**
 * Starts the run that was due at an instant, once: whoever asks again gets the job that the first one started. When a
 * job of the kind is active already, that one is the run.
 */
export function startScheduledJob(
  database: Database,
  { schedule, kind, due_at, arguments: given = {} }: Input<typeof start>,
  now: number,
): Output<typeof start> {
  const dueAt = readInstant(due_at, "/due_at");
  return inTransaction(database, () => {
    const run = and(eq(scheduleRuns.schedule, schedule), eq(scheduleRuns.dueAt, dueAt));
    const known = database.drizzle.select().from(scheduleRuns).where(run).get();
    if (known !== undefined) {
      const { id, state } = requireJob(database, known.jobId ?? 0);
      return { started: false, job: { id, kind, state } };
    }
    const requestedBy = `schedule ${schedule}`;
    const job = startJob(database, kind, { arguments: given, requestedBy }, now);
    database.drizzle.insert(scheduleRuns).values({ schedule, dueAt, jobId: job.id }).run();
    return { started: job.already_active !== true, job };
  });
}

/** When each schedule's last run was due, and its job. */
export function listSchedules(database: Database): Output<typeof list> {
  const rows = database
    .prepare<{ schedule: string; due_at: number; job_id: number | null }>(
      "SELECT schedule, max(due_at) AS due_at, job_id FROM schedule_runs GROUP BY schedule",
    )
    .all();
  return {
    items: rows.map(({ schedule, due_at, job_id }) => ({
      schedule,
      due_at: instantOf(due_at),
      job_id,
    })),
  };
}
