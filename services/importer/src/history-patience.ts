import type { Work } from "@tracker/bus";
import { type JobProgress, ServiceError } from "@tracker/contracts";
import type { Clock, Log } from "@tracker/service";
import { SteamFailure } from "@tracker/steam";

const PAUSE_MS_MIN = 5_000;
const PAUSE_MS_MAX = 5 * 60_000;
/** After so long without an answer the job goes on without it; the next job asks again. */
const TROUBLE_MS_MAX = 6 * 3_600_000;

/**
 * Asks until Steam answers, through throttling and outages of hours: the job's message says meanwhile why it waits. Any other failure, and
 * the end of the job, is the caller's.
 */
export async function askPatiently<T>(
  work: Work,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  ask: () => Promise<T>,
): Promise<T> {
  const since = clock.monotonic();
  for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX)) {
    try {
      return await ask();
    } catch (error) {
      work.signal.throwIfAborted();
      const isOver = clock.monotonic() - since > TROUBLE_MS_MAX;
      if (!(error instanceof SteamFailure) || !isPassing(error) || isOver) throw error;
      log.info("history: Steam does not answer now; waiting", { kind: error.kind, pauseMs });
      await tell(work, { message: error.message });
      await clock.wait(pauseMs, work.signal);
      work.signal.throwIfAborted();
    }
  }
}

/** Whether the trouble is Steam's at the moment, and time alone mends it. */
function isPassing({ kind }: SteamFailure): boolean {
  return kind === "limited" || kind === "unreachable";
}

/** Tells how far the job is. A store that is starting again need not know: the next word tells it. */
export async function tell(work: Work, progress: Partial<JobProgress>): Promise<void> {
  await work.report(progress).catch((error: unknown) => {
    if (!(error instanceof ServiceError && error.code === "UNAVAILABLE")) throw error;
  });
}
