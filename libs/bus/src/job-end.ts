import {
  FINAL_JOB_STATES,
  getJob,
  getPollerStatus,
  isUnavailable,
  type Job,
  type JobKind,
  startJob,
} from "@tracker/contracts";
import type { Clock } from "@tracker/service";
import type { Bus } from "./connect.ts";
import { request } from "./request.ts";

/** How a job stood when its end was no longer waited for. */
export interface JobEnd {
  readonly job_id: number;
  readonly state: Job["state"];
  readonly result: Job["result"];
  readonly error: string | null;
}

/** How long one job waits for another; afterwards it does without, and the other goes on by itself. */
export const JOB_END_MS_MAX = 5 * 60_000;
const LOOK_MS = 250;
/** About nine minutes, in which a store that restarts answers again. */
const START_ATTEMPTS = 60;

/** Starts a job, or joins one that is active, and waits for its end, at most {@link JOB_END_MS_MAX}. */
export async function awaitJobEnd(
  bus: Bus,
  clock: Clock,
  kind: JobKind,
  signal: AbortSignal,
): Promise<JobEnd> {
  const { id } = await request(bus, startJob(kind), {}, { attempts: START_ATTEMPTS, signal });
  const latest = clock.monotonic() + JOB_END_MS_MAX;
  for (;;) {
    const job = await request(bus, getJob, { id }, { signal }).catch(nullWhileAway);
    const ended = job !== null && FINAL_JOB_STATES.includes(job.state);
    if (ended || signal.aborted || clock.monotonic() >= latest) return endOf(id, job);
    await clock.wait(LOOK_MS, signal);
  }
}

/**
 * Has the library sampled and waits for it; null when no Steam account is set up. A poller that does not answer may be
 * starting, and its job waits for it; one that stays away costs only the time that is waited for any job.
 */
export async function sampleLibrary(
  bus: Bus,
  clock: Clock,
  signal: AbortSignal,
): Promise<JobEnd | null> {
  const status = await request(bus, getPollerStatus, {}, { signal }).catch(() => null);
  return status?.configured === false ? null : awaitJobEnd(bus, clock, "poll", signal);
}

function nullWhileAway(error: unknown): null {
  if (isUnavailable(error)) return null;
  throw error;
}

function endOf(id: number, job: Job | null): JobEnd {
  return {
    job_id: id,
    state: job?.state ?? "queued",
    result: job?.result ?? null,
    error: job?.error ?? null,
  };
}
