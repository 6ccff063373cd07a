/** The streams behind facts, jobs and events. Who provisions them: the store, at its start. */
export const FACTS_STREAM = "FACTS";
export const JOBS_STREAM = "JOBS";
export const EVENTS_STREAM = "EVENTS";

/** The store's consumer of FACTS. One at a time and in order, so that samples are applied as they were taken. */
export const FACTS_CONSUMER = "store";

export const JOB_SUBJECT_PREFIX = "jobs.run.";

/** The processes that speak on the bus: each has its own user with its own permissions. */
export const SERVICES = [
  "store",
  "api",
  "steam-poller",
  "scheduler",
  "importer",
  "steamspy-collector",
] as const;
export type ServiceName = (typeof SERVICES)[number];
/** The person with the `nats` CLI. */
export const OPERATOR = "operator";
