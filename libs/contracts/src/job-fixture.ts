import type { Job } from "./job.ts";

/** A job that runs, for a test whose store answers one. */
export const RUNNING_JOB: Job = {
  id: 1,
  kind: "poll",
  arguments: {},
  state: "running",
  progress: { done: 0, total: null, rate_per_minute: null, eta_seconds: null, message: null },
  result: null,
  error: null,
  requested_by: "test",
  created_at: "2026-11-20T05:05:00.000Z",
  started_at: "2026-11-20T05:05:00.000Z",
  heartbeat_at: null,
  finished_at: null,
};
