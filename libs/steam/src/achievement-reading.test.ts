import { expect, test } from "bun:test";
import { getSchemaForGame } from "./game-schema.ts";
import { getGlobalAchievementPercentages } from "./global-percentages.ts";
import { getPlayerAchievements } from "./player-achievements.ts";
import { getTopAchievementsForGames } from "./top-achievements.ts";

const told = (achievement: object) =>
  getPlayerAchievements.read({ playerstats: { success: true, achievements: [achievement] } });

test("an unlock is told with its instant, a locked achievement without one", () => {
  const unlocked = { apiname: "A", achieved: 1, unlocktime: 1772049064, name: "One" };
  const locked = { apiname: "B", achieved: 0, unlocktime: 0, name: "Two", description: "Do." };

  const reading = getPlayerAchievements.read({
    playerstats: {
      steamID: "76561190000000001",
      gameName: "ValveTestApp260",
      achievements: [unlocked, locked],
      success: true,
    },
  });

  expect(reading).toEqual({
    data: {
      gameName: "ValveTestApp260",
      achievements: [
        {
          apiName: "A",
          unlocked: true,
          unlockedAt: Date.parse("2026-02-25T19:51:04Z"),
          title: "One",
          description: null,
        },
        { apiName: "B", unlocked: false, unlockedAt: null, title: "Two", description: "Do." },
      ],
    },
  });
});

// An unlock of unknown date is an unlock all the same; 1970 is the date of none.
test("an unlock whose time is 0 or missing is unlocked, with the time unknown", () => {
  const unknown = {
    apiName: "A",
    unlocked: true,
    unlockedAt: null,
    title: null,
    description: null,
  };

  for (const achievement of [
    { apiname: "A", achieved: 1, unlocktime: 0 },
    { apiname: "A", achieved: 1, description: "" },
  ]) {
    expect(told(achievement)).toEqual({ data: { gameName: null, achievements: [unknown] } });
  }
});

test("a time without an unlock is no unlock", () => {
  expect(told({ apiname: "A", achieved: 0, unlocktime: 5 })).toMatchObject({
    data: { achievements: [{ unlocked: false, unlockedAt: null }] },
  });
});

test.each([
  ["success without a list", { playerstats: { success: true } }, null],
  ["an empty list", { playerstats: { success: true, achievements: [] } }, []],
])("%s is an answer, told apart", (_name, json, achievements) => {
  expect(getPlayerAchievements.read(json)).toEqual({ data: { gameName: null, achievements } });
});

test.each([
  ["nothing at all", {}, "empty"],
  ["nothing about the player", { playerstats: {} }, "empty"],
  ["a failure that comes as a success", { playerstats: { success: false } }, "malformed"],
  ["a nameless achievement", { playerstats: { success: true, achievements: [{}] } }, "malformed"],
])("%s is no answer", (_name, json, failure) => {
  expect(getPlayerAchievements.read(json)).toMatchObject({ failure });
});

test("a schema tells what is hidden, and has no description of that", () => {
  const open = {
    name: "A",
    defaultvalue: 0,
    displayName: "Protégé",
    hidden: 0,
    description: "Complete it",
    icon: "https://art.example/a.jpg",
    icongray: "",
  };
  const hidden = { name: "B", displayName: "", hidden: 1 };

  const reading = getSchemaForGame.read({
    game: {
      gameName: "",
      gameVersion: "13",
      availableGameStats: { achievements: [open, hidden], stats: [{ name: "S" }] },
    },
  });

  expect(reading).toEqual({
    data: {
      gameName: null,
      gameVersion: "13",
      achievements: [
        {
          apiName: "A",
          title: "Protégé",
          description: "Complete it",
          hidden: false,
          iconUrl: "https://art.example/a.jpg",
          iconGrayUrl: null,
        },
        {
          apiName: "B",
          title: null,
          description: null,
          hidden: true,
          iconUrl: null,
          iconGrayUrl: null,
        },
      ],
    },
  });
});

test("a schema with stats alone has no achievements, one without either has no stats", () => {
  const stats = { availableGameStats: { stats: [{ name: "S" }] } };

  expect(getSchemaForGame.read({ game: stats })).toMatchObject({ data: { achievements: [] } });
  for (const game of [{}, { gameName: "EVE Online", gameVersion: "1" }]) {
    expect(getSchemaForGame.read({ game })).toEqual({ failure: "no_stats" });
  }
});

test("a percentage is read as a text and as a number", () => {
  const percentOf = (percent: unknown) =>
    getGlobalAchievementPercentages.read({
      achievementpercentages: { achievements: [{ name: "A", percent }] },
    });

  expect(
    ["94.9", "0.0", "100", 86.5999984741211, 72, 0].map((percent) => percentOf(percent)),
  ).toEqual(
    [94.9, 0, 100, 86.5999984741211, 72, 0].map((percent) => ({
      data: [{ apiName: "A", percent }],
    })),
  );
  for (const percent of ["", "many", "9,5", -1, null, undefined]) {
    expect(percentOf(percent)).toMatchObject({ failure: "malformed" });
  }
});

test("a game is counted only when its total is told and makes sense", () => {
  const reading = getTopAchievementsForGames.read({
    response: {
      games: [
        { appid: 10, total_achievements: 50, achievements: [{}, {}, {}] },
        { appid: 20, total_achievements: 7 },
        { appid: 30, total_achievements: 0 },
        { appid: 40 },
        { appid: 50, total_achievements: 1, achievements: [{}, {}] },
      ],
    },
  });

  expect(reading).toEqual({
    data: [
      { appId: 10, total: 50, unlocked: 3 },
      { appId: 20, total: 7, unlocked: 0 },
      { appId: 30, total: 0, unlocked: 0 },
    ],
  });
});
