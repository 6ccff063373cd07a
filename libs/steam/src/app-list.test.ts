import { expect, test } from "bun:test";
import { getAppList } from "./app-list.ts";
import { classify } from "./classification.ts";
import {
  answer,
  client,
  failureOf,
  notedPermits,
  serveScript,
  TEST_KEY,
} from "./scripted-steam-fixture.ts";

const EMPTY = answer(200, '{"response":{}}', { "x-eresult": "1" });

function list(appIds: readonly number[], more: object = {}) {
  const apps = appIds.map((appid) => ({
    appid,
    name: ` App ${appid}`,
    last_modified: 1_700_000_000,
    price_change_number: 7,
  }));
  return answer(200, JSON.stringify({ response: { apps, ...more } }));
}

test("the full list is asked for with every kind of app, in pages of ten thousand", async () => {
  await using steam = serveScript(list([10]));

  await client(steam.url).appListPage();

  expect(Object.fromEntries(steam.asked[0]?.searchParams ?? [])).toEqual({
    key: TEST_KEY,
    max_results: "10000",
    include_games: "true",
    include_dlc: "true",
    include_software: "true",
    include_videos: "true",
    include_hardware: "true",
  });
});

test("lists, facts and tags are each asked for by the quota of the Steam Web API", async () => {
  const permits = notedPermits();
  await using steam = serveScript(
    list([10]),
    answer(200, '{"response":{"store_items":[]}}'),
    answer(200, '{"response":{"version_hash":"a"}}'),
  );
  const steamClient = client(steam.url, { permits });

  await steamClient.appListPage();
  await steamClient.storeFacts([10]);
  await steamClient.tagList("a");

  const [acquired, succeeded] = ["acquire steam-web-api", "succeeded steam-web-api"];
  expect(permits.notes).toEqual([acquired, succeeded, acquired, succeeded, acquired, succeeded]);
  expect(steam.asked.map((url) => url.searchParams.get("key"))).toEqual([TEST_KEY, null, TEST_KEY]);
});

test("a later page of an incremental list of some kinds is asked for as Steam wants it", async () => {
  await using steam = serveScript(list([30]));

  await client(steam.url).appListPage({
    afterAppId: 20,
    modifiedSince: 1_700_000_000_999,
    kinds: ["software"],
    limit: 5,
  });

  expect(Object.fromEntries(steam.asked[0]?.searchParams ?? [])).toMatchObject({
    max_results: "5",
    last_appid: "20",
    if_modified_since: "1700000000",
    include_games: "false",
    include_software: "true",
  });
});

test("an app keeps its name as it is, and what is not told of it is unknown", async () => {
  const bare = '{"response":{"apps":[{"appid":5,"name":""},{"appid":6}]}}';
  await using steam = serveScript(list([10]), answer(200, bare));
  const steamClient = client(steam.url);

  const told = await steamClient.appListPage();
  const untold = await steamClient.appListPage();

  const [modifiedAt, priceChangeNumber] = [1_700_000_000_000, 7];
  expect(told.apps).toEqual([{ appId: 10, name: " App 10", modifiedAt, priceChangeNumber }]);
  const unknown = { name: null, modifiedAt: null, priceChangeNumber: null };
  expect(untold.apps).toEqual([
    { appId: 5, ...unknown },
    { appId: 6, ...unknown },
  ]);
});

// The last page has only `apps`: that there is no more is not said.
test.each([
  ["says that there is more", { have_more_results: true, last_appid: 20 }, 20],
  ["says so without a place", { have_more_results: true }, 20],
  ["says that there is no more", { have_more_results: false, last_appid: 20 }, null],
  ["says nothing", {}, null],
])("a page that %s", async (_name, more, nextAfterAppId) => {
  await using steam = serveScript(list([10, 20], more));

  expect((await client(steam.url).appListPage()).nextAfterAppId).toBe(nextAfterAppId);
});

test.each([
  ["a first page without a list", {}, EMPTY],
  ["a first page with an empty list", {}, list([])],
  ["a second page that was promised and is empty", { afterAppId: 10 }, EMPTY],
  ["that of an incremental list too", { afterAppId: 10, modifiedSince: 1_000 }, EMPTY],
])("%s is a failure, not the end of the catalogue", async (_name, question, script) => {
  await using steam = serveScript(script);

  expect((await failureOf(client(steam.url).appListPage(question))).kind).toBe("empty");
});

test("an incremental list may be empty: nothing changed", async () => {
  await using steam = serveScript(EMPTY);

  expect(await client(steam.url).appListPage({ modifiedSince: 1_000 })).toEqual({
    apps: [],
    nextAfterAppId: null,
  });
});

// Truncation can happen anywhere: no beginning of a page may pass for a smaller page.
test("a page that is cut at any place is malformed, never fewer apps", () => {
  const body = '{"response":{"apps":[{"appid":5,"name":"a"},{"appid":6}],"last_appid":6}}';

  for (let length = 0; length < body.length; length += 1) {
    const answer = { status: 200, headers: new Headers(), body: body.slice(0, length) };
    expect(() => classify(getAppList, answer, 0)).toThrow("GetAppList with something");
  }
});

// Otherwise a list that turns in circles is asked for until the day's quota is spent.
test.each([
  ["begins before its place", { afterAppId: 20 }, list([10, 30])],
  ["repeats an app", {}, list([10, 10])],
  ["is out of order", {}, list([20, 10])],
  ["leads back", {}, list([10, 20], { have_more_results: true, last_appid: 10 })],
])("a page that %s is malformed", async (_name, question, script) => {
  await using steam = serveScript(script);

  expect((await failureOf(client(steam.url).appListPage(question))).kind).toBe("malformed");
});
