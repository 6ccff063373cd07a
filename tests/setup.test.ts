import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Game, Job, StartedJob } from "@tracker/contracts";
import { type RunningTracker, startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";
import {
  EMPTY_TRUTH,
  SIM_KEY,
  SIM_STEAM_ID,
  SIM_VANITY_NAME,
  startSteamSim,
  type SteamSim,
} from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";

const WITHIN_MS = 30_000;
const OTHER_KEY = "F".repeat(32);
const TRUTH = { ...EMPTY_TRUTH, games: [truthGame(620, { minutesBefore: 600 }), truthGame(630)] };

interface Problem {
  readonly status: number;
  readonly detail: string;
  readonly field?: string;
}
interface Setup {
  readonly source: string | null;
  readonly steam_id: string | null;
}

function variables(sim: SteamSim) {
  return {
    STEAM_API_URL: sim.url,
    STEAM_STORE_URL: sim.url,
    STEAMSPY_URL: sim.url,
    STEAM_ACHIEVEMENTS_LIMIT: "20/second",
    PRESENCE_INTERVAL_SECONDS: "1",
  };
}

function accountPath({ dataDir }: RunningTracker): string {
  return join(dataDir, "credentials", "steam-account.json");
}

/** Everything of an account that lies in the folder of credentials, half or whole. */
function kept({ dataDir }: RunningTracker): string[] {
  return readdirSync(join(dataDir, "credentials")).filter((name) =>
    name.startsWith("steam-account"),
  );
}

async function setUp(tracker: RunningTracker, steam_api_key: string, steam_id: string) {
  const body = JSON.stringify({ steam_api_key, steam_id });
  const response = await tracker.fetch("/api/setup", { method: "POST", body });
  return { status: response.status, told: (await response.json()) as Problem & Setup };
}

test("an account that is set up while it runs is followed within seconds, imported, kept across a restart, and forgotten on demand", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await using tracker = await startTracker({ env: variables(sim) });
  const before = await tracker.get<Setup>("/api/setup");

  const { status, told } = await setUp(
    tracker,
    SIM_KEY,
    `https://steamcommunity.com/id/${SIM_VANITY_NAME}/`,
  );
  await until("the library", WITHIN_MS, async () => (await gamesOf(tracker)).length === 2);
  const known = await tracker.get<Setup>("/api/setup");
  const { id } = await tracker.send<StartedJob>("POST", "/api/jobs", { kind: "import" });
  let job: Job | undefined;
  await until("the import to end", WITHIN_MS, async () => {
    job = await tracker.get<Job>(`/api/jobs/${id}`);
    return job.finished_at !== null;
  });

  expect(before).toEqual({ source: null, steam_id: null });
  expect(status).toBe(200);
  expect(told).toEqual({
    outcome: "ok",
    reason: null,
    steam_id: SIM_STEAM_ID,
    persona_name: EMPTY_TRUTH.personaName,
    games: 2,
  } as never);
  expect(known).toEqual({ source: "file", steam_id: SIM_STEAM_ID });
  expect(job).toMatchObject({ state: "done", error: null });
  expect(kept(tracker)).toEqual(["steam-account.json"]);
  expect(statSync(accountPath(tracker)).mode & 0o777).toBe(0o600);
  expect(tracker.output()).not.toContain(SIM_KEY);

  await tracker.stop();
  await using again = await startTracker({ env: variables(sim), dataDir: tracker.dataDir });
  expect(await again.get<Setup>("/api/setup")).toEqual(known);
  const removed = await again.fetch("/api/setup", { method: "DELETE" });
  await until("nobody to be followed", WITHIN_MS, async () => {
    return (await again.get<Setup>("/api/setup")).source === null;
  });
  expect(removed.status).toBe(204);
  expect(existsSync(accountPath(again))).toBe(false);
  expect(await gamesOf(again)).toHaveLength(2);
});

async function gamesOf(tracker: RunningTracker): Promise<Game[]> {
  return (await tracker.get<{ items: Game[] }>("/api/games")).items;
}

test("what Steam does not accept is refused with the field to blame, and what was set up before stays", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await using tracker = await startTracker({ env: variables(sim) });

  const wrongKey = await setUp(tracker, OTHER_KEY, SIM_STEAM_ID);
  const nobody = await setUp(tracker, SIM_KEY, "no-such-player");
  const noId = await setUp(tracker, SIM_KEY, "two words");
  const noKey = await setUp(tracker, `${OTHER_KEY.slice(1)}O`, SIM_STEAM_ID);
  const nothing = kept(tracker);
  await setUp(tracker, SIM_KEY, SIM_STEAM_ID);
  const account = readFileSync(accountPath(tracker), "utf8");
  const wrongAgain = await setUp(tracker, OTHER_KEY, SIM_STEAM_ID);

  const refusals = [wrongKey, nobody, noId, noKey, wrongAgain];
  expect(refusals.map(({ status, told }) => [status, told.field])).toEqual([
    [422, "/steam_api_key"],
    [422, "/steam_id"],
    [422, "/steam_id"],
    [422, "/steam_api_key"],
    [422, "/steam_api_key"],
  ]);
  expect(nothing).toEqual([]);
  expect(readFileSync(accountPath(tracker), "utf8")).toBe(account);
  expect(kept(tracker)).toEqual(["steam-account.json"]);
  // Not even one of which only a character is wrong.
  expect(JSON.stringify(refusals) + tracker.output()).not.toContain(OTHER_KEY.slice(1));
});

test("a Steam that does not answer is told as that, and changes nothing; a profile that hides itself is accepted with what to do", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await using tracker = await startTracker({ env: variables(sim) });

  await sim.control.fail({ kind: "unavailable" });
  const down = await setUp(tracker, SIM_KEY, SIM_STEAM_ID);
  const nothing = kept(tracker);
  await sim.control.clearFaults();
  await sim.control.fail({ kind: "private", endpoint: "GetOwnedGames" });
  const hidden = await setUp(tracker, SIM_KEY, SIM_STEAM_ID);

  expect(down.status).toBe(503);
  expect(down.told.detail).toContain("could not be checked");
  // Nobody but whoever is setting it up asks again.
  expect(down.told.detail).toEndWith("if it lasts. Nothing was changed; try again.");
  expect(nothing).toEqual([]);
  expect(hidden).toMatchObject({ status: 200, told: { outcome: "private", games: null } });
  expect((hidden.told as unknown as { reason: string }).reason).toContain("Game details");
});

test("the environment wins: what is set there cannot be changed here", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  const env = { ...variables(sim), STEAM_API_KEY: SIM_KEY, STEAM_ID: SIM_STEAM_ID };
  await using tracker = await startTracker({ env });

  const { status, told } = await setUp(tracker, OTHER_KEY, SIM_STEAM_ID);
  const removed = await tracker.fetch("/api/setup", { method: "DELETE" });

  expect(await tracker.get<Setup>("/api/setup")).toMatchObject({ source: "environment" });
  expect([status, removed.status]).toEqual([409, 409]);
  expect(told.detail).toContain("in the environment");
  expect(kept(tracker)).toEqual([]);
});
