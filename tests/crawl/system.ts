import { type Bus, request } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import {
  type CrawlArguments,
  FINAL_JOB_STATES,
  getJob,
  type Job,
  startJob,
} from "@tracker/contracts";
import { wait } from "@tracker/service";
import { memoryOf } from "../process-memory.ts";
import { type ServiceProcess, spawnService } from "../service-process.ts";
import { Catalogue } from "../steam-sim/catalogue.ts";
import type { SteamSimControl } from "../steam-sim/control.ts";
import { startSteamSimProcess } from "../steam-sim/process.ts";
import { SIM_KEY } from "../steam-sim/sim.ts";

/** The store, a collector and a simulated Steam as processes of their own, so that the time of an answer is not that of whoever measures it. */
export interface CrawlSystem extends AsyncDisposable {
  readonly sim: SteamSimControl;
  /** What is true of every app: what a crawl has to find. */
  readonly catalogue: Catalogue;
  readonly server: TestServer;
  readonly api: Bus;
  start(given?: CrawlArguments): Promise<number>;
  /** Null while nobody answers. */
  job(id: number): Promise<Job | null>;
  hasEnded(id: number): Promise<boolean>;
  /** Kills one with SIGKILL, and starts it again. */
  kill(victim: Victim): Promise<void>;
  /** The most memory that any collector ever had, in MiB; by Linux's own account. */
  readonly collectorPeakMib: number;
}

export const VICTIMS = ["steamspy-collector", "store", "nats-server"] as const;
export type Victim = (typeof VICTIMS)[number];
type Service = Exclude<Victim, "nats-server">;

const LOOK_MS = 50;

export async function startCrawlSystem(
  apps: number,
  limits: Readonly<Record<string, string>>,
): Promise<CrawlSystem> {
  const sim = await startSteamSimProcess(["--apps", String(apps)]);
  const server = await startTestServer();
  const api = await server.connect("api");
  const env = {
    ...server.env,
    STEAM_API_KEY: SIM_KEY,
    STEAM_API_URL: sim.url,
    STEAM_STORE_URL: sim.url,
    STEAMSPY_URL: sim.url,
    LOG_LEVEL: "warn",
    ...limits,
  };
  const running = new Map<Service, ServiceProcess & { ready(): Promise<void> }>();
  const launch = (name: Service) => {
    const started = spawnService(name, env);
    running.set(name, started);
    return started;
  };
  await Promise.all([launch("store").ready(), launch("steamspy-collector").ready()]);
  let peakMib = 0;
  const stop = new AbortController();
  const watching = watch(stop.signal, () => {
    const pid = running.get("steamspy-collector")?.pid;
    peakMib = Math.max(peakMib, pid === undefined ? 0 : memoryOf(pid).peakMib);
  });
  const job = (id: number) =>
    request(api, getJob, { id }, { attempts: 1, timeoutMs: 1_000 }).catch(() => null);
  return {
    sim: sim.control,
    // Drawn from the same numbers as the simulator's own.
    catalogue: new Catalogue({ apps }),
    server,
    api,
    job,
    start: async (given = {}) => (await request(api, startJob("crawl"), given)).id,
    hasEnded: async (id) => FINAL_JOB_STATES.includes((await job(id))?.state ?? "queued"),
    async kill(victim) {
      if (victim === "nats-server") return server.kill();
      await running.get(victim)?.kill();
      launch(victim);
    },
    get collectorPeakMib() {
      return peakMib;
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await watching;
      await Promise.all([...running.values()].map((service) => service[Symbol.asyncDispose]()));
      await api[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await sim[Symbol.asyncDispose]();
    },
  };
}

async function watch(signal: AbortSignal, look: () => void): Promise<void> {
  while (!signal.aborted) {
    look();
    await wait(LOOK_MS, signal);
  }
}
