import type { Work, WorkResult } from "@tracker/bus";
import type { getPollerStatus, getPresence, Output } from "@tracker/contracts";
import type { Clock, Log } from "@tracker/service";
import type { KnownAccount, Permits } from "@tracker/steam";
import type { PollerConfig } from "./config.ts";
import type { FactQueue } from "./fact-queue.ts";
import { FollowedAccount } from "./followed-account.ts";

export type PresenceAnswer = Output<typeof getPresence>;
export type StatusAnswer = Output<typeof getPollerStatus>;

/** Follows one Steam account, or, where none is configured, says so to whoever asks. */
export interface Poller {
  /** Its state in one clause, for people. */
  readonly detail: string | undefined;
  /** Looks at Steam until its signal is aborted. */
  run(): Promise<void>;
  presence(): Promise<PresenceAnswer>;
  status(): Promise<StatusAnswer>;
  /** Works on a `poll` job: takes one sample. Its failure is the job's. */
  poll(work: Work): Promise<WorkResult>;
}

export interface PollerOptions {
  readonly known: KnownAccount;
  readonly config: PollerConfig;
  readonly permits: Permits;
  readonly quotas: () => Promise<StatusAnswer["quotas"]>;
  /** Whether permits can be had: without the bus there are none, and who waits for one in vain would blame Steam. */
  readonly reachable: () => boolean;
  readonly facts: FactQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export function createPoller(options: PollerOptions): Poller {
  const { account, missing } = options.known;
  if (account !== null) return new FollowedAccount(account, options);
  const reason = `${missing ?? "no Steam account is set up"}; until then the library is kept by hand`;
  return createIdlePoller(reason, options);
}

/** Without a key everything else works: the poller answers, and follows nobody. */
function createIdlePoller(reason: string, { known, quotas, log }: PollerOptions): Poller {
  return {
    detail: reason,
    run: () => {
      log.warn(reason);
      return Promise.resolve();
    },
    presence: () =>
      Promise.resolve({
        presence: null,
        recent: null,
        recent_observed_at: null,
        configured: false,
      }),
    status: async () => ({
      configured: false,
      source: known.source,
      steam_id: null,
      presence: { outcome: null, reason, observed_at: null },
      next_sample_at: null,
      facts_waiting: 0,
      facts_waiting_since: null,
      quotas: await quotas(),
    }),
    poll: () => Promise.reject(new Error(reason)),
  };
}
