import { wait } from "@tracker/service";
import type { EventHub } from "./event-hub.ts";

const LOOK_MS = 200;

/** Has the readers of events told that none can come while the bus is away: their connections alone do not show it. */
export async function watchBus(
  isConnected: () => boolean,
  hub: Pick<EventHub, "noteBus">,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    hub.noteBus(isConnected());
    await wait(LOOK_MS, signal);
  }
}
