import { isJobKind, JOB_SUBJECT_PREFIX } from "@tracker/contracts";
import { type Log, wait } from "@tracker/service";
import { type Database, inTransaction } from "./database.ts";
import { sendJob } from "./outbox.ts";

const INTERVAL_MS = 30_000;
/** A queued job that no worker has claimed this long after its message was published: the message is lost, or the worker is down. */
const UNCLAIMED_MS = 60_000;
/** Workers report every 5 s; one that is silent this long is gone. */
const SILENT_MS = 90_000;

/**
 * Publishes the messages of jobs that seem lost again: the row is the truth, and a worker that gets one twice skips
 * what is done. Answers how many. One that still waits in the outbox is not lost.
 */
export function republishLostJobs(database: Database, now: number): number {
  return inTransaction(database, () => {
    const lost = database
      .prepare<{ id: number; kind: string }>(
        `SELECT id, kind FROM jobs
         WHERE ((state = 'queued' AND coalesce(published_at, created_at) < ?1)
             OR (state = 'running' AND max(coalesce(heartbeat_at, 0), coalesce(published_at, 0)) < ?2))
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE subject = '${JOB_SUBJECT_PREFIX}' || kind)`,
      )
      .all(now - UNCLAIMED_MS, now - SILENT_MS);
    let published = 0;
    for (const { id, kind } of lost) {
      if (!isJobKind(kind)) continue;
      sendJob(database, { id, kind }, now);
      published++;
    }
    return published;
  });
}

/** Looks for lost jobs at the start and every 30 s, until the signal is aborted. */
export async function jobReconciler(
  database: Database,
  log: Log,
  signal: AbortSignal,
  clock: () => number = Date.now,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const published = republishLostJobs(database, clock());
      if (published > 0) log.info("jobs that seemed lost were published again", { published });
    } catch (error) {
      // A disk that is full, mostly: `write_problem` shows it, and the next round tries again.
      log.warn("lost jobs could not be looked for; trying again", { error });
    }
    await wait(INTERVAL_MS, signal);
  }
}
