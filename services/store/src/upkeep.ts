import { isUnavailable } from "@tracker/contracts";
import { wait } from "@tracker/service";

/** A work that the store does beside everything else, a little at a time, as long as it runs. */
export interface Upkeep {
  /** Begins it anew; each step takes some milliseconds, which nobody notices. */
  readonly begin: () => Iterable<void>;
  readonly everyMs: number;
  /** Between two steps. */
  readonly restMs: number;
}

/** Repeats a work until the signal is aborted. */
export async function keepUp(
  { begin, everyMs, restMs }: Upkeep,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await wait(everyMs, signal);
    try {
      for (const _step of begin()) {
        if (signal.aborted) return;
        await wait(restMs, signal);
      }
    } catch (error) {
      // A full disk is told by the store's health; what was to be done is done the next time.
      if (!isUnavailable(error)) throw error;
    }
  }
}
