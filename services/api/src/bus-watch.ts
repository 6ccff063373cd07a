import { wait } from "@tracker/service";
import type { EventHub } from "./event-hub.ts";

const LOOK_MS = 200;

/** Informs readers of events when the bus goes away, since no event can come then and their connections do not show it. */
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
