import { expect, test } from "bun:test";
import { answer, client, failureOf, serveScript } from "./scripted-steam-fixture.ts";
import { APP_TYPES, getItemFacts, type StoreFacts } from "./store-facts.ts";

const ITEM = {
  item_type: 0,
  id: 620,
  success: 1,
  visible: true,
  name: "Kiln",
  appid: 620,
  type: 0,
  is_early_access: true,
  tags: [
    { tagid: 19, weight: 5 },
    { tagid: 21, weight: 90 },
  ],
  reviews: { summary_filtered: { review_count: 1_234, percent_positive: 97, review_score: 9 } },
  basic_info: {
    short_description: "Clay.",
    publishers: [{ name: "Ash" }],
    developers: [{ name: "Ash", creator_clan_account_id: 1 }, { name: "Ember" }],
  },
  release: { steam_release_date: 1_300_000_000 },
  platforms: { windows: true, linux: true, steam_deck_compat_category: 3 },
  best_purchase_option: {
    packageid: 1,
    final_price_in_cents: "499",
    original_price_in_cents: "999",
    discount_pct: 50,
  },
};

function read(...items: readonly object[]) {
  return getItemFacts.read({ response: { store_items: items } });
}

test("everything that the catalogue keeps is read, the price as whole cents", () => {
  const facts: StoreFacts = {
    name: "Kiln",
    type: "game",
    isFree: false,
    isEarlyAccess: true,
    isComingSoon: false,
    releasedAt: 1_300_000_000_000,
    price: { currency: "USD", final: 499, initial: 999, discountPercent: 50 },
    reviews: { count: 1_234, positivePercent: 97 },
    tags: [
      { tagId: 21, weight: 90 },
      { tagId: 19, weight: 5 },
    ],
    developers: ["Ash", "Ember"],
    publishers: ["Ash"],
    platforms: { windows: true, mac: false, linux: true },
    art: { headerUrl: null, capsuleUrl: null },
  };

  expect(read(ITEM)).toEqual({ data: [{ appId: 620, facts }] });
});

test("what is not told of an app that is shown is unknown or none", () => {
  expect(read({ id: 7, success: 1 })).toMatchObject({
    data: [
      {
        appId: 7,
        facts: {
          name: null,
          type: "other",
          price: null,
          reviews: null,
          releasedAt: null,
          tags: [],
        },
      },
    ],
  });
});

test.each([...APP_TYPES.entries()])("type %p is %s", (type, name) => {
  expect(read({ ...ITEM, type })).toMatchObject({ data: [{ facts: { type: name } }] });
});

test("a type that nobody has heard of is another one", () => {
  expect(read({ ...ITEM, type: 99 })).toMatchObject({ data: [{ facts: { type: "other" } }] });
});

test("an app that is coming soon says so in either place", () => {
  const soon = { ...ITEM, release: { is_coming_soon: true } };

  expect(read(soon, { ...ITEM, is_coming_soon: true })).toMatchObject({
    data: [{ facts: { isComingSoon: true, releasedAt: null } }, { facts: { isComingSoon: true } }],
  });
});

test("an app that is hidden or delisted is known by its id, and its facts are not there", () => {
  expect(read({ id: 700_580, success: 15, visible: false, name: "", appid: 0 })).toEqual({
    data: [{ appId: 700_580, facts: null }],
  });
});

// A result that means "not now" would otherwise turn a game into a delisted one.
test.each([2, 10, 16, 20, 84])("an app with the result %p is not told of", (success) => {
  expect(read(ITEM, { id: 8, success })).toMatchObject({ data: [{ appId: 620 }] });
});

test("one odd row in a hundred is left out; when all are odd, the answer is", () => {
  const odd = { id: 8, success: 1, name: null };
  const rows = Array.from({ length: 99 }, (_, index) => ({ ...ITEM, id: index + 1_000 }));

  const reading = read(...rows, odd);

  expect("data" in reading && reading.data).toHaveLength(99);
  expect(read(odd)).toEqual({ failure: "malformed" });
});

test("no answer about any app is not an answer about none", () => {
  expect(getItemFacts.read({ response: {} })).toEqual({ failure: "empty" });
});

test("facts are asked for a hundred apps at a time, and an app is taken once and only if asked for", async () => {
  const items = [ITEM, ITEM, { ...ITEM, id: 9 }];
  await using steam = serveScript(
    answer(200, JSON.stringify({ response: { store_items: items } })),
  );
  const appIds = Array.from({ length: 101 }, (_, index) => index + 600);

  const told = await client(steam.url).storeFacts(appIds);

  expect(told.map(({ appId }) => appId)).toEqual([620]);
  const asked = steam.asked.map((url) => JSON.parse(url.searchParams.get("input_json") ?? ""));
  expect(asked.map(({ ids }) => ids.length)).toEqual([100, 1]);
  expect(asked[0]).toMatchObject({
    context: { language: "english", country_code: "US", steam_realm: 1 },
    data_request: { include_tag_count: 20, include_reviews: true, include_release: true },
  });
});

test("the names of tags come with their version, and are left out while they are the same", async () => {
  const tags = '{"response":{"version_hash":"ab","tags":[{"tagid":19,"name":"Action"}]}}';
  const same = '{"response":{"version_hash":"ab"}}';
  await using steam = serveScript(answer(200, tags), answer(200, same), answer(200, "{}"));
  const steamClient = client(steam.url, { retryAttempts: 1 });

  const first = await steamClient.tagList();
  const second = await steamClient.tagList(first.versionHash);

  expect(first).toEqual({ versionHash: "ab", tags: [{ tagId: 19, name: "Action" }] });
  expect(second).toEqual({ versionHash: "ab", tags: null });
  expect(steam.asked[1]?.searchParams.get("have_version_hash")).toBe("ab");
  expect((await failureOf(steamClient.tagList())).kind).toBe("malformed");
});
