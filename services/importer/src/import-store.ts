import { type Bus, request } from "@tracker/bus";
import {
  FINAL_JOB_STATES,
  getJob,
  getPollerStatus,
  type Input,
  type Job,
  type Output,
  planImport,
  recordAchievements,
  recordCovers,
  recordOverview,
  type Request,
  ServiceError,
  startJob,
} from "@tracker/contracts";
import type { Clock } from "@tracker/service";

/** The store as an import needs it; while it is away every question waits. */
export interface ImportStore {
  plan(jobId: number): Promise<Output<typeof planImport>>;
  record(input: Input<typeof recordAchievements>): Promise<Output<typeof recordAchievements>>;
  overview(items: Input<typeof recordOverview>["items"]): Promise<void>;
  covers(items: Input<typeof recordCovers>["items"]): Promise<void>;
  /** Has the library sampled; answers null when that worked, else why not. */
  sampleLibrary(): Promise<string | null>;
}

const POLL = startJob("poll");
const LOOK_MS = 250;
const RETRY_MS = 1_000;
/** A poller that is down must not hold an import for ever: what the library has can be imported all the same. */
const SAMPLE_MS_MAX = 5 * 60_000;

export function createImportStore(bus: Bus, clock: Clock, signal: AbortSignal): ImportStore {
  const ask = async <R extends Request>(definition: R, input: Input<R>): Promise<Output<R>> => {
    for (;;) {
      try {
        return await request(bus, definition, input, { signal });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ServiceError) || error.code !== "UNAVAILABLE") throw error;
        await clock.wait(RETRY_MS, signal);
      }
    }
  };
  return {
    plan: (jobId) => ask(planImport, { job_id: jobId }),
    record: (input) => ask(recordAchievements, input),
    overview: async (items) => void (await ask(recordOverview, { items })),
    covers: async (items) => void (await ask(recordCovers, { items })),
    async sampleLibrary() {
      const configured = await request(bus, getPollerStatus, {}, { signal }).then(
        (status) => status.configured,
        () => false,
      );
      signal.throwIfAborted();
      if (!configured) return "the steam-poller does not answer, or is not configured";
      const { id } = await ask(POLL, {});
      const latest = clock.monotonic() + SAMPLE_MS_MAX;
      for (;;) {
        const job: Job = await ask(getJob, { id });
        if (FINAL_JOB_STATES.includes(job.state)) {
          return job.state === "done" ? null : (job.error ?? `the sample was ${job.state}`);
        }
        if (clock.monotonic() >= latest) return `the sample is ${job.state} after 5 minutes`;
        await clock.wait(LOOK_MS, signal);
        signal.throwIfAborted();
      }
    },
  };
}
