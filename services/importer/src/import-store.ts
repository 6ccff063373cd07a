import { type Bus, JOB_END_MS_MAX, type JobEnd, request, sampleLibrary } from "@tracker/bus";
import {
  FINAL_JOB_STATES,
  type Input,
  isUnavailable,
  type Output,
  planImport,
  recordAchievements,
  recordCovers,
  recordOverview,
  type Request,
} from "@tracker/contracts";
import type { Clock } from "@tracker/service";

/** The store as an import needs it; while it is away every question waits. */
export interface ImportStore {
  plan(jobId: number): Promise<Output<typeof planImport>>;
  record(input: Input<typeof recordAchievements>): Promise<Output<typeof recordAchievements>>;
  overview(items: Input<typeof recordOverview>["items"]): Promise<void>;
  covers(items: Input<typeof recordCovers>["items"]): Promise<void>;
  /** Has the library sampled; answers null when that worked, else why not: what the library has is imported all the same. */
  sampleLibrary(): Promise<string | null>;
}

const RETRY_MS = 1_000;

export function createImportStore(bus: Bus, clock: Clock, signal: AbortSignal): ImportStore {
  const ask = async <R extends Request>(definition: R, input: Input<R>): Promise<Output<R>> => {
    for (;;) {
      try {
        return await request(bus, definition, input, { signal });
      } catch (error) {
        signal.throwIfAborted();
        if (!isUnavailable(error)) throw error;
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
      const end = await sampleLibrary(bus, clock, signal);
      signal.throwIfAborted();
      return end === null ? "the steam-poller is not configured" : problemOf(end);
    },
  };
}

function problemOf({ state, error }: JobEnd): string | null {
  if (state === "done") return null;
  if (FINAL_JOB_STATES.includes(state)) return error ?? `the sample was ${state}`;
  return `the sample is ${state} after ${JOB_END_MS_MAX / 60_000} minutes`;
}
