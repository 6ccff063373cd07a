import { existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { busOptions, connectBus, request } from "@tracker/bus";
import { type Services, up, UsageError } from "@tracker/commands";
import { getStoreStatus, startJob } from "@tracker/contracts";
import { type Environment, type Host, wait } from "@tracker/service";
import { planReplay, replay } from "../replay.ts";
import { SIM_KEY, SIM_STEAM_ID, startSteamSim, type SteamSim } from "../steam-sim/sim.ts";
import { yearOfPlay } from "../steam-sim/year-of-play.ts";
import { furnish } from "./furnishing.ts";

const YEAR_MS = 365 * 86_400_000;
const SEED = 20_261_120;
/** As a shell says it of a program that Ctrl-C ended. */
const EXIT_INTERRUPTED = 130;

/**
 * Starts everything against a simulated Steam: a year of invented play goes through the real pipeline, look by look, then
 * time runs on with a game being played. All data lies in a temporary folder and goes with the process.
 */
export async function demo(
  services: Services,
  words: readonly string[],
  env: Environment,
  version: string,
): Promise<void> {
  if (words.length > 0) throw new UsageError(`demo takes no ${words.join(" ")}`);
  const dataDir = mkdtempSync(join(temporaryFolder(), "tracker-demo-"));
  // However it ends, its folder goes: also by a Ctrl-C before there is anything to stop.
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  let isUp = false;
  const leave = () => {
    if (!isUp) process.exit(EXIT_INTERRUPTED);
  };
  process.on("exit", remove);
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
  try {
    const timeZone =
      env["TIME_ZONE"] || Intl.DateTimeFormat().resolvedOptions().timeZone || "America/New_York";
    const endsAt = Date.now();
    const truth = yearOfPlay({ seed: SEED, endsAt, timeZone, steamId: SIM_STEAM_ID });
    await using sim = await startSteamSim({ truth, now: endsAt - YEAR_MS });
    const password = env["ADMIN_PASSWORD"] || demoPassword();
    const port = env["PORT"] || String(freePort(8080));
    const demoEnv: Environment = {
      ...(env["NATS_SERVER_BIN"] === undefined ? {} : { NATS_SERVER_BIN: env["NATS_SERVER_BIN"] }),
      DATA_DIR: dataDir,
      NATS_PORT: "0",
      HOST: env["HOST"] || "127.0.0.1",
      PORT: port,
      ADMIN_PASSWORD: password,
      TIME_ZONE: timeZone,
      LOG_LEVEL: env["LOG_LEVEL"] || "warn",
      STEAM_API_URL: sim.url,
      STEAM_STORE_URL: sim.url,
      STEAMSPY_URL: sim.url,
      STEAM_API_KEY: SIM_KEY,
      STEAM_ID: SIM_STEAM_ID,
      // Nobody's Steam is asked, so nobody has to wait.
      STEAM_ACHIEVEMENTS_LIMIT: "50/second",
      STEAMSPY_API_LIMIT: "1500/minute",
      STEAMSPY_ALL_LIMIT: "60/minute",
      POLL_STARTUP_DELAY_SECONDS: "1",
      SCHEDULE_BACKUP: "off",
    };
    const poller = await services["steam-poller"]();
    const lived = async (host: Host) => {
      const steps = planReplay({
        truth,
        from: endsAt - YEAR_MS,
        to: endsAt,
        calendar: { zone: timeZone, dayStartHour: 0 },
      });
      await liveTheYear(host, sim, steps);
      if (host.signal.aborted) return;
      say(`ready: http://127.0.0.1:${port}  password: ${password}`);
      say(
        `the bus: nats --server ${host.env["NATS_URL"]} --nkey ${dataDir}/credentials/operator.nk sub 'events.>'`,
      );
      say("all of it is invented; Ctrl-C ends it and removes its data");
      await poller.run(host);
    };
    say(`data in ${dataDir}; answering on http://127.0.0.1:${port} while a year is being lived`);
    isUp = true;
    await up({
      services: { ...services, "steam-poller": () => Promise.resolve({ ...poller, run: lived }) },
      names: [],
      env: demoEnv,
      version,
    });
  } finally {
    remove();
  }
}

async function liveTheYear(
  host: Host,
  sim: SteamSim,
  steps: ReturnType<typeof planReplay>,
): Promise<void> {
  const { signal } = host;
  const startedAt = performance.now();
  await using bus = await connectBus(busOptions(host, "steam-poller"));
  await storeAnswers(host);
  const percentStep = Math.ceil(steps.length / 10);
  await replay(steps, {
    simUrl: sim.url,
    steamId: SIM_STEAM_ID,
    bus,
    signal,
    onStep: (done) => {
      if (done % percentStep === 0)
        say(`a year of play: ${Math.round((100 * done) / steps.length)} %`);
    },
  });
  if (signal.aborted) return;
  await sim.control.realClock();
  await settle(host);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  say(`a year of play: ${steps.length} looks at Steam, in ${seconds} s`);
}

async function storeAnswers(host: Host): Promise<void> {
  await using bus = await connectBus(busOptions(host, "api"));
  await request(bus, getStoreStatus, {}, { attempts: 50, signal: host.signal });
}

/** Waits until the store has applied every fact, then does what a person and the night would have done. */
async function settle(host: Host): Promise<void> {
  await using store = await connectBus(busOptions(host, "store"));
  for (;;) {
    const { state } = await store.manager.streams.info("FACTS");
    if (state.messages === 0 || host.signal.aborted) break;
    await wait(50, host.signal);
  }
  await using bus = await connectBus(busOptions(host, "api"));
  await furnish(bus);
  await request(bus, startJob("snapshot"), {}, { attempts: 5 });
  await request(bus, startJob("import"), {}, { attempts: 5 });
  await request(bus, startJob("crawl"), { mode: "full" }, { attempts: 5 });
}

const MEMORY_FOLDER = "/dev/shm";
const MEMORY_BYTES_MIN = 512 * 1024 * 1024;

/** In memory where the machine offers that: a year is some 40,000 writes that each wait for the disk, for data that nobody keeps. */
function temporaryFolder(): string {
  if (!existsSync(MEMORY_FOLDER)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
  return bavail * bsize > MEMORY_BYTES_MIN ? MEMORY_FOLDER : tmpdir();
}

/** Three invented words: this guards invented data on this machine. */
function demoPassword(): string {
  const words = [
    "amber",
    "birch",
    "comet",
    "delta",
    "ember",
    "fjord",
    "grove",
    "harbor",
    "indigo",
    "juniper",
  ];
  const pick = () => words[Math.floor(Math.random() * words.length)] ?? "demo";
  return `${pick()}-${pick()}-${pick()}`;
}

/** The wished port, or any free one when it is taken. */
function freePort(wished: number): number {
  for (const port of [wished, 0]) {
    try {
      const listener = Bun.listen({ hostname: "127.0.0.1", port, socket: { data() {} } });
      const taken = listener.port;
      listener.stop(true);
      return taken;
    } catch {
      // Taken: the next one.
    }
  }
  throw new Error("no free port");
}

function say(line: string): void {
  process.stdout.write(`demo: ${line}\n`);
}
