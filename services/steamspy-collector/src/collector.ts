import { type Bus, request, type Work, type WorkResult } from "@tracker/bus";
import {
  type CollectorStatus,
  countDueApps,
  PLANNED_SOURCES,
  type PlannedSource,
} from "@tracker/contracts";
import type { QuotaUsage } from "@tracker/limiter";
import type { Clock, Log } from "@tracker/service";
import {
  createSteamClient,
  createSteamSpyClient,
  createStoreClient,
  type Permits,
} from "@tracker/steam";
import { patientAsk } from "./ask.ts";
import type { CollectorConfig } from "./config.ts";
import { crawl, type Outside } from "./crawl.ts";
import { type Pace, PACE } from "./patience.ts";

/** Works on crawls, one at a time, and reports their progress. */
export interface Collector {
  /** Its state in one clause, for people. */
  readonly detail: string | undefined;
  crawl(work: Work): Promise<WorkResult>;
  status(usage: readonly QuotaUsage[]): Promise<CollectorStatus>;
}

export interface CollectorOptions {
  readonly config: CollectorConfig;
  readonly bus: Bus;
  readonly permits: Permits;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: PACE. */
  readonly pace?: Pace;
}

/** What counting may take before the status goes without it. */
const COUNT_MS_MAX = 1_000;

export function createCollector(options: CollectorOptions): Collector {
  const { config, bus, clock, log, pace = PACE } = options;
  let job: Work["job"] | null = null;
  return {
    get detail() {
      if (job !== null) return `works on job ${job.id}`;
      return config.key() === null
        ? "no Steam API key: the list of apps is not asked for"
        : undefined;
    },
    async crawl(work) {
      job = work.job;
      const askUntil = (signal: AbortSignal) => patientAsk(bus, signal);
      try {
        return await crawl(
          { config, outside: openOutside(options), askUntil, pace, clock, log },
          work,
        );
      } finally {
        job = null;
      }
    },
    status: async (usage) => ({
      configured: config.key() !== null,
      job_id: job?.id ?? null,
      quotas: usage.map(({ windows, ...quota }) => ({ ...quota, windows: [...windows] })),
      sources: await Promise.all(PLANNED_SOURCES.map((source) => countDue(bus, source))).catch(
        () => [],
      ),
    }),
  };
}

async function countDue(bus: Bus, source: PlannedSource) {
  const { due, leased, apps } = await request(
    bus,
    countDueApps,
    { source },
    { attempts: 1, timeoutMs: COUNT_MS_MAX },
  );
  return { source, due, leased, apps };
}

function openOutside({ config, permits }: CollectorOptions): Outside {
  const common = { permits, retryAttempts: config.retryAttempts };
  return {
    // GetItems takes no key; without one the list is never asked for.
    steam: createSteamClient({ ...common, apiUrl: config.apiUrl, key: config.key() ?? "" }),
    spy: createSteamSpyClient({ ...common, spyUrl: config.spyUrl }),
    store: createStoreClient({ ...common, storeUrl: config.storeUrl }),
  };
}
