import type { Limiter } from "@tracker/limiter";
import type { Log } from "@tracker/service";
import type { StatusAnswer } from "./poller.ts";

/** The quotas as status shows them; none while the bus cannot tell, which must not hide the rest of the status. */
export function quotaStatus(limiter: Pick<Limiter, "usage">, log: Log) {
  return async (): Promise<StatusAnswer["quotas"]> => {
    try {
      const usage = await limiter.usage();
      return usage.map(({ api, windows, paused_until, waiting }) => {
        return { api, windows: [...windows], paused_until, waiting };
      });
    } catch (error) {
      log.debug("the quotas are not known", { error });
      return [];
    }
  };
}
