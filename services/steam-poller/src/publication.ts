import { type Bus, publishFact } from "@tracker/bus";
import { librarySampled, presenceObserved } from "@tracker/contracts";
import { withTrace } from "@tracker/service";
import type { OutgoingFact } from "./fact-queue.ts";

/** Publishes facts to their stream, each with a trace of its own that its way through the system can be followed by. */
export function publishOutgoing(bus: Bus) {
  return (fact: OutgoingFact, signal: AbortSignal): Promise<boolean> =>
    withTrace(undefined, () =>
      fact.noun === "library"
        ? publishFact(bus, librarySampled, fact.data, signal)
        : publishFact(bus, presenceObserved, fact.data, signal),
    );
}
