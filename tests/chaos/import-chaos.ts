import { join } from "node:path";
import { type Bus, publishFact, request } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import {
  FINAL_JOB_STATES,
  getJob,
  getStoreStatus,
  type Job,
  librarySampled,
  startJob,
} from "@tracker/contracts";
import { wait } from "@tracker/service";
import { dumpImport, importEnvironment, playedLibrary } from "../importing-tracker.ts";
import { type ServiceProcess, spawnService, until } from "../service-process.ts";
import { createRandom } from "../steam-sim/random.ts";
import { SIM_STEAM_ID, startSteamSim, type SteamSim } from "../steam-sim/sim.ts";
import type { Truth } from "../steam-sim/truth.ts";

export interface ImportChaosOptions {
  readonly seed: number;
  readonly games: number;
  /** How often something is killed at most, as none is once the import is over; 0 for the uninterrupted run. */
  readonly kills: number;
  /** Requests for achievements in a second. */
  readonly limit: number;
}

export interface ImportChaosResult {
  readonly dump: readonly unknown[];
  readonly job: Job;
  readonly killed: Readonly<Record<string, number>>;
  /** How often a game was asked for beyond the once that each needs. */
  readonly askedAgain: number;
  readonly mostInASecond: number;
  readonly seconds: number;
}

const FOREVER = new AbortController().signal;
/** The same for both runs that are compared. */
const NOW = Date.parse("2026-11-20T22:30:00.000Z");
const VICTIMS = ["importer", "importer", "store", "store", "api", "nats-server"] as const;
const JOB_MS_MAX = 1_200_000;

/** Imports a library with every service in a process of its own, killing one of them again and again with SIGKILL. */
export async function importThroughChaos(options: ImportChaosOptions): Promise<ImportChaosResult> {
  const startedAt = performance.now();
  const truth = playedLibrary(options.games, { at: NOW });
  await using sim = await startSteamSim({ truth });
  await using server = await startTestServer();
  await using system = new ImportSystem(server, sim, options.limit);
  await system.start();
  await using bus = await server.connect("api");
  await fillLibrary(server, bus, truth);
  const { id } = await request(bus, startJob("import"), {}, { attempts: 20 });
  const killed = await killUntil(system, options, () => isOver(bus, id));
  await until("the import to end", JOB_MS_MAX, () => isOver(bus, id));
  const job = await request(bus, getJob, { id }, { attempts: 40 });
  const asked = sim.requests("GetPlayerAchievements");
  return {
    dump: dumpImport(join(server.dataDir, "tracker.db")),
    job,
    killed,
    askedAgain: asked.length - new Set(asked.map(({ appId }) => appId)).size,
    mostInASecond: sim.largestWindow(
      [
        "GetPlayerAchievements",
        "GetSchemaForGame",
        "GetGlobalAchievementPercentagesForApp",
        "GetTopAchievementsForGames",
      ],
      1_000,
    ),
    seconds: (performance.now() - startedAt) / 1_000,
  };
}

async function killUntil(
  system: ImportSystem,
  { seed, kills }: ImportChaosOptions,
  over: () => Promise<boolean>,
): Promise<Record<string, number>> {
  const random = createRandom(seed);
  const killed: Record<string, number> = {};
  for (let count = 0; count < kills; count++) {
    await wait(100 + random.next() * 900);
    if (await over()) break;
    const victim = VICTIMS[Math.floor(random.next() * VICTIMS.length)] ?? "importer";
    await system.kill(victim);
    killed[victim] = (killed[victim] ?? 0) + 1;
  }
  return killed;
}

async function isOver(bus: Bus, id: number): Promise<boolean> {
  const job = await request(bus, getJob, { id }, { attempts: 1 }).catch(() => null);
  return job !== null && FINAL_JOB_STATES.includes(job.state);
}

/** The library as a sample of it, taken just now, so that the import need not have one taken. */
async function fillLibrary(server: TestServer, api: Bus, { games }: Truth): Promise<void> {
  await using poller = await server.connect("steam-poller");
  const at = new Date().toISOString();
  const sampled = games.map((game) => ({
    app_id: game.appId,
    name: game.name,
    minutes: game.minutesBefore,
    last_played_at: null,
    offline_minutes: null,
    source: "owned" as const,
    cover_url: null,
  }));
  const sample = { id: "chaos-sample", steam_id: SIM_STEAM_ID, started_at: at, observed_at: at };
  const outcome = { trigger: "startup", job_id: null, outcome: "ok", reason: null } as const;
  await publishFact(poller, librarySampled, { ...sample, ...outcome, games: sampled }, FOREVER);
  await until("the library", 30_000, async () => {
    const status = await request(api, getStoreStatus, {}, { attempts: 10 });
    return status.games === games.length;
  });
}

type Process = ServiceProcess & { ready(): Promise<void> };

/** Store, importer and api, each in its process, next to a nats-server; whatever is killed comes back. */
class ImportSystem implements AsyncDisposable {
  readonly #server: TestServer;
  readonly #env: Record<string, string>;
  readonly #services = new Map<string, Process>();

  constructor(server: TestServer, sim: SteamSim, limit: number) {
    this.#server = server;
    this.#env = {
      ...server.env,
      ...importEnvironment(sim),
      STEAM_ACHIEVEMENTS_LIMIT: `${limit}/second`,
      PORT: "0",
      ADMIN_PASSWORD: "chaos-chaos",
    };
  }

  async start(): Promise<void> {
    for (const name of ["store", "importer", "api"]) this.#launch(name);
    await Promise.all([...this.#services.values()].map((service) => service.ready()));
  }

  async kill(victim: (typeof VICTIMS)[number]): Promise<void> {
    if (victim === "nats-server") {
      this.#server.kill();
      return;
    }
    await this.#services.get(victim)?.kill();
    this.#launch(victim);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      [...this.#services.values()].map(async (service) => {
        await service.ready();
        await service[Symbol.asyncDispose]();
      }),
    );
  }

  #launch(name: string): void {
    this.#services.set(name, spawnService(name, this.#env));
  }
}
