import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import {
  appDetails,
  classify,
  type Endpoint,
  getAppList,
  getGlobalAchievementPercentages,
  getItemFacts,
  getItems,
  getOwnedGames,
  getPlayerAchievements,
  getPlayerSummaries,
  getRecentlyPlayedGames,
  getSchemaForGame,
  getTagList,
  getTopAchievementsForGames,
  getUserYearInReview,
  resolveVanityUrl,
  steamSpyAll,
  steamSpyDetails,
} from "@tracker/steam";
import { outcomeOf, recorded } from "./recorded-answer.ts";
import { sharedData } from "./shared-data.ts";

const errors = sharedData("errors");
const fixtures = sharedData("fixtures");
const library = sharedData("owned-games/kevov_129_extended.json");

const STEAM_WEB_API: readonly Endpoint<unknown>[] = [
  getOwnedGames,
  getRecentlyPlayedGames,
  getPlayerSummaries,
  resolveVanityUrl,
  getPlayerAchievements,
  getSchemaForGame,
  getGlobalAchievementPercentages,
  getTopAchievementsForGames,
  getUserYearInReview,
  getItems,
  getItemFacts,
  getAppList,
  getTagList,
];

interface Case {
  readonly endpoints: readonly Endpoint<unknown>[];
  /** A kind of failure, or the data. */
  readonly outcome: unknown;
}

const of = (endpoint: Endpoint<unknown>, outcome: unknown): Case => ({
  endpoints: [endpoint],
  outcome,
});

/** What each recorded answer means. */
const CASES: Readonly<Record<string, Case>> = {
  "GetOwnedGames.200.private.json": of(getOwnedGames, "private"),
  "GetOwnedGames.200.public-empty.json": of(getOwnedGames, { games: [] }),
  "GetOwnedGames.400.bad-steamid.html": of(getOwnedGames, "bad_steam_id"),
  "GetOwnedGames.401.bad-key.html": of(getOwnedGames, "bad_key"),
  "GetRecentlyPlayedGames.200.none.json": of(getRecentlyPlayedGames, { games: [] }),
  "GetRecentlyPlayedGames.200.private.json": of(getRecentlyPlayedGames, "private"),
  "GetPlayerSummaries.200.unknown-id.json": of(getPlayerSummaries, []),
  "ResolveVanityURL.200.no-match.json": of(resolveVanityUrl, "bad_steam_id"),
  "GetPlayerAchievements.200.no-achievements-key.json": of(getPlayerAchievements, {
    gameName: "Valheim",
    achievements: null,
  }),
  "GetPlayerAchievements.400.no-stats.json": of(getPlayerAchievements, "no_stats"),
  "GetPlayerAchievements.403.not-public.json": of(getPlayerAchievements, "not_visible"),
  "GetSchemaForGame.200.no-stats.json": of(getSchemaForGame, "no_stats"),
  "GetGlobalAchievementPercentages.403.unknown-app.json": of(
    getGlobalAchievementPercentages,
    "no_stats",
  ),
  "ISteamApps.GetAppList.404.html": of(getAppList, "malformed"),
  "IStoreService.GetAppList.200.empty.json": of(getAppList, "empty"),
  "any.403.bad-key.html": { endpoints: STEAM_WEB_API, outcome: "bad_key" },
  "any.429.web-api.html": { endpoints: STEAM_WEB_API, outcome: "limited" },
  "appdetails.200.price_overview-multi.json": of(appDetails, "malformed"),
  "appdetails.200.unknown.json": of(appDetails, "not_found"),
  "appdetails.400.multi-appids.json": of(appDetails, "malformed"),
  "appdetails.429.json": of(appDetails, "limited"),
  "steamspy.200.overloaded.txt": {
    endpoints: [steamSpyDetails, steamSpyAll],
    outcome: "limited",
  },
  "steamspy.500.empty.txt": { endpoints: [steamSpyDetails, steamSpyAll], outcome: "limited" },
  "steamspy.appdetails.200.untracked.json": of(steamSpyDetails, "not_found"),
};

test.skipIf(errors === null)("every recorded failure is a case here", async () => {
  expect(Object.keys(CASES).toSorted()).toEqual((await readdir(errors ?? "")).toSorted());
  expect(Object.keys(CASES)).toHaveLength(24);
});

for (const [name, { endpoints, outcome }] of Object.entries(CASES)) {
  const meaning = typeof outcome === "string" ? outcome : "data";
  test.skipIf(errors === null)(`${name} is ${meaning}`, async () => {
    const answer = await recorded(errors ?? "", name);

    for (const endpoint of endpoints) expect(outcomeOf(endpoint, answer)).toEqual(outcome);
  });
}

// Truncation can happen anywhere: no prefix of an answer may pass for a smaller answer.
test.skipIf(fixtures === null)(
  "an answer cut at any place is malformed, never less data",
  async () => {
    const answer = await recorded(fixtures ?? "", "adam-dickinson/owned-games.json");
    const text = answer.body.trimEnd();

    for (let length = 0; length < text.length; length += 1) {
      const cut = { ...answer, body: text.slice(0, length) };
      expect(outcomeOf(getOwnedGames, cut)).toBe("malformed");
    }
  },
);

interface RecordedGame {
  readonly appid: number;
  readonly name: string;
  readonly playtime_forever: number;
  readonly rtime_last_played: number;
}

test.skipIf(library === null)("a real library is read game by game, minute by minute", async () => {
  const body = await Bun.file(library ?? "").text();
  const { games } = classify(getOwnedGames, { status: 200, headers: new Headers(), body }, 0);
  const raw = JSON.parse(body) as { response: { games: RecordedGame[] } };

  expect(games).toHaveLength(129);
  expect(games.map(({ appId, name, minutes }) => [appId, name, minutes])).toEqual(
    raw.response.games.map((game) => [game.appid, game.name, game.playtime_forever]),
  );
  expect(games.map((game) => (game.lastPlayedAt ?? 0) / 1_000)).toEqual(
    raw.response.games.map((game) => game.rtime_last_played),
  );
  expect(games.filter((game) => game.hasStats)).toHaveLength(100);
  expect(games.filter((game) => game.offlineMinutes === null)).toHaveLength(0);
  expect(games.filter((game) => game.minutes2Weeks > 0)).toHaveLength(2);
});

test.skipIf(fixtures === null)("a borrowed game is seen in the recent games alone", async () => {
  const path = `${fixtures}/adam-dickinson`;
  const owned = classify(getOwnedGames, await recorded(path, "owned-games.json"), 0);
  const recent = classify(getRecentlyPlayedGames, await recorded(path, "recently-played.json"), 0);

  const borrowed = recent.games.filter(
    ({ appId }) => !owned.games.some((game) => game.appId === appId),
  );
  expect(borrowed.map(({ appId, minutes }) => [appId, minutes])).toEqual([[1817070, 1560]]);
});

test.skipIf(fixtures === null)(
  "a game of Steam's and a shortcut are both being played",
  async () => {
    const name = "player-summaries-ingame.composed.json";
    const players = classify(getPlayerSummaries, await recorded(fixtures ?? "", name), 0);

    expect(players.map(({ inGame }) => inGame)).toEqual([
      { appId: 200210, name: "Realm of the Mad God" },
      { appId: null, name: "Life" },
    ]);
  },
);
