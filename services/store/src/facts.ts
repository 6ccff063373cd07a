import { decode, type Delivery } from "@tracker/bus";
import { isUnavailable, librarySampled, presenceObserved, ServiceError } from "@tracker/contracts";
import type { Calendar } from "@tracker/playtime";
import type { Log } from "@tracker/service";
import type { Database } from "./database.ts";
import { applyLibrarySample } from "./library.ts";
import { applyPresence } from "./presence.ts";

/**
 * A fact that fails this often for a reason of its own is given up. The minutes of a library sample come with the next one, as totals
 * are cumulative; what presence saw then is lost, so that a day may be told less exactly.
 */
const ATTEMPTS_MAX = 3;

/**
 * Makes the consumer of facts. Returning means that the fact is committed, or given up with an error in the log; a
 * rejection that it is tried again before the next. A disk that cannot be written keeps it waiting for as long as it takes.
 */
export function factHandler(
  database: Database,
  calendar: Calendar,
  log: Log,
  clock: () => number,
): (delivery: Delivery) => Promise<void> {
  return async (delivery) => {
    try {
      applyFact(database, calendar, log, delivery, clock());
    } catch (error) {
      const passes = isUnavailable(error);
      const isHopeless = error instanceof ServiceError && !passes;
      if (!isHopeless && (passes || delivery.attempt < ATTEMPTS_MAX)) throw error;
      log.error("a fact cannot be applied and is given up", { subject: delivery.subject, error });
    }
  };
}

function applyFact(
  database: Database,
  calendar: Calendar,
  log: Log,
  { subject, body }: Delivery,
  now: number,
): void {
  if (subject === librarySampled.subject) {
    const fact = decode(librarySampled.data, body);
    const summary = applyLibrarySample(database, calendar, fact, now);
    const { id, trigger } = fact;
    if (summary === null) log.debug("a library sample came twice", { run: id });
    else log.info("library sample", { run: id, trigger, ...summary });
    return;
  }
  if (subject === presenceObserved.subject) {
    const fact = decode(presenceObserved.data, body);
    const applied = applyPresence(database, calendar, fact, now);
    if (!applied)
      log.debug("a look at presence comes again, or late, or from the future", {
        at: fact.observed_at,
      });
    return;
  }
  throw new ServiceError("INVALID", `no fact is called ${subject}`);
}
