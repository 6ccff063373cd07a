import { expect, test } from "bun:test";
import { createSteamClient, SteamFailure, unlimitedPermits } from "@tracker/steam";
import { ACHIEVEMENT_ENDPOINTS } from "./fault.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, startSteamSim } from "./sim.ts";
import { type Truth, truthGame } from "./truth.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const TRUTH: Truth = {
  ...EMPTY_TRUTH,
  games: [10, 20].map((appId) => truthGame(appId, { hasStats: true, achievementCount: 5 })),
};

function asking(apiUrl: string, timeoutMs = 5_000) {
  const options = { apiUrl, key: SIM_KEY, permits: unlimitedPermits, timeoutMs };
  const steam = createSteamClient({ ...options, retryAttempts: 1 });
  return {
    player: (appId = 10) => outcome(steam.playerAchievements(SIM_STEAM_ID, appId)),
    schema: (appId = 10) => outcome(steam.gameSchema(appId)),
    percentages: (appId = 10) => outcome(steam.globalAchievementPercentages(appId)),
    counts: () => outcome(steam.achievementCounts(SIM_STEAM_ID, [10, 20])),
    year: () => outcome(steam.yearInReview(SIM_STEAM_ID, 2025)),
    items: () => outcome(steam.storeItems([10])),
  };
}

async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return (await promise) === null ? "nothing" : "ok";
  } catch (error) {
    return error instanceof SteamFailure ? error.kind : error;
  }
}

async function allOf(url: string, timeoutMs?: number) {
  const { player, schema, percentages, counts, year, items } = asking(url, timeoutMs);
  return [
    await player(),
    await schema(),
    await percentages(),
    await counts(),
    await year(),
    await items(),
  ];
}

const repeated = (kind: string) => [kind, kind, kind, "nothing", kind, kind];

test.each([
  ["limited", repeated("limited")],
  ["unavailable", repeated("unreachable")],
  ["server_error", repeated("unreachable")],
  ["bad_key", repeated("bad_key")],
  ["truncated", repeated("malformed")],
  ["cut", repeated("unreachable")],
  ["reset", repeated("unreachable")],
  ["html", repeated("malformed")],
  ["json_null", repeated("malformed")],
  ["private", ["not_visible", "ok", "ok", "nothing", "not_visible", "ok"]],
  ["silent_empty", ["ok", "no_stats", "ok", "nothing", "not_visible", "empty"]],
] as const)("the failure %s is told by every method of an import", async (kind, expected) => {
  await using sim = await startSteamSim({ truth: TRUTH, now: NOON });
  await sim.control.fail({ kind });

  expect(await allOf(sim.url)).toEqual([...expected]);
  await sim.control.clearFaults();
  expect(await allOf(sim.url)).toEqual(repeated("ok").map(() => "ok"));
});

test("a method that hangs is unreachable", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  await sim.control.fail({ kind: "hang", endpoint: "GetPlayerAchievements" });

  expect(await asking(sim.url, 60).player()).toBe("unreachable");
});

test("a silent answer has success and no list", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  const options = { apiUrl: sim.url, key: SIM_KEY, permits: unlimitedPermits };
  const steam = createSteamClient(options);
  await sim.control.fail({ kind: "silent_empty" });

  expect(await steam.playerAchievements(SIM_STEAM_ID, 10)).toMatchObject({ achievements: null });
  expect(await steam.globalAchievementPercentages(10)).toEqual([]);
});

// A game marked private must not make its neighbours look private.
test("a failure can be of one app alone", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  const steam = asking(sim.url);
  await sim.control.fail({ kind: "private", endpoint: "GetPlayerAchievements", appId: 20 });
  await sim.control.fail({ kind: "unavailable", appId: 20, times: 2 });

  expect([await steam.player(10), await steam.player(20)]).toEqual(["ok", "not_visible"]);
  expect([await steam.schema(10), await steam.schema(20)]).toEqual(["ok", "unreachable"]);
  expect([await steam.percentages(10), await steam.percentages(20)]).toEqual(["ok", "unreachable"]);
  expect([await steam.schema(20), await steam.counts()]).toEqual(["ok", "ok"]);
});

test("a failure can last for some minutes of the simulator's clock", async () => {
  await using sim = await startSteamSim({ truth: TRUTH, now: NOON });
  const steam = asking(sim.url);
  await sim.control.fail({
    kind: "limited",
    endpoint: "GetPlayerAchievements",
    forMs: 10 * MINUTE,
  });

  expect([await steam.player(), await steam.schema()]).toEqual(["limited", "ok"]);
  await sim.control.advanceClock(10 * MINUTE - 1);
  expect(await steam.player()).toBe("limited");
  await sim.control.advanceClock(1);
  expect(await steam.player()).toBe("ok");
});

test("settings that make no sense are refused, and the others stay", async () => {
  await using sim = await startSteamSim({ settings: { percentages: "float" } });
  const tell = async (method: string, body?: object) => {
    const init = body ? { method, body: JSON.stringify(body) } : { method };
    const response = await fetch(`${sim.url}/_control/settings`, init);
    return [response.status, await response.json()];
  };

  expect((await tell("PUT", { topAchievements: 500 }))[0]).toBe(400);
  expect((await tell("PUT", { unknown: true }))[0]).toBe(400);
  await sim.control.configure({ topAchievements: 404 });
  expect(await tell("GET")).toEqual([
    200,
    {
      topAchievements: 404,
      yearInReview: "months_in_games",
      percentages: "float",
      steamSpyOverlap: 0.05,
    },
  ]);
});

// The quota of achievements is proven on this log: all of their methods count together.
test("requests for achievements are counted together, each with its app", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  const steam = asking(sim.url);

  await allOf(sim.url);
  await steam.player(20);

  const asked = await sim.control.requests(ACHIEVEMENT_ENDPOINTS);
  expect(asked.map(({ endpoint, appId }) => [endpoint, appId])).toEqual([
    ["GetPlayerAchievements", 10],
    ["GetSchemaForGame", 10],
    ["GetGlobalAchievementPercentagesForApp", 10],
    ["GetTopAchievementsForGames", null],
    ["GetPlayerAchievements", 20],
  ]);
  expect(sim.largestWindow(ACHIEVEMENT_ENDPOINTS, MINUTE)).toBe(5);
  expect(await sim.control.largestWindow(ACHIEVEMENT_ENDPOINTS, MINUTE)).toBe(5);
  expect(await sim.control.largestWindow(["GetItems", "GetSchemaForGame"], MINUTE)).toBe(2);
  expect(await sim.control.largestWindow(null, MINUTE)).toBe(7);
});
