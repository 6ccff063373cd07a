import { expect, test } from "bun:test";
import { answer, failureOf, notedPermits, serveScript } from "./scripted-steam-fixture.ts";
import { unlimitedPermits } from "./permits.ts";
import { createSteamSpyClient, type SteamSpyClientOptions } from "./steamspy-client.ts";
import type { SteamSpyApp } from "./steamspy-app.ts";

const ROW = {
  appid: 620,
  name: "Kiln",
  developer: "Ash",
  publisher: "",
  score_rank: "",
  positive: 900,
  negative: 30,
  userscore: 0,
  owners: "20,000 .. 50,000",
  average_forever: 0,
  average_2weeks: 0,
  median_forever: 90,
  median_2weeks: 0,
  price: "499",
  initialprice: "999",
  discount: "50",
  ccu: 12,
};
const APP: SteamSpyApp = {
  appId: 620,
  name: "Kiln",
  developer: "Ash",
  publisher: null,
  positive: 900,
  negative: 30,
  ownersLow: 20_000,
  ownersHigh: 50_000,
  ccu: 12,
  price: { currency: "USD", final: 499, initial: 999, discountPercent: 50 },
  averageMinutes: null,
  averageMinutes2Weeks: null,
  medianMinutes: 90,
  medianMinutes2Weeks: null,
};
const OVERLOADED = answer(200, "Connection failed: Too many connections");

function client(spyUrl: string, options: Partial<SteamSpyClientOptions> = {}) {
  const permits = unlimitedPermits;
  return createSteamSpyClient({ spyUrl, permits, sleep: () => Promise.resolve(), ...options });
}

function json(body: unknown) {
  return answer(200, JSON.stringify(body));
}

function pageOf(count: number) {
  const rows = Array.from({ length: count }, (_, index) => ({ ...ROW, appid: index + 1 }));
  return Object.fromEntries(rows.map((row) => [row.appid, row]));
}

test("a page is read row by row: owners low and high, cents, and dead playtime as unknown", async () => {
  await using spy = serveScript(json({ "620": ROW }));

  const page = await client(spy.url).page(3);

  expect(page).toEqual({ page: 3, apps: [APP], rows: 1, isLast: true });
  expect(spy.asked.map(({ pathname, search }) => pathname + search)).toEqual([
    "/api.php?request=all&page=3",
  ]);
});

test.each([
  ["a price that is not told", { price: null, initialprice: null, discount: null }, null],
  [
    "a free app",
    { price: "0", initialprice: "0", discount: "0" },
    { currency: "USD", final: 0, initial: 0, discountPercent: 0 },
  ],
])("%s", async (_name, prices, price) => {
  await using spy = serveScript(json({ "620": { ...ROW, ...prices } }));

  expect((await client(spy.url).page(0)).apps).toEqual([{ ...APP, price }]);
});

test("a page of a thousand rows is not the last one, though a row of it is hidden or odd", async () => {
  const rows = {
    ...pageOf(998),
    "999999": { ...ROW, appid: 999_999 },
    "5000": { ...ROW, ccu: "?" },
  };
  await using spy = serveScript(json(rows));

  const page = await client(spy.url).page(0);

  expect(page).toMatchObject({ rows: 1_000, isLast: false });
  expect(page.apps).toHaveLength(998);
});

test("nothing is a failure on the first page and the end on a later one", async () => {
  await using spy = serveScript(json({}));
  const spyClient = client(spy.url);

  expect((await failureOf(spyClient.page(0))).kind).toBe("empty");
  expect(await spyClient.page(4)).toEqual({ page: 4, apps: [], rows: 0, isLast: true });
});

test("a page of another shape is malformed", async () => {
  await using spy = serveScript(json({ "1": { appid: 1 } }));

  expect((await failureOf(client(spy.url).page(0))).kind).toBe("malformed");
});

test("details add genres, languages and tags by their votes", async () => {
  const more = {
    languages: "English, French",
    genre: "Action, Free To Play",
    tags: { a: 3, b: 9 },
  };
  await using spy = serveScript(json({ ...ROW, ...more }));

  const details = await client(spy.url).details(620);

  expect(details).toEqual({
    ...APP,
    languages: ["English", "French"],
    genres: ["Action", "Free To Play"],
    tags: [
      { name: "b", votes: 9 },
      { name: "a", votes: 3 },
    ],
  });
  expect(spy.asked[0]?.search).toBe("?request=appdetails&appid=620");
});

test("an app without tags, languages and genre has none of them", async () => {
  await using spy = serveScript(json({ ...ROW, languages: null, genre: "", tags: [] }));

  expect(await client(spy.url).details(620)).toEqual({
    ...APP,
    languages: [],
    genres: [],
    tags: [],
  });
});

test.each([
  ["nothing", "not_found", {}],
  ["a row without a name", "not_found", { ...ROW, name: null }],
  ["the row of hidden apps", "not_visible", { ...ROW, appid: 999_999 }],
  ["the row of another app", "malformed", { ...ROW, appid: 10 }],
  ["a row without owners", "malformed", { ...ROW, owners: undefined }],
  ["owners of another form", "malformed", { ...ROW, owners: "many" }],
] as const)("asked for an app, %s means %s", async (_name, kind, body) => {
  await using spy = serveScript(json(body));

  expect((await failureOf(client(spy.url).details(620))).kind).toBe(kind);
});

test("what it says of a hidden app names SteamSpy, and nobody's achievements", async () => {
  await using spy = serveScript(json({ ...ROW, appid: 999_999 }));

  expect((await failureOf(client(spy.url).details(620))).message).toBe(
    "SteamSpy hides this app on its developer's request: it is passed over.",
  );
});

// Both are how SteamSpy says that it is overloaded; whoever goes on asking keeps it so.
test.each([
  ["a line of text with 200", OVERLOADED],
  ["a 500 without a word", answer(500, "")],
])("%s pauses its quota for everybody, and the next answer counts", async (_name, trouble) => {
  const permits = notedPermits();
  await using spy = serveScript(trouble, json({ ...ROW, tags: [] }), trouble, json({ "620": ROW }));
  const spyClient = client(spy.url, { permits });

  await spyClient.details(620);
  await spyClient.page(0);

  expect(permits.notes).toEqual([
    "acquire steamspy-details",
    "pause steamspy-details null",
    "acquire steamspy-details",
    "succeeded steamspy-details",
    "acquire steamspy-all",
    "pause steamspy-all null",
    "acquire steamspy-all",
    "succeeded steamspy-all",
  ]);
});
