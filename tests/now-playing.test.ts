import { expect, test } from "bun:test";
import type { Game, NowPlaying } from "@tracker/contracts";
import { type RunningTracker, startTracker, type Variables } from "./running-tracker.ts";
import { until } from "./service-process.ts";
import {
  EMPTY_TRUTH,
  SIM_KEY,
  SIM_STEAM_ID,
  startSteamSim,
  type SteamSim,
} from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const HOUR_MS = 3_600_000;
/** The public answer is kept for 15 s. */
const WITHIN_MS = 30_000;
const PRESENCE_MS = 1_000;
const CALLERS = 300;
const TRUTH = {
  ...EMPTY_TRUTH,
  games: [
    truthGame(620, { minutesBefore: 600, lastPlayedBefore: Date.now() - 400 * HOUR_MS }),
    truthGame(630),
    truthGame(640, { minutesBefore: 30, lastPlayedBefore: Date.now() - 900 * HOUR_MS }),
  ],
  sittings: [
    {
      appId: 630,
      startedAt: Date.now() - 12 * HOUR_MS,
      endedAt: Date.now() - 11 * HOUR_MS,
      mode: "online" as const,
    },
  ],
};

function variables(sim: SteamSim): Variables {
  return {
    STEAM_API_KEY: SIM_KEY,
    STEAM_ID: SIM_STEAM_ID,
    STEAM_API_URL: sim.url,
    POLL_STARTUP_DELAY_SECONDS: "0",
    PRESENCE_INTERVAL_SECONDS: String(PRESENCE_MS / 1_000),
    RETRY_ATTEMPTS: "1",
  };
}

/** What anybody gets, without signing in. */
async function ask(tracker: RunningTracker): Promise<NowPlaying> {
  const response = await fetch(`${tracker.url}/api/now-playing`);
  return (await response.json()) as NowPlaying;
}

async function library(tracker: RunningTracker): Promise<readonly Game[]> {
  const { items } = await tracker.get<{ items: Game[] }>("/api/games");
  return items;
}

/** Three hundred callers at once, again and again, until one of them hears something else; answers how many asked. */
async function flood(tracker: RunningTracker, over: (answer: NowPlaying) => boolean) {
  let calls = 0;
  let last: NowPlaying | undefined;
  await until("another answer", WITHIN_MS, async () => {
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => ask(tracker)));
    calls += answers.length;
    last = answers.at(-1);
    return answers.some(over);
  });
  return { calls, last };
}

// What is asked of Steam must hang on the clock alone, not on who looks at the page.
test("who plays is seen playing since the sitting began, also after a restart; it ends with the game, and 300 callers cost Steam nothing", async () => {
  using data = temporaryFolder("playing");
  await using sim = await startSteamSim({ truth: TRUTH });
  const options = { dataDir: data.path, env: variables(sim) };
  let before: NowPlaying;
  const startedAt = Date.now();
  {
    await using tracker = await startTracker(options);
    await until("a library", WITHIN_MS, async () => (await library(tracker)).length === 3);
    await sim.control.play(620);
    const looks = sim.requests("GetPlayerSummaries").length;
    await until(
      "two looks",
      WITHIN_MS,
      () => sim.requests("GetPlayerSummaries").length >= looks + 2,
    );
    before = await ask(tracker);
  }
  await using tracker = await startTracker(options);
  await until("a look", WITHIN_MS, async () => (await library(tracker)).length === 3);
  const after = await ask(tracker);
  await sim.control.stopPlaying();
  await sim.control.clearRequests();
  const floodAt = performance.now();
  const { calls, last } = await flood(tracker, (answer) => !answer.playing);
  const intervals = (performance.now() - floodAt) / PRESENCE_MS;

  expect(before).toMatchObject({ playing: true, tier: 1, stale: false });
  expect(before.game).toMatchObject({ steam_app_id: 620, title: "Game 620", hours_played: 10 });
  expect(Date.parse(before.since ?? "")).toBeGreaterThanOrEqual(startedAt);
  expect(after).toMatchObject({ playing: true, tier: 1, since: before.since });
  expect(last).toMatchObject({ playing: false, since: null, stale: false });
  expect(calls).toBeGreaterThan(CALLERS * 5);
  const asked = sim.requests("GetPlayerSummaries").length;
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThanOrEqual(Math.ceil(intervals) + 1);
}, 90_000);

test("with Steam down the answer is the last played of what Steam listed before, then of the library, and says so", async () => {
  using data = temporaryFolder("playing");
  await using sim = await startSteamSim({ truth: TRUTH });
  const options = { dataDir: data.path, env: variables(sim) };
  let second: NowPlaying;
  {
    await using tracker = await startTracker(options);
    await until("a library", WITHIN_MS, async () => (await library(tracker)).length === 3);
    await sim.control.fail({ kind: "server_error" });
    const looks = sim.requests("GetPlayerSummaries").length;
    await until(
      "looks to fail",
      WITHIN_MS,
      () => sim.requests("GetPlayerSummaries").length > looks + 3,
    );
    second = await ask(tracker);
  }
  await using tracker = await startTracker(options);
  const third = await ask(tracker);

  expect(second).toMatchObject({ playing: false, tier: 2, stale: true, since: null });
  expect(third).toMatchObject({ playing: false, tier: 3, stale: true, since: null });
  expect([second.game?.steam_app_id, third.game?.steam_app_id]).toEqual([630, 630]);
}, 60_000);
