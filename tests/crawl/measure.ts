import { request } from "@tracker/bus";
import { type Job, searchApps } from "@tracker/contracts";
import { parseQuota } from "@tracker/limiter";
import { wait } from "@tracker/service";
import type { EndpointName } from "../steam-sim/fault.ts";
import type { SteamSimControl } from "../steam-sim/control.ts";
import { differences, repeatedHistory, storedApps } from "./stored.ts";
import { startCrawlSystem } from "./system.ts";

/** Which requests of a crawl count for which quota. */
const COUNTED: Readonly<Record<string, readonly EndpointName[]>> = {
  STEAM_WEB_API_LIMIT: ["GetAppList", "GetTagList", "GetItems"],
  STEAMSPY_API_LIMIT: ["SteamSpyDetails"],
  STEAMSPY_ALL_LIMIT: ["SteamSpyAll"],
};
const LOOK_MS = 250;
const READ_MS = 20;

/** How one quota was used while there was work for it. */
export interface QuotaMeasure {
  readonly limit: string;
  readonly requests: number;
  /** Requests of what the quota allows from the first to the last. */
  readonly share: number;
  /** The most in any rolling window, of the limit. */
  readonly fullestWindow: number;
}

export interface CrawlMeasure {
  readonly job: Job;
  readonly seconds: number;
  readonly quotas: Readonly<Record<string, QuotaMeasure>>;
  readonly collectorPeakMib: number;
  /** 99th percentile of searches in the store meanwhile, as its callers wait for them, milliseconds. */
  readonly readP99Ms: number;
  readonly wrong: readonly string[];
  readonly repeatedHistory: number;
  /** Requests for details of an app that had been asked about before. */
  readonly askedTwice: number;
}

/** Crawls a simulated catalogue with these limits and measures what is promised of it. */
export async function measureCrawl(
  apps: number,
  limits: Readonly<Record<string, string>>,
): Promise<CrawlMeasure> {
  await using system = await startCrawlSystem(apps, limits);
  const startedAt = performance.now();
  const id = await system.start();
  const reads: number[] = [];
  const stop = new AbortController();
  const reading = (async () => {
    while (!stop.signal.aborted) {
      const askedAt = performance.now();
      await request(system.api, searchApps, { q: "the", limit: 20 }).catch(() => null);
      reads.push(performance.now() - askedAt);
      await wait(READ_MS, stop.signal);
    }
  })();
  while (!(await system.hasEnded(id))) await wait(LOOK_MS, stop.signal);
  stop.abort();
  await reading;
  const job = await system.job(id);
  if (job === null) throw new Error("the store does not answer");
  const asked = (await system.sim.requests("SteamSpyDetails")).map(({ appId }) => appId);
  const { dataDir } = system.server;
  return {
    job,
    seconds: (performance.now() - startedAt) / 1_000,
    quotas: await measureQuotas(system.sim, limits),
    collectorPeakMib: system.collectorPeakMib,
    readP99Ms: reads.toSorted((a, b) => a - b)[Math.floor(reads.length * 0.99)] ?? Number.NaN,
    wrong: differences(storedApps(dataDir), system.catalogue),
    repeatedHistory: repeatedHistory(dataDir),
    askedTwice: asked.length - new Set(asked).size,
  };
}

async function measureQuotas(
  sim: SteamSimControl,
  limits: Readonly<Record<string, string>>,
): Promise<Record<string, QuotaMeasure>> {
  const measures: Record<string, QuotaMeasure> = {};
  for (const [name, limit] of Object.entries(limits)) {
    const endpoints = COUNTED[name];
    if (endpoints !== undefined) measures[name] = await measureQuota(sim, endpoints, limit);
  }
  return measures;
}

async function measureQuota(
  sim: SteamSimControl,
  endpoints: readonly EndpointName[],
  text: string,
): Promise<QuotaMeasure> {
  const { limit, windowMs } = parseQuota(text);
  const at = (await sim.requests(endpoints)).map(({ atMs }) => atMs);
  const spanMs = (at.at(-1) ?? 0) - (at[0] ?? 0);
  return {
    limit: text,
    requests: at.length,
    // The last request ends a span that it does not fill.
    share: Math.max(0, at.length - 1) / Math.max(1, (spanMs * limit) / windowMs),
    fullestWindow: (await sim.largestWindow(endpoints, windowMs)) / limit,
  };
}
