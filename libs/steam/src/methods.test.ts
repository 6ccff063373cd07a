import { expect, test } from "bun:test";
import {
  answer,
  client,
  failureOf,
  notedPermits,
  serveScript,
  silence,
  STEAM_ID,
  TEST_KEY,
} from "./scripted-steam-fixture.ts";

const NO_ACHIEVEMENTS = answer(200, '{"playerstats":{"success":true}}');
const NO_ITEMS = answer(200, '{"response":{"store_items":[]}}');
const NO_COUNTS = answer(200, '{"response":{"games":[]}}');
const BOTH = "acquire steam-achievements,steam-web-api";

/** What was asked for in the request of that number: the path, and the query without the key. */
function question(asked: readonly URL[], index = 0) {
  const url = asked[index] ?? new URL("http://127.0.0.1");
  const { key, ...query } = Object.fromEntries(url.searchParams);
  return { path: url.pathname, withKey: key === TEST_KEY, query };
}

test("a player's achievements are asked for in English, by both quotas at once", async () => {
  const permits = notedPermits();
  await using steam = serveScript(NO_ACHIEVEMENTS);

  await client(steam.url, { permits }).playerAchievements(STEAM_ID, 620);

  expect(question(steam.asked)).toEqual({
    path: "/ISteamUserStats/GetPlayerAchievements/v1/",
    withKey: true,
    query: { steamid: STEAM_ID, appid: "620", l: "english" },
  });
  expect(permits.notes[0]).toBe(BOTH);
});

test("a schema is asked for in English, and percentages without the key", async () => {
  const permits = notedPermits();
  await using steam = serveScript(answer(200, '{"game":{}}'), answer(403, "{}"));
  const steamClient = client(steam.url, { permits });

  const noSchema = await failureOf(steamClient.gameSchema(620));
  const noPercentages = await failureOf(steamClient.globalAchievementPercentages(620));

  expect([noSchema.kind, noPercentages.kind]).toEqual(["no_stats", "no_stats"]);
  expect(question(steam.asked, 0)).toEqual({
    path: "/ISteamUserStats/GetSchemaForGame/v2/",
    withKey: true,
    query: { appid: "620", l: "english" },
  });
  expect(question(steam.asked, 1)).toEqual({
    path: "/ISteamUserStats/GetGlobalAchievementPercentagesForApp/v2/",
    withKey: false,
    query: { gameid: "620" },
  });
  expect(permits.notes.filter((note) => note.startsWith("acquire"))).toEqual([BOTH, BOTH]);
});

test.each([
  [
    "an app without stats",
    400,
    '{"playerstats":{"error":"Requested app has no stats"}}',
    "no_stats",
  ],
  [
    "a game that is not shown",
    403,
    '{"playerstats":{"error":"Profile is not public"}}',
    "not_visible",
  ],
  ["an answer about nothing", 200, "{}", "empty"],
] as const)("%s costs one request", async (_name, status, body, kind) => {
  await using steam = serveScript(answer(status, body));

  const failure = await failureOf(client(steam.url).playerAchievements(STEAM_ID, 620));

  expect(failure.kind).toBe(kind);
  expect(steam.asked).toHaveLength(1);
});

test("a throttle on achievements pauses both quotas for everybody", async () => {
  const permits = notedPermits();
  await using steam = serveScript(answer(429, "<html>", { "retry-after": "7" }), NO_ACHIEVEMENTS);

  await client(steam.url, { permits }).playerAchievements(STEAM_ID, 620);

  expect(permits.notes.filter((note) => note.startsWith("pause"))).toEqual([
    "pause steam-achievements 7000",
    "pause steam-web-api 7000",
  ]);
});

test("counts are asked for a hundred apps at a time, all unlocked ones listed", async () => {
  await using steam = serveScript(NO_COUNTS);
  const appIds = Array.from({ length: 201 }, (_, index) => index + 1);

  await client(steam.url).achievementCounts(STEAM_ID, appIds);

  const asked = steam.asked.map((_url, index) => question(steam.asked, index).query);
  expect(asked.map((query) => Object.keys(query).length - 3)).toEqual([100, 100, 1]);
  expect(asked[1]).toMatchObject({
    steamid: STEAM_ID,
    language: "english",
    max_achievements: "10000",
    "appids[0]": "101",
    "appids[99]": "200",
  });
});

// It is undocumented: the day it is withdrawn must not be the day imports end.
test.each([
  ["a page that wants another key", answer(401, "<html>Please verify your key=</html>")],
  ["a refusal", answer(403, "<html>Forbidden</html>")],
  ["a method that is gone", answer(404, "<html>Not Found</html>")],
  ["a method that wants a POST", answer(405, "")],
  ["a refusal in JSON", answer(400, "{}")],
  ["an empty answer", answer(200, '{"response":{}}')],
  ["another shape", answer(200, '{"response":{"games":[{"appid":"x"}]}}')],
  ["a throttle", answer(429, "<html>")],
  ["an edge that is down", answer(503, "<html>")],
])("%s means that there are no counts", async (_name, script) => {
  await using steam = serveScript(script);

  const counts = await client(steam.url, { retryAttempts: 1 }).achievementCounts(STEAM_ID, [10]);

  expect(counts).toBeNull();
});

// Every import would begin with a pause of the poller's own quota.
test("a refusal of an undocumented method pauses nobody", async () => {
  const permits = notedPermits();
  await using steam = serveScript(answer(403, "<html>Forbidden</html>"));

  await client(steam.url, { permits }).achievementCounts(STEAM_ID, [10]);

  expect(permits.notes.filter((note) => note.startsWith("pause"))).toEqual([]);
  expect(steam.asked).toHaveLength(1);
});

test("counts that were told before a refusal are kept, and no more is asked", async () => {
  const counts = '{"response":{"games":[{"appid":1,"total_achievements":9}]}}';
  await using steam = serveScript(answer(200, counts), answer(404, ""));
  const appIds = Array.from({ length: 300 }, (_, index) => index + 1);

  const told = await client(steam.url).achievementCounts(STEAM_ID, appIds);

  expect(told).toEqual([{ appId: 1, total: 9, unlocked: 0 }]);
  expect(steam.asked).toHaveLength(2);
});

test("a cancelled call is not taken for a refusal", async () => {
  await using steam = serveScript(silence);
  const controller = new AbortController();
  const reason = new Error("stopping");
  const { signal } = controller;
  const counts = client(steam.url).achievementCounts(STEAM_ID, [10], { signal });

  controller.abort(reason);

  expect(await counts.catch((error: unknown) => error)).toBe(reason);
});

test("no apps are no request", async () => {
  await using steam = serveScript(NO_COUNTS);
  const steamClient = client(steam.url);

  expect(await steamClient.achievementCounts(STEAM_ID, [])).toEqual([]);
  expect(await steamClient.storeItems([])).toEqual([]);
  expect(steam.asked).toHaveLength(0);
});

test("store items are asked for a hundred at a time, without the key, as one JSON", async () => {
  await using steam = serveScript(NO_ITEMS);
  const appIds = Array.from({ length: 150 }, (_, index) => index + 1);

  await client(steam.url).storeItems(appIds);

  const asked = steam.asked.map((_url, index) => question(steam.asked, index));
  expect(asked.map(({ path, withKey }) => [path, withKey])).toEqual([
    ["/IStoreBrowseService/GetItems/v1/", false],
    ["/IStoreBrowseService/GetItems/v1/", false],
  ]);
  expect(JSON.parse(asked[1]?.query["input_json"] ?? "")).toEqual({
    ids: appIds.slice(100).map((appid) => ({ appid })),
    context: { language: "english", country_code: "US", steam_realm: 1 },
    data_request: { include_assets: true },
  });
});
