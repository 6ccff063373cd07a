import { expect, test } from "bun:test";
import {
  type Answer,
  classify,
  getGlobalAchievementPercentages,
  getItems,
  getPlayerAchievements,
  getSchemaForGame,
} from "@tracker/steam";
import { outcomeOf, recorded } from "./recorded-answer.ts";
import { sharedData } from "./shared-data.ts";

const fixtures = sharedData("fixtures");
const recordings = `${fixtures}/adam-dickinson`;
const unlocks = [
  ["NEW_ACHIEVEMENT_1_1", "Welcome to the City of the Dead", null, "2026-02-25T19:51:04.000Z"],
  ["NEW_ACHIEVEMENT_1_7", "A Hero Emerges", "Complete Leon's story.", "2026-03-09T17:23:58.000Z"],
  ["NEW_ACHIEVEMENT_1_9", "Broken Umbrella", null, null],
  ["NEW_ACHIEVEMENT_1_31", "Lore Explorer", "Read all of the files.", null],
] as const;

test.skipIf(fixtures === null)("a player's achievements are read to the second", async () => {
  const answer = await recorded(recordings, "player-achievements-883710.json");

  const { gameName, achievements } = classify(getPlayerAchievements, answer, 0);

  expect(gameName).toBe("Resident Evil 2");
  expect(achievements).toEqual(
    unlocks.map(([apiName, title, description, at]) => ({
      apiName,
      unlocked: at !== null,
      unlockedAt: at === null ? null : Date.parse(at),
      title,
      description,
    })),
  );
});

test.skipIf(fixtures === null)("a schema is read with what it hides", async () => {
  const answer = await recorded(recordings, "schema-883710.json");

  const { gameName, gameVersion, achievements } = classify(getSchemaForGame, answer, 0);

  expect([gameName, gameVersion]).toEqual(["RESIDENT EVIL 2 / BIOHAZARD RE:2", "13"]);
  expect(
    achievements.map(({ apiName, title, description, hidden }) => [
      apiName,
      title,
      description,
      hidden,
    ]),
  ).toEqual(
    unlocks.map(([apiName, title, description]) => [
      apiName,
      title,
      description,
      description === null,
    ]),
  );
  const icons = achievements.flatMap(({ iconUrl, iconGrayUrl }) => [iconUrl, iconGrayUrl]);
  expect(new Set(icons).size).toBe(8);
  for (const icon of icons) expect(icon).toMatch(/\/apps\/883710\/[0-9a-f]{40}\.jpg$/);
});

test.skipIf(fixtures === null)("a schema without anything hidden is read in full", async () => {
  const name = "immortalnights_mock_game_288160_schema.json";

  const schema = classify(getSchemaForGame, await recorded(fixtures ?? "", name), 0);

  expect(schema.gameName).toBe("The Room");
  expect(schema.achievements.map(({ title }) => title)).toEqual([
    "Safe Cracker",
    "Time Keeper",
    "Stargazer",
    "High Priest",
    "Protégé",
  ]);
  expect(schema.achievements.some(({ hidden }) => hidden)).toBeFalse();
});

test.skipIf(fixtures === null)("a schema that has only a name has no stats", async () => {
  const name = "immortalnights_mock_game_8500_schema.json";

  expect(outcomeOf(getSchemaForGame, await recorded(fixtures ?? "", name))).toBe("no_stats");
});

test.skipIf(fixtures === null)("percentages are read as texts and as numbers", async () => {
  const texts = await recorded(recordings, "global-pct-883710.json");
  const name = "immortalnights_mock_game_288160_achievements.json";
  const numbers = await recorded(fixtures ?? "", name);
  const percentsOf = (answer: Answer) =>
    classify(getGlobalAchievementPercentages, answer, 0).map(({ percent }) => percent);

  expect(percentsOf(texts)).toEqual([94.9, 52, 28.3, 6]);
  expect(percentsOf(numbers)).toEqual([
    86.5999984741211, 77.9000015258789, 72, 69.6999969482422, 65.1999969482422,
  ]);
});

test.skipIf(fixtures === null)(
  "art is read at new and at old addresses, and none of a hidden app",
  async () => {
    const items = classify(getItems, await recorded(recordings, "store-items-GetItems.json"), 0);

    const prefix = "https://shared.akamai.steamstatic.com/store_item_assets/steam/apps";
    expect(items).toEqual([
      {
        appId: 2584270,
        art: {
          headerUrl: `${prefix}/2584270/0a4c23b70ced29fac344186ea564dae67c80cfd6/header.jpg?t=1788251111`,
          capsuleUrl: `${prefix}/2584270/e92804cbd8a37fbf08e19c55ab6a0ce7f0f25bf5/library_capsule.jpg?t=1788251111`,
        },
      },
      {
        appId: 236850,
        art: {
          headerUrl: `${prefix}/236850/header.jpg?t=1778249292`,
          capsuleUrl: `${prefix}/236850/262929c03990b786390232599f3af566ae36eac7/library_600x900.jpg?t=1778249292`,
        },
      },
      { appId: 700580, art: null },
    ]);
  },
);

// A list cut short would take achievements away, or covers: each of these has to be told from a whole one.
test.skipIf(fixtures === null)("these answers too, cut at any place, are malformed", async () => {
  const cases = [
    [getPlayerAchievements, "player-achievements-883710.json"],
    [getSchemaForGame, "schema-883710.json"],
    [getGlobalAchievementPercentages, "global-pct-883710.json"],
    [getItems, "store-items-GetItems.json"],
  ] as const;
  for (const [endpoint, name] of cases) {
    const answer = await recorded(recordings, name);
    const text = answer.body.trimEnd();
    for (let length = 0; length < text.length; length += 1) {
      const cut = { ...answer, body: text.slice(0, length) };
      expect(outcomeOf(endpoint, cut)).toBe("malformed");
    }
  }
});
