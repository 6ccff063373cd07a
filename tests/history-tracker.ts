import { Database } from "bun:sqlite";
import { join } from "node:path";
import { type Bus, publishFact, request } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import {
  FINAL_JOB_STATES,
  type GameHistory,
  getGameHistory,
  getJob,
  type Job,
  librarySampled,
  startJob,
} from "@tracker/contracts";
import { runImporter } from "@tracker/importer";
import { runStore } from "@tracker/store";
import { until } from "./service-process.ts";
import { SIM_KEY, SIM_STEAM_ID } from "./steam-sim/sim.ts";

const WITHIN_MS = 60_000;
const FOREVER = new AbortController().signal;

/** A store and, unless told otherwise, an importer in this process, whose Steam is at `url`. */
export interface HistoryTracker extends AsyncDisposable {
  readonly server: TestServer;
  readonly api: Bus;
  /** The environment of an importer in a process of its own. */
  readonly importerEnv: Readonly<Record<string, string>>;
  /** Has the store see a library with these totals now, by app. */
  sample(minutes: Readonly<Record<number, number>>): Promise<void>;
  start(): Promise<number>;
  job(id: number, condition?: (job: Job) => boolean): Promise<Job>;
  /** Starts a job and waits for its end. */
  ask(): Promise<Job>;
  history(gameId: number): Promise<GameHistory>;
  /** What is kept of the years, without when it was told. */
  months(): unknown[];
}

export async function startHistoryTracker(
  url: string,
  { importer = true }: { importer?: boolean } = {},
): Promise<HistoryTracker> {
  const server = await startTestServer();
  const steam = { STEAM_API_KEY: SIM_KEY, STEAM_ID: SIM_STEAM_ID, STEAM_API_URL: url };
  const importerEnv = { ...server.env, ...steam, RETRY_ATTEMPTS: "1", LOG_LEVEL: "error" };
  const services = [runStore, ...(importer ? [runImporter] : [])].map((run) => {
    const host = server.host(importerEnv);
    return { host, ended: run(host) };
  });
  const api = await server.connect("api");
  const poller = await server.connect("steam-poller");
  await until("the services to be ready", WITHIN_MS, () =>
    services.every(({ host }) => host.health.report().status === "ready"),
  );
  const query = (sql: string) => {
    using database = new Database(join(server.dataDir, "tracker.db"), { readonly: true });
    return database.query(sql).all();
  };
  const start = async () => (await request(api, startJob("history"), {}, { attempts: 10 })).id;
  const job: HistoryTracker["job"] = async (id, condition = hasEnded) => {
    let found = await request(api, getJob, { id });
    await until(`job ${id}`, WITHIN_MS, async () => {
      found = await request(api, getJob, { id }, { attempts: 10 });
      return condition(found);
    });
    return found;
  };
  return {
    server,
    api,
    importerEnv,
    async sample(minutes) {
      await publishFact(poller, librarySampled, libraryOf(minutes), FOREVER);
      await until("the sample to be applied", WITHIN_MS, () => {
        const [row] = query("SELECT count(*) AS runs FROM sync_runs WHERE kind = 'library'");
        return JSON.stringify(row) === '{"runs":1}';
      });
    },
    start,
    job,
    ask: async () => job(await start()),
    history: (id) => request(api, getGameHistory, { id }),
    months: () =>
      query(
        "SELECT steam_app_id, month, played_seconds, sessions FROM month_records ORDER BY 1, 2",
      ),
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
      await poller[Symbol.asyncDispose]();
      for (const { host } of services) host.stop();
      await Promise.all(services.map(({ ended }) => ended));
      await server[Symbol.asyncDispose]();
    },
  };
}

function hasEnded({ state }: Job): boolean {
  return FINAL_JOB_STATES.includes(state);
}

function libraryOf(minutes: Readonly<Record<number, number>>) {
  const at = new Date().toISOString();
  const games = Object.entries(minutes).map(([appId, total]) => ({
    app_id: Number(appId),
    name: `Game ${appId}`,
    minutes: total,
    last_played_at: null,
    offline_minutes: null,
    source: "owned" as const,
  }));
  return {
    id: crypto.randomUUID(),
    steam_id: SIM_STEAM_ID,
    started_at: at,
    observed_at: at,
    trigger: "startup" as const,
    job_id: null,
    outcome: "ok" as const,
    reason: null,
    games,
  };
}
