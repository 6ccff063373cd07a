import type { Job, StartedJob } from "@tracker/contracts";
import type { RunningTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";

const JOB_MS_MAX = 60_000;

/** Starts a job over REST and waits for its end, whichever that is. */
export async function runJob(tracker: RunningTracker, kind: string): Promise<Job> {
  const { id } = await tracker.send<StartedJob>("POST", "/api/jobs", { kind });
  const look = () => tracker.get<Job>(`/api/jobs/${id}`);
  await until(`${kind} to end`, JOB_MS_MAX, async () => (await look()).finished_at !== null);
  return look();
}
