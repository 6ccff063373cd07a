import { Database } from "bun:sqlite";
import { join } from "node:path";
import { type Bus, request } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import { FINAL_JOB_STATES, getJob, getStoreStatus, type Job, startJob } from "@tracker/contracts";
import { runImporter } from "@tracker/importer";
import type { OwnedHost, RunService } from "@tracker/service";
import { runSteamPoller } from "@tracker/steam-poller";
import { runStore } from "@tracker/store";
import { until } from "./service-process.ts";
import {
  EMPTY_TRUTH,
  SIM_KEY,
  SIM_STEAM_ID,
  startSteamSim,
  type SteamSim,
} from "./steam-sim/sim.ts";
import { type Truth, truthGame } from "./steam-sim/truth.ts";

const DAY_MS = 86_400_000;
const WITHIN_MS = 50_000;

/** A library whose games have all been played for a while, the first the most; every tenth has no stats. */
export function playedLibrary(
  count: number,
  { hours = 40, at = Date.now() }: { hours?: number; at?: number } = {},
): Truth {
  const games = Array.from({ length: count }, (_, index) =>
    truthGame(1_000 + 10 * index, {
      name: `Game ${index}`,
      hasStats: index % 10 !== 9,
      minutesBefore: Math.max(1, Math.round(60 * hours * (1 - index / count))),
      lastPlayedBefore: at - 30 * DAY_MS,
    }),
  );
  return { ...EMPTY_TRUTH, games };
}

/** What an import brings in, in an order of its own and without what differs from run to run. */
const DUMPS = [
  `SELECT g.steam_app_id, a.api_name, a.title, a.description, a.icon_url, a.unlocked, a.unlocked_at, a.hidden, a.global_percent
   FROM achievements a JOIN games g ON g.id = a.game_id ORDER BY 1, 2`,
  `SELECT steam_app_id, game_imported, achievements_imported, error_message, outcome, overview_unlocked, overview_total
   FROM steam_import_status ORDER BY 1`,
  "SELECT steam_app_id, status, completion_date, cover_url, playtime_minutes FROM games ORDER BY 1",
];

export function dumpImport(databasePath: string): unknown[] {
  using database = new Database(databasePath, { readonly: true });
  return DUMPS.map((sql) => database.query(sql).all());
}

/** Steam's side of an import's environment. */
export function importEnvironment(sim: SteamSim): Record<string, string> {
  return {
    STEAM_API_KEY: SIM_KEY,
    STEAM_ID: SIM_STEAM_ID,
    STEAM_API_URL: sim.url,
    STEAM_ACHIEVEMENTS_LIMIT: "50/second",
    POLL_STARTUP_DELAY_SECONDS: "0",
    TIME_ZONE: "America/New_York",
    RETRY_ATTEMPTS: "1",
    LOG_LEVEL: "error",
  };
}

/** Store, poller and importer in this process, between a simulated Steam and a real NATS. */
export interface ImportingTracker extends AsyncDisposable {
  readonly sim: SteamSim;
  readonly server: TestServer;
  readonly api: Bus;
  readonly databasePath: string;
  /** What the importer wrote. */
  readonly lines: readonly string[];
  start(given?: Record<string, unknown>): Promise<number>;
  /** Waits for a job to end, or to be in some other way. */
  job(id: number, condition?: (job: Job) => boolean): Promise<Job>;
  import(given?: Record<string, unknown>): Promise<Job>;
  query<T>(sql: string): T[];
}

export interface ImportingOptions {
  readonly services?: readonly RunService[];
  readonly steamUrl?: (simUrl: string) => string;
}

export async function importTracker(
  truth: Truth,
  env: Record<string, string> = {},
  /** What the importer runs as, and where it finds Steam; in this process and the simulator unless told. */
  { services = [runImporter], steamUrl = (url) => url }: ImportingOptions = {},
): Promise<ImportingTracker> {
  const sim = await startSteamSim({ truth });
  const server = await startTestServer();
  const hosts: { host: OwnedHost & { readonly lines: string[] }; ended: Promise<void> }[] = [];
  const run = (service: RunService) => {
    const STEAM_API_URL = steamUrl(sim.url);
    const host = server.host({ ...importEnvironment(sim), STEAM_API_URL, ...env });
    hosts.push({ host, ended: service(host) });
    return host;
  };
  run(runStore);
  run(runSteamPoller);
  const importers = services.map(run);
  const api = await server.connect("api");
  const databasePath = join(server.dataDir, "tracker.db");
  await until("the library to be sampled", WITHIN_MS, async () => {
    const status = await request(api, getStoreStatus, {}).catch(() => null);
    return (
      status?.games === truth.games.length && (status.accounts[0]?.last_sample_at ?? null) !== null
    );
  });
  const job: ImportingTracker["job"] = async (
    id,
    condition = ({ state }) => FINAL_JOB_STATES.includes(state),
  ) => {
    let found = await request(api, getJob, { id });
    await until(`job ${id}, which is ${found.state}`, WITHIN_MS, async () => {
      found = await request(api, getJob, { id }, { attempts: 10 });
      return condition(found);
    });
    return found;
  };
  const start = async (given: Record<string, unknown> = {}) =>
    (await request(api, startJob("import"), given)).id;
  return {
    sim,
    server,
    api,
    databasePath,
    get lines() {
      return importers.flatMap((host) => host.lines);
    },
    start,
    job,
    import: async (given) => job(await start(given)),
    query: <T>(sql: string) => {
      using database = new Database(databasePath, { readonly: true });
      return database.query<T, []>(sql).all();
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
      for (const { host, ended } of hosts.toReversed()) {
        host.stop();
        await ended;
      }
      await server[Symbol.asyncDispose]();
      await sim[Symbol.asyncDispose]();
    },
  };
}
