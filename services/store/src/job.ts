/**
 * The life of a job. `start` queues it; `claim` makes a queued one running, and is repeated after each crash of its
 * worker; `pause` halts either, `resume` queues it again; it ends by `finish` (from running: done or failed), by
 * `cancel` (from anywhere but an end), or as failed when it was taken up {@link CLAIMS_MAX} times without getting any
 * further. An end is not left. Each change of state is written, with its event and its message, in one transaction.
 */
import {
  FINAL_JOB_STATES,
  type finishJob as finish,
  type Input,
  type Job,
  jobChanged,
  type JobKind,
  jobProgressed,
  type JobState,
  type reportJob as report,
  ServiceError,
  type StartedJob,
} from "@tracker/contracts";
import { and, eq, inArray } from "drizzle-orm";
import { type Database, inTransaction } from "./database.ts";
import { getJob, type JobRow, requireJob, toJob } from "./job-row.ts";
import { emit, sendJob } from "./outbox.ts";
import { jobs } from "./schema.ts";

const ACTIVE_STATES: readonly JobState[] = ["queued", "running", "paused"];

/** How often a job may be taken up without getting further: one that kills its worker must not do so for ever. */
export const CLAIMS_MAX = 10;

/** Queues a job, or answers the active one of its kind: there is never more than one. */
export function startJob(
  database: Database,
  kind: JobKind,
  { arguments: given, requestedBy }: { arguments: unknown; requestedBy: string },
  now: number,
): StartedJob {
  return inTransaction(database, () => {
    const active = and(eq(jobs.kind, kind), inArray(jobs.state, [...ACTIVE_STATES]));
    const [present] = database.drizzle.select().from(jobs).where(active).limit(1).all();
    if (present !== undefined) {
      return { id: present.id, kind, state: present.state, already_active: true };
    }
    const values = {
      kind,
      arguments: JSON.stringify(given ?? {}),
      state: "queued" as const,
      requestedBy,
      createdAt: now,
    };
    const row = database.drizzle.insert(jobs).values(values).returning().get();
    const queued = toJob(row);
    sendJob(database, queued, now);
    emit(database, jobChanged, queued);
    return { id: queued.id, kind, state: queued.state };
  });
}

/** A worker takes a job up, or up again after a crash. It goes on only when the answer says running. */
export function claimJob(database: Database, { id }: { id: number }, now: number): Job {
  return inTransaction(database, () => {
    const row = requireJob(database, id);
    if (row.state !== "queued" && row.state !== "running") return toJob(row);
    if (row.claims >= CLAIMS_MAX) {
      const error = `taken up ${CLAIMS_MAX} times without getting any further; its worker's log says why`;
      return enter(database, row, { state: "failed", error, finishedAt: now });
    }
    return enter(database, row, {
      state: "running",
      claims: row.claims + 1,
      startedAt: row.startedAt ?? now,
      heartbeatAt: now,
    });
  });
}

/** A worker's heartbeat. Only a running job takes it; the answer's state tells the worker whether to go on. */
export function reportJob(
  database: Database,
  { id, progress, result }: Input<typeof report>,
  now: number,
): Job {
  return inTransaction(database, () => {
    const row = requireJob(database, id);
    if (row.state !== "running") return toJob(row);
    const changes = {
      done: progress.done,
      total: progress.total,
      ratePerMinute: progress.rate_per_minute,
      etaSeconds: progress.eta_seconds,
      message: progress.message,
      heartbeatAt: now,
      claims: progress.done > row.done ? 0 : row.claims,
      ...(result === undefined ? {} : { result: JSON.stringify(result) }),
    };
    database.drizzle.update(jobs).set(changes).where(eq(jobs.id, id)).run();
    const job = getJob(database, { id });
    // A heartbeat that says nothing new is no event.
    if (!Bun.deepEquals(job.progress, toJob(row).progress)) emit(database, jobProgressed, job);
    return job;
  });
}

/** A worker ends its job. One that is not running (it ended, or was paused meanwhile) is answered as it is. */
export function finishJob(
  database: Database,
  { id, state, error, result }: Input<typeof finish>,
  now: number,
): Job {
  return inTransaction(database, () => {
    const row = requireJob(database, id);
    if (row.state !== "running") return toJob(row);
    return enter(database, row, {
      state,
      error: state === "failed" ? (error ?? "failed without a reason") : null,
      ...(result === undefined ? {} : { result: JSON.stringify(result) }),
      heartbeatAt: now,
      finishedAt: now,
    });
  });
}

/** Ends a job; its worker hears of it with its next report. Doing it again changes nothing. */
export function cancelJob(database: Database, { id }: { id: number }, now: number): Job {
  return inTransaction(database, () => {
    const row = requireJob(database, id);
    if (row.state === "cancelled") return toJob(row);
    refuseEnded(row);
    return enter(database, row, { state: "cancelled", finishedAt: now });
  });
}

/** Halts a job until it is resumed; its worker hears of it with its next report. */
export function pauseJob(database: Database, { id }: { id: number }): Job {
  return inTransaction(database, () => {
    const row = requireJob(database, id);
    refuseEnded(row);
    return enter(database, row, { state: "paused" });
  });
}

/** Queues a paused job again, with as many tries as a new one; one that is not paused is answered as it is. */
export function resumeJob(database: Database, { id }: { id: number }, now: number): Job {
  return inTransaction(database, () => {
    const row = requireJob(database, id);
    refuseEnded(row);
    if (row.state !== "paused") return toJob(row);
    const job = enter(database, row, { state: "queued", claims: 0 });
    sendJob(database, job, now);
    return job;
  });
}

function refuseEnded({ id, state }: JobRow): void {
  if (!FINAL_JOB_STATES.includes(state)) return;
  throw new ServiceError("CONFLICT", `job ${id} has ended already: ${state}`);
}

/** Writes a change; it is an event only when the state is another. */
function enter(database: Database, row: JobRow, changes: Partial<JobRow>): Job {
  database.drizzle.update(jobs).set(changes).where(eq(jobs.id, row.id)).run();
  const job = getJob(database, row);
  if (job.state !== row.state) emit(database, jobChanged, job);
  return job;
}
