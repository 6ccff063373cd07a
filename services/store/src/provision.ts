import { type Bus, provisionStreams } from "@tracker/bus";
import { wait } from "@tracker/service";

const INTERVAL_MS = 30_000;
const RETRY_MS = 500;
const FAILURES_MAX = 20;

/** Makes sure of the streams before the store says that it is ready. A server that stays unwilling although it is connected ends the process. */
export async function provisionAtStart(bus: Bus, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    try {
      await provisionStreams(bus);
      return;
    } catch (error) {
      if (bus.connected) failures += 1;
      if (failures >= FAILURES_MAX) throw error;
      bus.log.warn("nats: the streams are not there yet; trying again", { error });
    }
    await wait(RETRY_MS, signal);
  }
}

/** Looks after the streams until the signal is aborted: one that somebody deleted comes back, and what was queued in it is published again by its owner. */
export async function keepStreams(bus: Bus, signal: AbortSignal): Promise<void> {
  for (;;) {
    await wait(INTERVAL_MS, signal);
    if (signal.aborted) return;
    if (!bus.connected) continue;
    await provisionStreams(bus).catch((error: unknown) =>
      bus.log.warn("nats: the streams could not be checked; trying again", { error }),
    );
  }
}
