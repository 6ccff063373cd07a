import {
  awaitJobEnd,
  type Bus,
  JOB_END_MS_MAX,
  sampleLibrary,
  type Work,
  type WorkResult,
} from "@tracker/bus";
import type { Clock } from "@tracker/service";

const STEPS = 3;

/**
 * The night's work: a library sample, which also finds new games, the import of what is new, then the snapshot of the day that
 * has ended. A sample or an import that fails or takes too long does not keep the snapshot from being written: later samples
 * bring it up to date, and the import goes on by itself.
 */
export async function workNightly(bus: Bus, clock: Clock, work: Work): Promise<WorkResult> {
  await work.tell({ done: 0, total: STEPS, message: "library sample" });
  const poll = (await sampleLibrary(bus, clock, work.signal)) ?? skipped("Steam is not configured");
  if (work.signal.aborted) return { poll };
  await work.tell({ done: 1, total: STEPS, message: "import of new games" });
  const imported =
    poll.state === "done"
      ? await awaitJobEnd(bus, clock, "import", work.signal)
      : skipped("no library sample");
  if (work.signal.aborted) return { poll, import: imported };
  await work.tell({ done: 2, total: STEPS, message: "snapshot" });
  const snapshot = await awaitJobEnd(bus, clock, "snapshot", work.signal);
  if (work.signal.aborted) return { poll, import: imported, snapshot };
  if (snapshot.state !== "done") {
    const reason =
      snapshot.error ?? `it is ${snapshot.state} after ${JOB_END_MS_MAX / 60_000} minutes`;
    throw new Error(`the snapshot was not written: ${reason}`);
  }
  await work.tell({ done: STEPS, total: STEPS, message: null });
  return { poll, import: imported, snapshot };
}

interface SkippedStep {
  readonly job_id: null;
  readonly state: "skipped";
  readonly result: null;
  readonly error: string;
}

function skipped(error: string): SkippedStep {
  return { job_id: null, state: "skipped", result: null, error };
}
