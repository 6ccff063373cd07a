import { type Bus, request, workOn } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import {
  type CrawlArguments,
  FINAL_JOB_STATES,
  getJob,
  type Job,
  pauseJob,
  resumeJob,
  startJob,
} from "@tracker/contracts";
import { systemClock } from "@tracker/service";
import { type Permits, unlimitedPermits } from "@tracker/steam";
import { createCollector, readConfig } from "@tracker/steamspy-collector";
import { runStore } from "@tracker/store";
import { until } from "../service-process.ts";
import { SIM_KEY, startSteamSim, type SteamSim, type SteamSimOptions } from "../steam-sim/sim.ts";

/** A store and a collector in this process, between a real NATS and a simulated Steam, with permits of the test's own. */
export interface CrawlRig extends AsyncDisposable {
  readonly sim: SteamSim;
  readonly server: TestServer;
  readonly api: Bus;
  /** What the APIs were told to be paused for, by the collector. */
  readonly pauses: string[];
  isAtWork(): boolean;
  /** Lets a second collector work on the same crawl, as if it had been taken for dead; resolves at its end. */
  workToo(id: number): Promise<void>;
  start(given?: CrawlArguments): Promise<number>;
  job(id: number): Promise<Job>;
  pause(id: number): Promise<Job>;
  resume(id: number): Promise<Job>;
  /** Starts a crawl and waits for its end. */
  crawl(given?: CrawlArguments): Promise<Job>;
}

const CRAWL_MS_MAX = 120_000;
/** Waits a thousandth as long as real ones. */
const PACE = { firstMs: 1, maxMs: 300, giveUpMs: 30_000 };

export async function startCrawlRig(
  options: SteamSimOptions,
  env: Readonly<Record<string, string>> = {},
): Promise<CrawlRig> {
  const sim = await startSteamSim(options);
  const server = await startTestServer();
  const storeHost = server.host();
  const storing = runStore(storeHost);
  const api = await server.connect("api");
  await until("the store to be ready", 20_000, () => storeHost.health.report().status === "ready");
  const bus = await server.connect("steamspy-collector");
  const pauses: string[] = [];
  const permits: Permits = {
    ...unlimitedPermits,
    pause: (name) => Promise.resolve(void pauses.push(name)),
  };
  const addresses = { STEAM_API_URL: sim.url, STEAM_STORE_URL: sim.url, STEAMSPY_URL: sim.url };
  const config = readConfig({
    STEAM_API_KEY: SIM_KEY,
    RETRY_ATTEMPTS: "1",
    // Leases are as long as the quota makes a batch: short, here.
    STEAMSPY_API_LIMIT: "100000/minute",
    ...addresses,
    ...env,
  });
  const { log } = bus;
  const collector = createCollector({ config, bus, permits, clock: systemClock, log, pace: PACE });
  const stop = new AbortController();
  const working = workOn(bus, "crawl", (work) => collector.crawl(work), stop.signal);
  const start = async (given: CrawlArguments = {}) =>
    (await request(api, startJob("crawl"), given)).id;
  const job = (id: number) => request(api, getJob, { id });
  return {
    sim,
    server,
    api,
    pauses,
    async workToo(id) {
      const other = createCollector({ config, bus, permits, clock: systemClock, log, pace: PACE });
      const { signal } = stop;
      await other.crawl({ job: await job(id), signal, tell: () => Promise.resolve() });
    },
    isAtWork: () => collector.detail?.startsWith("works") ?? false,
    start,
    job,
    pause: (id) => request(api, pauseJob, { id }),
    resume: (id) => request(api, resumeJob, { id }),
    async crawl(given) {
      const id = await start(given);
      await until("the crawl to end", CRAWL_MS_MAX, async () =>
        FINAL_JOB_STATES.includes((await job(id)).state),
      );
      return job(id);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await working;
      await bus[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
      storeHost.stop();
      await storing;
      await server[Symbol.asyncDispose]();
      await sim[Symbol.asyncDispose]();
    },
  };
}
