import { answer, type Answer } from "@tracker/bus";
import {
  cancelJob,
  getStoreStatus,
  listBackups,
  listRuns,
  getJob,
  JOB_KIND_NAMES,
  type Job,
  listJobs,
  pauseJob,
  resumeJob,
  ServiceError,
  startJob,
} from "@tracker/contracts";
import { pageOf } from "./answer-example.ts";
import { BACKUP_EXAMPLE, RUN_EXAMPLE, STORE_STATUS_EXAMPLE } from "./operation-example.ts";
import { testJob } from "./test-data.ts";
import type { TestStore } from "./test-store.ts";

/** Jobs in memory, which nobody works at, and how the store does. */
export function operationAnswers(store: TestStore): Answer[] {
  const enter = (id: number, state: Job["state"]) => {
    const job = store.job(id);
    if (job.state === "cancelled") throw new ServiceError("CONFLICT", "the job has ended");
    store.jobs.set(id, { ...job, state });
    return store.job(id);
  };
  const starts = JOB_KIND_NAMES.map((kind) =>
    answer(startJob(kind), () => {
      const active = [...store.jobs.values()].find(
        (job) => job.kind === kind && job.state === "queued",
      );
      if (active)
        return { id: active.id, kind, state: active.state, already_active: true as const };
      const end = kind === "export" ? store.exported : {};
      const job = testJob({ id: store.jobs.size + 1, kind, ...end });
      store.jobs.set(job.id, job);
      return { id: job.id, kind, state: job.state };
    }),
  );
  return [
    ...starts,
    answer(listJobs, () => ({ items: [...store.jobs.values()], next_cursor: null })),
    answer(getJob, ({ id }) => store.job(id)),
    answer(pauseJob, ({ id }) => enter(id, "paused")),
    answer(resumeJob, ({ id }) => enter(id, "queued")),
    answer(cancelJob, ({ id }) => enter(id, "cancelled")),
    answer(listBackups, () => ({ items: [BACKUP_EXAMPLE] })),
    answer(listRuns, () => pageOf(RUN_EXAMPLE)),
    answer(getStoreStatus, () => ({ ...STORE_STATUS_EXAMPLE, games: store.games.size })),
  ];
}
