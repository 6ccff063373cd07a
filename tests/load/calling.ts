import { join } from "node:path";
import { until } from "../service-process.ts";
import { startSteamSimProcess, type SteamSimProcess } from "../steam-sim/process.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID } from "../steam-sim/sim.ts";
import { truthGame } from "../steam-sim/truth.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import type { CallerOrder, CallerReport } from "./callers.ts";
import { type LoadedSystem, startLoadedSystem } from "./system.ts";

export type CallingOptions = Omit<CallerOrder, "url">;

export interface CallingMeasure {
  /** With Steam there, and a game being played. */
  readonly playing: CallerReport;
  /** How often Steam was asked meanwhile who plays. */
  readonly presenceCalls: number;
  /** After a restart with Steam down: nothing is known but the library. */
  readonly down: CallerReport;
}

const WITHIN_MS = 60_000;
const DAY_MS = 86_400_000;
const PLAYED = 620;

/** Has many ask at once what is being played, with Steam there and with Steam down. */
export async function callNowPlaying(options: CallingOptions): Promise<CallingMeasure> {
  using data = temporaryFolder("load");
  await using sim = await startSteamSimProcess([]);
  const lastPlayedBefore = Date.now() - 40 * DAY_MS;
  const game = truthGame(PLAYED, { minutesBefore: 600, lastPlayedBefore });
  await sim.control.setTruth({ ...EMPTY_TRUTH, games: [game] });
  await sim.control.play(PLAYED);
  const up = await callPlaying(sim, data.path, options);
  await sim.control.stopPlaying();
  await sim.control.fail({ kind: "server_error" });
  await using system = await startFollowing(sim, data.path);
  await untilTier(system, 3);
  return { ...up, down: await callWith(system, options) };
}

async function callPlaying(sim: SteamSimProcess, dataDir: string, options: CallingOptions) {
  await using system = await startFollowing(sim, dataDir);
  await untilTier(system, 1);
  await sim.control.clearRequests();
  const playing = await callWith(system, options);
  return {
    playing,
    presenceCalls: (await sim.control.requests("GetPlayerSummaries")).length,
  };
}

function startFollowing(sim: SteamSimProcess, dataDir: string): Promise<LoadedSystem> {
  return startLoadedSystem({
    dataDir,
    env: {
      STEAM_API_KEY: SIM_KEY,
      STEAM_ID: SIM_STEAM_ID,
      STEAM_API_URL: sim.url,
      POLL_STARTUP_DELAY_SECONDS: "0",
      RETRY_ATTEMPTS: "1",
    },
  });
}

/** The answer is kept for 15 s, so the first one may be of before. */
async function untilTier({ url }: LoadedSystem, tier: number): Promise<void> {
  await until(`tier ${tier}`, WITHIN_MS, async () => {
    const answer = (await (await fetch(`${url}/api/now-playing`)).json()) as { tier: number };
    return answer.tier === tier;
  });
}

async function callWith({ url }: LoadedSystem, options: CallingOptions): Promise<CallerReport> {
  const order: CallerOrder = { ...options, url: `${url}/api/now-playing` };
  const file = join(import.meta.dir, "callers.ts");
  const child = Bun.spawn([process.execPath, file, JSON.stringify(order)], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  return (await child.stdout.json()) as CallerReport;
}
