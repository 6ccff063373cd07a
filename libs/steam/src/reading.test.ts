import { expect, test } from "bun:test";
import { retryAfterMs } from "./answer.ts";
import { coverUrl } from "./art.ts";
import { getOwnedGames } from "./owned-games.ts";
import { getPlayerSummaries } from "./player-summaries.ts";
import { getRecentlyPlayedGames } from "./recently-played.ts";
import { retryDelayMs } from "./retry.ts";
import { SteamFailure } from "./failure.ts";
import { resolveVanityUrl } from "./vanity-url.ts";

function owned(game: object): unknown {
  const reading = getOwnedGames.read({ response: { game_count: 1, games: [game] } });
  return "data" in reading ? reading.data.games[0] : reading;
}

test("everything that Steam tells of a game of one's own is read", () => {
  const game = {
    appid: 883710,
    name: "A Game",
    playtime_2weeks: 9,
    playtime_forever: 1027,
    img_icon_url: "86ef2fdebeced746313994ccf2d7afb1f2887bf0",
    has_community_visible_stats: true,
    playtime_windows_forever: 1027,
    rtime_last_played: 1790160642,
    content_descriptorids: [2, 5],
    playtime_disconnected: 81,
  };

  expect(owned(game)).toEqual({
    appId: 883710,
    name: "A Game",
    minutes: 1027,
    minutes2Weeks: 9,
    lastPlayedAt: 1790160642000,
    offlineMinutes: 81,
    iconHash: "86ef2fdebeced746313994ccf2d7afb1f2887bf0",
    hasStats: true,
  });
});

// With somebody else's key these fields are absent; a zero would read as "never played", "never offline".
test("what Steam does not tell is null, never zero", () => {
  expect(owned({ appid: 1, playtime_forever: 60 })).toEqual({
    appId: 1,
    name: null,
    minutes: 60,
    minutes2Weeks: 0,
    lastPlayedAt: null,
    offlineMinutes: null,
    iconHash: null,
    hasStats: false,
  });
});

test("a game that was never launched has no last play and no empty icon", () => {
  const game = {
    appid: 1,
    name: "",
    playtime_forever: 0,
    img_icon_url: "",
    rtime_last_played: 0,
    playtime_disconnected: 0,
  };

  expect(owned(game)).toMatchObject({
    name: null,
    iconHash: null,
    lastPlayedAt: null,
    offlineMinutes: 0,
  });
});

test("a recent game that is borrowed is read as any other", () => {
  const game = { appid: 1817070, name: "Borrowed", playtime_2weeks: 493, playtime_forever: 1560 };

  expect(getRecentlyPlayedGames.read({ response: { total_count: 1, games: [game] } })).toEqual({
    data: {
      games: [
        { appId: 1817070, name: "Borrowed", minutes: 1560, minutes2Weeks: 493, iconHash: null },
      ],
    },
  });
});

function inGame(fields: object): unknown {
  const player = { steamid: "1", personaname: "P", communityvisibilitystate: 3, ...fields };
  const reading = getPlayerSummaries.read({ response: { players: [player] } });
  return "data" in reading ? reading.data[0]?.inGame : reading;
}

test.each([
  ["a game of Steam's", { gameid: "200210", gameextrainfo: "Realm" }, 200210, "Realm"],
  ["a game whose name is left out", { gameid: "200210" }, 200210, null],
  ["a shortcut, by its name alone", { gameextrainfo: "Life" }, null, "Life"],
  [
    "a shortcut with an id of its own",
    { gameid: "9223372036854775808", gameextrainfo: "Life" },
    null,
    "Life",
  ],
  ["the largest app id", { gameid: "4294967295" }, 4294967295, null],
  ["an id just above all app ids", { gameid: "4294967296" }, null, null],
])("in game: %s", (_situation, fields, appId, name) => {
  expect(inGame(fields)).toEqual({ appId, name });
});

test.each([
  ["nothing is said", {}],
  ["the fields are empty", { gameid: "", gameextrainfo: "" }],
])("not in game when %s", (_situation, fields) => {
  expect(inGame(fields)).toBeNull();
});

test.each([
  [3, "public"],
  [2, "private"],
  [1, "private"],
] as const)("visibility %d is %s", (communityvisibilitystate, visibility) => {
  const player = { steamid: "1", personaname: "P", communityvisibilitystate };

  expect(getPlayerSummaries.read({ response: { players: [player] } })).toEqual({
    data: [{ steamId: "1", personaName: "P", visibility, inGame: null }],
  });
});

test("a vanity name of nobody's is bad_steam_id, any other refusal is malformed", () => {
  const read = (success: number) => resolveVanityUrl.read({ response: { success } });

  expect(read(42)).toEqual({ failure: "bad_steam_id" });
  expect(read(1)).toEqual({ failure: "malformed" });
});

test.each([
  ["seconds", "30", 30_000],
  ["a date", "Thu, 01 Jan 1970 00:02:00 GMT", 60_000],
  ["a date that has passed", "Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["longer than a day", "999999", 86_400_000],
  ["nonsense", "soon", null],
])("Retry-After: %s", (_form, value, ms) => {
  expect(retryAfterMs(new Headers({ "retry-after": value }), 60_000)).toBe(ms);
});

test("no Retry-After is null, not a wait of zero", () => {
  expect(retryAfterMs(new Headers(), 0)).toBeNull();
});

test("the waits before retries double, and are never longer than half a minute", () => {
  const failure = new SteamFailure("unreachable", { endpoint: "x", message: "x" });
  const policy = { attempts: 20, random: () => 0.999_999 };

  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 19].map((attempt) =>
    Math.round(retryDelayMs(failure, attempt, policy) ?? -1),
  );

  expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  expect(retryDelayMs(failure, 20, policy)).toBeNull();
});

test("art has the addresses that Steam serves", () => {
  expect(coverUrl(620)).toBe(
    "https://shared.akamai.steamstatic.com/store_item_assets/steam/apps/620/header.jpg",
  );
});
