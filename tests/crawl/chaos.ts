import { wait } from "@tracker/service";
import { createRandom } from "../steam-sim/random.ts";
import { differences, repeatedHistory, storedApps } from "./stored.ts";
import { startCrawlSystem, type Victim, VICTIMS } from "./system.ts";

export interface CrawlChaosOptions {
  readonly seed: number;
  readonly apps: number;
  readonly limits: Readonly<Record<string, string>>;
  readonly batchSize: number;
  /** What is killed, in this order; random ones until there were so many kills. */
  readonly kills: readonly Victim[] | number;
}

export interface CrawlChaosResult {
  readonly killed: Readonly<Record<string, number>>;
  readonly crawls: number;
  readonly seconds: number;
  /** Requests about an app that a crawl without kills would not have made. */
  readonly fetchedAgain: number;
  /** The same at the most that is promised: a batch for each kill of the collector. */
  readonly fetchedAgainMax: number;
  readonly wrong: readonly string[];
  readonly repeatedHistory: number;
  readonly problems: readonly unknown[];
  readonly collectorPeakMib: number;
}

const ENDED_MS_MAX = 300_000;
const LOOK_MS = 50;
/**
 * Crawls while the collector, the store and nats-server are killed with SIGKILL at random points, each only after there was
 * something new to lose, and tells what that cost.
 */
export async function crawlThroughChaos(options: CrawlChaosOptions): Promise<CrawlChaosResult> {
  const { seed, apps, batchSize } = options;
  const startedAt = performance.now();
  const limits = { ...options.limits, BATCH_SIZE: String(batchSize), MAX_WORKERS: "4" };
  await using system = await startCrawlSystem(apps, limits);
  const random = createRandom(seed);
  const killed: Record<string, number> = {};
  const problems: unknown[] = [];
  const victims = victimsOf(options.kills, random);
  let crawls = 0;
  let id = 0;
  const begin = async () => {
    id = await system.start({ full_refresh: crawls > 0 });
    crawls += 1;
  };
  const asked = () => system.sim.requestCount();
  const end = async () => {
    const job = await system.job(id);
    problems.push(...((job?.result?.["problems"] as unknown[] | undefined) ?? []), job?.error);
  };
  await begin();
  for (const victim of victims) {
    const before = await asked();
    // Something between one and a few hundred requests after the last kill.
    const few = 1 + Math.floor(random.next() ** 2 * 3 * batchSize);
    while ((await asked()) < before + few) {
      if (await system.hasEnded(id)) {
        await end();
        await begin();
      }
      await wait(LOOK_MS);
    }
    await system.kill(victim);
    killed[victim] = (killed[victim] ?? 0) + 1;
  }
  const latest = performance.now() + ENDED_MS_MAX;
  while (!(await system.hasEnded(id))) {
    if (performance.now() > latest)
      throw new Error(`the crawl did not end: ${JSON.stringify(await system.job(id))}`);
    await wait(LOOK_MS);
  }
  await end();
  const { dataDir } = system.server;
  return {
    killed,
    crawls,
    seconds: (performance.now() - startedAt) / 1_000,
    fetchedAgain: fetchedMoreOften(await system.sim.requests("SteamSpyDetails"), crawls),
    fetchedAgainMax: (killed["steamspy-collector"] ?? 0) * batchSize,
    wrong: differences(storedApps(dataDir), system.catalogue),
    repeatedHistory: repeatedHistory(dataDir),
    problems: problems.filter((problem) => problem !== null),
    collectorPeakMib: system.collectorPeakMib,
  };
}

function victimsOf(kills: CrawlChaosOptions["kills"], random: { next(): number }): Victim[] {
  if (typeof kills !== "number") return [...kills];
  return Array.from(
    { length: kills },
    () => VICTIMS[Math.floor(random.next() * VICTIMS.length)] ?? "store",
  );
}

function fetchedMoreOften(
  requests: readonly { readonly appId: number | null }[],
  expected: number,
): number {
  const counts = new Map<number | null, number>();
  for (const { appId } of requests) counts.set(appId, (counts.get(appId) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.max(0, count - expected), 0);
}
