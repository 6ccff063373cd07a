import { type Bus, request } from "@tracker/bus";
import { type Input, isUnavailable, type Output, type Request } from "@tracker/contracts";
import { wait } from "@tracker/service";

/** Asks the store, for as long as it takes. */
export type Ask = <R extends Request>(definition: R, input: Input<R>) => Promise<Output<R>>;

const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 3_000;
/** When a crawl is halted, results at hand are still sent to the store if it answers. */
const ATTEMPTS_AFTER_HALT = 3;

/**
 * Repeats the question while the store does not answer: a restart is no reason to give a crawl up. Once the signal is
 * aborted, a few tries must do.
 */
export function patientAsk(bus: Bus, signal: AbortSignal): Ask {
  return async (definition, input) => {
    let afterHalt = 0;
    for (let attempt = 0; ; attempt++) {
      try {
        return await request(bus, definition, input, { attempts: 1 });
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        if (signal.aborted && (afterHalt += 1) >= ATTEMPTS_AFTER_HALT) throw error;
        if (attempt === 10) bus.log.warn("the crawl waits for the store", { error });
      }
      await wait(Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(attempt, 6)), signal);
    }
  };
}
