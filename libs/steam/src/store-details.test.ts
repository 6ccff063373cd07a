import { expect, test } from "bun:test";
import { answer, failureOf, notedPermits, serveScript } from "./scripted-steam-fixture.ts";
import { unlimitedPermits } from "./permits.ts";
import { createStoreClient, type StoreClientOptions } from "./store-client.ts";

const DATA = {
  type: "game",
  name: "Kiln",
  steam_appid: 620,
  required_age: "17",
  is_free: false,
  pc_requirements: [],
  price_overview: {
    currency: "EUR",
    initial: 999,
    final: 499,
    discount_percent: 50,
    initial_formatted: "9,99€",
    final_formatted: "4,99€",
  },
  genres: [{ id: "1", description: "Action" }],
  categories: [{ id: 2, description: "Single-player" }],
  developers: ["Ash"],
  publishers: ["Ash"],
  release_date: { coming_soon: false, date: "18 Apr, 2011" },
};

function client(storeUrl: string, options: Partial<StoreClientOptions> = {}) {
  const permits = unlimitedPermits;
  return createStoreClient({ storeUrl, permits, sleep: () => Promise.resolve(), ...options });
}

function shown(data: object) {
  return answer(200, JSON.stringify({ "620": { success: true, data } }));
}

test("details are read whatever their numbers are written as, the price in the currency it came in", async () => {
  await using store = serveScript(shown(DATA));

  expect(await client(store.url).details(620)).toEqual({
    appId: 620,
    type: "game",
    name: "Kiln",
    isFree: false,
    requiredAge: 17,
    price: { currency: "EUR", final: 499, initial: 999, discountPercent: 50 },
    genres: [{ genreId: 1, name: "Action" }],
    categories: [{ categoryId: 2, name: "Single-player" }],
    developers: ["Ash"],
    publishers: ["Ash"],
    isComingSoon: false,
    releaseText: "18 Apr, 2011",
  });
  expect(store.asked[0]?.pathname).toBe("/api/appdetails");
  expect(Object.fromEntries(store.asked[0]?.searchParams ?? [])).toEqual({
    appids: "620",
    cc: "US",
    l: "english",
  });
});

test("an app of which little is told has no price, no age and no date", async () => {
  const { type, name, steam_appid } = DATA;
  await using store = serveScript(shown({ type, name, steam_appid, required_age: 0 }));

  expect(await client(store.url).details(620)).toMatchObject({
    requiredAge: 0,
    price: null,
    genres: [],
    releaseText: null,
  });
});

test.each([
  ["not shown", '{"620":{"success":false}}', "not_found"],
  [
    "another app",
    JSON.stringify({ "620": { success: true, data: { ...DATA, steam_appid: 1 } } }),
    "malformed",
  ],
  ["null", "null", "malformed"],
] as const)("an answer that is %s", async (_name, body, kind) => {
  await using store = serveScript(answer(200, body));

  expect((await failureOf(client(store.url).details(620))).kind).toBe(kind);
});

// The body `null` is JSON: it must not be taken for an answer.
test("a 429 with null pauses the store's quota, and is asked again", async () => {
  const permits = notedPermits();
  await using store = serveScript(answer(429, "null"), shown(DATA));

  await client(store.url, { permits }).details(620);

  expect(permits.notes).toEqual([
    "acquire steam-store",
    "pause steam-store null",
    "acquire steam-store",
    "succeeded steam-store",
  ]);
});
