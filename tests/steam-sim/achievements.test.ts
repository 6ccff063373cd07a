import { expect, test } from "bun:test";
import { createSteamClient, SteamFailure, unlimitedPermits } from "@tracker/steam";
import { sharedData } from "../shared-data.ts";
import { createAchievementBook } from "./achievement-book.ts";
import { achievementLibrary } from "./achievement-library.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, startSteamSim } from "./sim.ts";
import { type Truth, truthGame } from "./truth.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const PLAYER = "ISteamUserStats/GetPlayerAchievements/v1/";
const SCHEMA = "ISteamUserStats/GetSchemaForGame/v2/";
const GLOBAL = "ISteamUserStats/GetGlobalAchievementPercentagesForApp/v2/";

const LIBRARY = achievementLibrary({ seed: 11, endsAt: NOON, games: 40 });
const STATLESS = truthGame(10);
const NONE = truthGame(20, { hasStats: true, achievementCount: 0 });
const SOME = truthGame(30, {
  hasStats: true,
  achievementCount: 12,
  minutesBefore: 120,
  lastPlayedBefore: NOON - 86_400_000,
});
const SMALL: Truth = { ...EMPTY_TRUTH, games: [STATLESS, NONE, SOME] };

function client(apiUrl: string) {
  return createSteamClient({ apiUrl, key: SIM_KEY, permits: unlimitedPermits, retryAttempts: 1 });
}

async function outcome<T>(promise: Promise<T>): Promise<T | string> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof SteamFailure) return error.kind;
    throw error;
  }
}

async function ask(url: string, path: string, query: Record<string, string>) {
  const response = await fetch(`${url}/${path}?${new URLSearchParams(query).toString()}`);
  return { status: response.status, text: await response.text() };
}

const OWN = { key: SIM_KEY, steamid: SIM_STEAM_ID };

test("over HTTP the product reads each game's achievements as the truth has them", async () => {
  const book = createAchievementBook(LIBRARY);
  await using sim = await startSteamSim({ truth: LIBRARY, now: NOON });
  const steam = client(sim.url);
  const counts = await steam.achievementCounts(
    SIM_STEAM_ID,
    LIBRARY.games.map(({ appId }) => appId),
  );

  for (const { appId } of LIBRARY.games) {
    const achievements = book.achievementsOf(appId);
    const unlocks = book.unlocksOf(appId, NOON);
    const told = await outcome(steam.playerAchievements(SIM_STEAM_ID, appId));
    if (achievements === null) {
      expect(told).toBe("no_stats");
      expect(await outcome(steam.gameSchema(appId))).toBe("no_stats");
      expect(await outcome(steam.globalAchievementPercentages(appId))).toBe("no_stats");
      continue;
    }
    const player = achievements.map(({ apiName, title, description, hidden }) => ({
      apiName,
      unlocked: unlocks.has(apiName),
      unlockedAt: inWholeSeconds(unlocks.get(apiName) ?? null),
      title,
      description: hidden ? null : description,
    }));
    expect(told).toMatchObject({ achievements: player.length === 0 ? null : player });
    const schema = await steam.gameSchema(appId);
    expect(schema.achievements).toMatchObject(
      achievements.map(({ apiName, title, description, hidden }) => ({
        apiName,
        title,
        description: hidden ? null : description,
        hidden,
      })),
    );
    const percentages = await steam.globalAchievementPercentages(appId);
    expect(new Map(percentages.map(({ apiName, percent }) => [apiName, percent]))).toEqual(
      new Map(achievements.map(({ apiName, percent }) => [apiName, percent])),
    );
    expect(counts).toContainEqual({
      appId,
      total: achievements.length,
      unlocked: unlocks.size,
    });
  }
});

function inWholeSeconds(at: number | null): number | null {
  return at === null ? null : at - (at % 1_000);
}

test("names and descriptions come with a language alone, and percentages without a key", async () => {
  await using sim = await startSteamSim({ truth: SMALL, now: NOON });
  const rowOf = (text: string) =>
    (JSON.parse(text) as { playerstats: { achievements: object[] } }).playerstats.achievements[0];

  const plain = await ask(sim.url, PLAYER, { ...OWN, appid: "30" });
  const english = await ask(sim.url, PLAYER, { ...OWN, appid: "30", l: "english" });
  const global = await ask(sim.url, GLOBAL, { gameid: "30" });
  const stranger = await ask(sim.url, GLOBAL, { gameid: "30", key: "wrong" });
  const schema = await ask(sim.url, SCHEMA, { appid: "30" });

  expect(Object.keys(rowOf(plain.text) ?? {})).toEqual(["apiname", "achieved", "unlocktime"]);
  expect(Object.keys(rowOf(english.text) ?? {})).toContain("description");
  expect(global.text).toMatch(/^\{"achievementpercentages":\{"achievements":\[\{"name":"ACH_01"/);
  expect(global.text).toMatch(/"percent":"\d+\.\d"/);
  expect([stranger.status, schema.status]).toEqual([403, 400]);
});

test("percentages are floats of single precision when older answers are asked for", async () => {
  await using sim = await startSteamSim({ truth: SMALL, settings: { percentages: "float" } });

  const percentages = await client(sim.url).globalAchievementPercentages(30);

  expect(percentages).toHaveLength(12);
  for (const { percent } of percentages) expect(percent).toBe(Math.fround(percent));
});

const errors = sharedData("errors");

// What the importer is proven against has to be what Steam really sends.
for (const [name, path, query] of [
  ["GetPlayerAchievements.400.no-stats.json", PLAYER, { ...OWN, appid: "10" }],
  ["GetSchemaForGame.200.no-stats.json", SCHEMA, { ...OWN, appid: "10" }],
  ["GetGlobalAchievementPercentages.403.unknown-app.json", GLOBAL, { gameid: "10" }],
  ["GetPlayerAchievements.403.not-public.json", PLAYER, { ...OWN, appid: "30" }],
] as const) {
  test.skipIf(errors === null)(`it can answer with the recorded ${name}`, async () => {
    await using sim = await startSteamSim({ truth: SMALL });
    if (name.includes("not-public")) await sim.control.fail({ kind: "private" });

    const { status, text } = await ask(sim.url, path, query);

    expect(status).toBe(Number(name.split(".")[1]));
    expect(text).toBe((await Bun.file(`${errors}/${name}`).text()).trim());
  });
}

test("a game with stats and no achievements answers with success and without a list", async () => {
  await using sim = await startSteamSim({ truth: SMALL });

  const { status, text } = await ask(sim.url, PLAYER, { ...OWN, appid: "20" });

  expect([status, JSON.parse(text)]).toEqual([
    200,
    { playerstats: { steamID: SIM_STEAM_ID, gameName: "Game 20", success: true } },
  ]);
  expect((await client(sim.url).gameSchema(20)).achievements).toEqual([]);
});

test.each([401, 404] as const)("with %d there are no counts", async (topAchievements) => {
  await using sim = await startSteamSim({ truth: SMALL });
  const counts = () => client(sim.url).achievementCounts(SIM_STEAM_ID, [10, 20, 30, 99]);

  expect((await counts())?.map(({ appId, total }) => [appId, total])).toEqual([
    [10, 0],
    [20, 0],
    [30, 12],
  ]);
  await sim.control.configure({ topAchievements });
  expect(await counts()).toBeNull();
});

test("only a few unlocked achievements are listed unless more are asked for", async () => {
  const game = { ...SOME, minutesBefore: 61 * 60 };
  await using sim = await startSteamSim({ truth: { ...SMALL, games: [game] }, now: NOON });
  const path = "IPlayerService/GetTopAchievementsForGames/v1/";

  const few = await ask(sim.url, path, { ...OWN, "appids[0]": "30" });
  const all = await client(sim.url).achievementCounts(SIM_STEAM_ID, [30]);

  expect(few.text.match(/"statid"/g)).toHaveLength(8);
  expect(all).toEqual([{ appId: 30, total: 12, unlocked: 12 }]);
});

test("a library of 300 games has every kind of game", () => {
  const library = achievementLibrary({ seed: 4, endsAt: NOON });
  const book = createAchievementBook(library);
  const kinds = library.games.map(({ appId }) => {
    const total = book.achievementsOf(appId)?.length;
    if (total === undefined) return "without stats";
    if (total === 0) return "without achievements";
    const unlocked = book.unlocksOf(appId, NOON).size;
    if (unlocked === 0) return "nothing unlocked";
    return unlocked === total ? "complete" : "on the way";
  });
  const count = (kind: string) => kinds.filter((one) => one === kind).length;

  expect(library.games).toHaveLength(300);
  expect(new Set(library.games.map(({ name }) => name)).size).toBe(300);
  expect([count("without stats"), count("without achievements")]).toEqual([30, 30]);
  expect(count("complete")).toBeGreaterThanOrEqual(30);
  expect(count("nothing unlocked")).toBeGreaterThanOrEqual(10);
  expect(count("on the way")).toBeGreaterThanOrEqual(100);
  expect(library.games.some(({ delisted }) => delisted)).toBeTrue();
  expect(achievementLibrary({ seed: 4, endsAt: NOON })).toEqual(library);
});
