import { type Bus, request, type Work, type WorkResult } from "@tracker/bus";
import {
  FINAL_JOB_STATES,
  getJob,
  getPollerStatus,
  type Job,
  ServiceError,
  startJob,
} from "@tracker/contracts";
import type { Clock } from "@tracker/service";

const STEP_MS_MAX = 5 * 60_000;
const LOOK_MS = 1_000;
/** While the store restarts a question may go unanswered; asking that often covers half a minute. */
const ATTEMPTS = 12;

type Step = "poll" | "import" | "snapshot";
const START = {
  poll: startJob("poll"),
  import: startJob("import"),
  snapshot: startJob("snapshot"),
};

const STEPS = 3;

/**
 * The night's work: a library sample, which also finds new games, the import of what is new, then the snapshot of the day that
 * has ended. A sample or an import that fails or takes too long does not keep the snapshot from being written: later samples
 * bring it up to date, and the import goes on by itself.
 */
export async function workNightly(bus: Bus, clock: Clock, work: Work): Promise<WorkResult> {
  await tell(work, 0, "library sample");
  const poll = await sampleLibrary(bus, clock, work.signal);
  if (work.signal.aborted) return { poll };
  await tell(work, 1, "import of new games");
  const imported =
    poll.state === "done"
      ? await runStep(bus, clock, "import", work.signal)
      : skipped("no library sample");
  if (work.signal.aborted) return { poll, import: imported };
  await tell(work, 2, "snapshot");
  const snapshot = await runStep(bus, clock, "snapshot", work.signal);
  if (work.signal.aborted) return { poll, import: imported, snapshot };
  if (snapshot.state !== "done") {
    const reason =
      snapshot.error ?? `it is ${snapshot.state} after ${STEP_MS_MAX / 60_000} minutes`;
    throw new Error(`the snapshot was not written: ${reason}`);
  }
  await tell(work, STEPS, null);
  return { poll, import: imported, snapshot };
}

/** A store that restarts misses a report, which is no reason to give the night's work up. */
async function tell(work: Work, done: number, message: string | null): Promise<void> {
  await work.report({ done, total: STEPS, message }).catch(unlessAway);
}

/** Null while the store is away. */
function unlessAway(error: unknown): null {
  if (error instanceof ServiceError && error.code === "UNAVAILABLE") return null;
  throw error;
}

interface StepEnd {
  readonly job_id: number | null;
  readonly state: Job["state"] | "skipped";
  readonly result: Job["result"];
  readonly error: string | null;
}

async function sampleLibrary(bus: Bus, clock: Clock, signal: AbortSignal): Promise<StepEnd> {
  // A poller that does not answer may be starting; its job waits for it.
  const configured = await request(bus, getPollerStatus, {}, { signal }).then(
    (status) => status.configured,
    () => true,
  );
  if (configured) return runStep(bus, clock, "poll", signal);
  return skipped("Steam is not configured");
}

function skipped(error: string): StepEnd {
  return { job_id: null, state: "skipped", result: null, error };
}

/** Starts a job, or joins one that is active, and waits for its end, for a while. Whatever comes is an answer. */
async function runStep(bus: Bus, clock: Clock, step: Step, signal: AbortSignal): Promise<StepEnd> {
  const { id } = await request(bus, START[step], {}, { attempts: ATTEMPTS, signal });
  const latest = clock.monotonic() + STEP_MS_MAX;
  for (;;) {
    const job = await request(bus, getJob, { id }, { signal }).catch(unlessAway);
    const ended = job !== null && FINAL_JOB_STATES.includes(job.state);
    if (ended || signal.aborted || clock.monotonic() >= latest) return endOf(id, job);
    await clock.wait(LOOK_MS, signal);
  }
}

function endOf(id: number, job: Job | null): StepEnd {
  return {
    job_id: id,
    state: job?.state ?? "queued",
    result: job?.result ?? null,
    error: job?.error ?? null,
  };
}
