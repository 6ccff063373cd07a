import { Database } from "bun:sqlite";
import { join } from "node:path";
import { busOptions, connectBus, request } from "@tracker/bus";
import { startTestServer, type TestServer } from "@tracker/bus/test-server";
import { getJob, getStoreStatus, startJob } from "@tracker/contracts";
import { wait } from "@tracker/service";
import { planReplay, type ReplayStep } from "../replay.ts";
import { type ServiceProcess, spawnService, until } from "../service-process.ts";
import { createRandom } from "../steam-sim/random.ts";
import { SIM_STEAM_ID, startSteamSim, type SteamSim } from "../steam-sim/sim.ts";
import { yearOfPlay } from "../steam-sim/year-of-play.ts";

const DAY_MS = 86_400_000;
const ZONE = "America/New_York";
const SERVICES = ["store", "scheduler", "api", "importer", "steamspy-collector"] as const;
/** Killed in turn. Those that touch the data come more often than those that look on. */
export const VICTIMS = ["replayer", "store", "nats-server", ...SERVICES] as const;
/** The whole of what is derived from outside, in an order of its own, without ids and without the runs' own records. */
const DUMPS = [
  "SELECT title, status, playtime_minutes, reported_minutes, offline_minutes, missing_samples, steam_app_id, library_state, last_played_at FROM games ORDER BY steam_app_id",
  "SELECT g.steam_app_id, c.observed_at, c.previous_observed_at, c.minutes, c.total_after, c.kind, c.source, c.last_played_at, c.offline_minutes FROM playtime_changes c JOIN games g ON g.id = c.game_id ORDER BY 1, 2, 6",
  "SELECT app_id, game_name, started_at, last_seen_at, not_before, not_after FROM presence_intervals ORDER BY started_at",
  "SELECT g.steam_app_id, s.started_at, s.ended_at, s.not_before, s.not_after, s.minutes, s.precision FROM play_sessions s JOIN games g ON g.id = s.game_id ORDER BY 1, 2, 6",
  "SELECT g.steam_app_id, s.started_at, d.day, d.minutes FROM session_days d JOIN play_sessions s ON s.id = d.session_id JOIN games g ON g.id = s.game_id ORDER BY 1, 2, 3",
  "SELECT date, total_minutes, games_played FROM daily_snapshots ORDER BY 1",
  "SELECT d.date, g.steam_app_id, d.minutes FROM daily_game_snapshots d JOIN games g ON g.id = d.game_id ORDER BY 1, 2",
];

export interface ChaosOptions {
  readonly seed: number;
  /** How many days are lived. */
  readonly days: number;
  /** How often something is killed at least; 0 for the uninterrupted run. */
  readonly kills: number;
}

export interface ChaosResult {
  readonly dump: readonly unknown[];
  /** What was killed how often. */
  readonly killed: Readonly<Record<string, number>>;
  readonly steps: number;
  readonly seconds: number;
}

/**
 * Lives some days of simulated play with every service and nats-server in a process of its own, killing one of them with
 * SIGKILL again and again, and answers what the database holds in the end.
 */
export async function liveThroughChaos({ seed, days, kills }: ChaosOptions): Promise<ChaosResult> {
  const startedAt = performance.now();
  const endsAt = Date.parse("2026-11-15T22:00:00Z");
  const truth = yearOfPlay({ seed, endsAt, timeZone: ZONE, steamId: SIM_STEAM_ID });
  const from = endsAt - days * DAY_MS;
  const steps = planReplay({ truth, from, to: endsAt, calendar: { zone: ZONE, dayStartHour: 0 } });
  await using sim = await startSteamSim({ truth, now: from });
  await using server = await startTestServer();
  await using system = await System.start(server, sim, steps);
  const random = createRandom(seed);
  const killed: Record<string, number> = {};
  for (let count = 0; count < kills || !system.done; count++) {
    await wait(50 + random.next() * 400);
    if (kills === 0) continue;
    const victim = VICTIMS[count % VICTIMS.length] ?? "store";
    if (await system.kill(victim)) killed[victim] = (killed[victim] ?? 0) + 1;
  }
  await system.settle();
  return {
    dump: dumpDatabase(join(server.dataDir, "tracker.db")),
    killed,
    steps: steps.length,
    seconds: (performance.now() - startedAt) / 1_000,
  };
}

/** Every process of a tracker, each of which comes back when it is killed. */
class System implements AsyncDisposable {
  readonly #server: TestServer;
  readonly #sim: SteamSim;
  readonly #planFile: string;
  readonly #steps: readonly ReplayStep[];
  readonly #services = new Map<string, ServiceProcess & { ready(): Promise<void> }>();
  #replayer: Bun.Subprocess<"ignore", "pipe", "inherit"> | null = null;
  #step = 0;

  private constructor(server: TestServer, sim: SteamSim, steps: readonly ReplayStep[]) {
    this.#server = server;
    this.#sim = sim;
    this.#planFile = join(server.dataDir, "plan.json");
    this.#steps = steps;
  }

  static async start(server: TestServer, sim: SteamSim, steps: readonly ReplayStep[]) {
    const system = new System(server, sim, steps);
    await Bun.write(system.#planFile, JSON.stringify(steps));
    for (const name of SERVICES) system.#launch(name);
    await Promise.all([...system.#services.values()].map((service) => service.ready()));
    system.#launchReplayer();
    return system;
  }

  get done(): boolean {
    return this.#step >= this.#steps.length;
  }

  /** Whether there was something to kill: a replay that is over is not started again. */
  async kill(victim: (typeof VICTIMS)[number]): Promise<boolean> {
    if (victim === "nats-server") this.#server.kill();
    else if (victim === "replayer") return await this.#killReplayer();
    else {
      await this.#services.get(victim)?.kill();
      this.#launch(victim);
    }
    return true;
  }

  /** Waits until everything that was seen is applied and told. */
  async settle(): Promise<void> {
    const host = this.#server.host();
    await using bus = await connectBus(busOptions(host, "store"));
    await using asking = await connectBus(busOptions(host, "api"));
    await Promise.all([...this.#services.values()].map((service) => service.ready()));
    await until("every fact to be applied and every event to be told", 60_000, async () => {
      const facts = await bus.manager.streams.info("FACTS").catch(() => null);
      if (facts?.state.messages !== 0) return false;
      const status = await request(asking, getStoreStatus, {}).catch(() => null);
      return status?.outbox_waiting === 0;
    });
    // What the night would have done; a store that was killed has done most of it at its start.
    const { id } = await request(asking, startJob("snapshot"), {}, { attempts: 20 });
    await until("the snapshots to be written", 60_000, async () => {
      return (await request(asking, getJob, { id })).state === "done";
    });
  }

  async [Symbol.asyncDispose]() {
    this.#replayer?.kill("SIGKILL");
    await Promise.all(
      [...this.#services.values()].map((service) => service[Symbol.asyncDispose]()),
    );
  }

  #launch(name: string): void {
    const port = name === "api" ? { PORT: "0", ADMIN_PASSWORD: "chaos-chaos" } : {};
    const env = {
      ...this.#server.env,
      TIME_ZONE: ZONE,
      LOG_LEVEL: "error",
      SCHEDULE_BACKUP: "off",
      SCHEDULE_NIGHTLY: "off",
      SCHEDULE_CRAWL: "off",
      SCHEDULE_CRAWL_LIST: "off",
      ...port,
    };
    this.#services.set(name, spawnService(name, env));
  }

  #launchReplayer(): void {
    // Two steps back: a look that was under way may or may not have been told, and telling it twice must change nothing.
    // Then back to a look at presence, since one that knows of none before it says less, rightly, than the uninterrupted run's.
    let from = Math.max(0, this.#step - 2);
    while (from > 0 && this.#steps[from]?.look !== "presence") from--;
    const replayer = Bun.spawn(
      [
        process.execPath,
        "--no-env-file",
        join(import.meta.dir, "replayer.ts"),
        this.#planFile,
        this.#sim.url,
        String(from),
      ],
      { env: this.#server.env, stdin: "ignore", stdout: "pipe", stderr: "inherit" },
    );
    this.#replayer = replayer;
    void this.#follow(replayer.stdout);
  }

  async #follow(stdout: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stdout) {
      const last = decoder.decode(chunk, { stream: true }).trim().split("\n").at(-1);
      this.#step = Math.max(this.#step, Number(last) || 0);
    }
  }

  async #killReplayer(): Promise<boolean> {
    if (this.done) return false;
    this.#replayer?.kill("SIGKILL");
    await this.#replayer?.exited;
    this.#launchReplayer();
    return true;
  }
}

function dumpDatabase(path: string): unknown[] {
  using database = new Database(path, { readonly: true });
  return DUMPS.map((sql) => database.query(sql).all());
}
