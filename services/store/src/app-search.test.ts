import { expect, test } from "bun:test";
import {
  type AppFacts,
  APP_SORTS,
  type AppSummary,
  searchApps as contract,
  ServiceError,
} from "@tracker/contracts";
import * as fc from "fast-check";
import { nameMatcher, nameQueryOf, searchTextOf } from "./app-name.ts";
import { searchApps } from "./app-search.ts";
import { record, takeList } from "./catalogue-fixture.ts";
import { type Database, openDatabase } from "./database.ts";
import { contractError, insertGame, NOW, readAll } from "./question-fixture.ts";

const NAMES = [
  "Portal",
  "Portal 2",
  "The Witcher® 3: Wild Hunt",
  "真・三國無双",
  "三国志",
  "Counter-Strike",
  "Éclair: L'Aventure",
  "Ночной Дозор",
  "!!!",
  "?",
  "한국 게임",
  "s",
  "",
  "ＦＵＬＬ ｗｉｄｔｈ",
  "100% Orange",
  'a "quoted" name',
];

/** As if nearly every app met each filter: rows are walked rather than looked up. */
const WALKED = { rows: 0, names: 0 };

function ids(
  database: Database,
  input: Parameters<typeof searchApps>[1],
  lookUps?: typeof WALKED,
): number[] {
  return searchApps(database, input, lookUps).items.map((app) => app.app_id);
}

function failure(work: () => unknown): string {
  try {
    work();
    return "no failure";
  } catch (error) {
    return error instanceof ServiceError ? `${error.code} ${error.field}` : String(error);
  }
}

/** Apps of every kind, known and unknown in every respect. */
function fill(database: Database, count = NAMES.length * 3): Map<number, AppFacts> {
  const all = new Map<number, AppFacts>();
  const names: Record<number, string> = {};
  for (let index = 1; index <= count; index++) {
    names[index] = `${NAMES[index % NAMES.length]}${index < NAMES.length ? "" : ` ${index}`}`;
    const known = index % 4 !== 0;
    const reviews = (index * 37) % 11;
    const facts: AppFacts = {
      type: index % 3 === 0 ? "dlc" : "game",
      tags: [{ name: index % 2 === 0 ? "RPG" : "Puzzle", weight: index }],
      genres: index % 5 === 0 ? ["Indie", "Action"] : ["Action"],
      ...(known && {
        price: { currency: "USD", initial: index * 10, final: index * 10, discount_percent: 0 },
        owners: { low: (index % 6) * 1_000, high: (index % 6) * 1_000 + 999 },
        reviews: { positive: reviews, negative: index % 3 },
        release_date: `2020-01-${String((index % 28) + 1).padStart(2, "0")}`,
        ccu: index % 7,
      }),
    };
    all.set(index, facts);
  }
  takeList(database, names, { at: NOW - 1 });
  record(database, Object.fromEntries(all));
  return all;
}

test("every beginning of every name finds its app, in any language and however it is written", () => {
  using database = openDatabase(":memory:");
  takeList(database, Object.fromEntries(NAMES.map((name, index) => [index + 1, name])));

  for (const [index, name] of NAMES.entries()) {
    const letters = Array.from(name);
    for (let length = 1; length <= letters.length; length++) {
      const q = letters.slice(0, length).join("");
      expect([q, ids(database, { q })]).toEqual([q, expect.arrayContaining([index + 1])]);
    }
  }
  expect(ids(database, { q: "hunt witcher" })).toEqual([3]);
  expect(ids(database, { q: "witcher 3 wild" })).toEqual([3]);
  expect(ids(database, { q: "counter strike" })).toEqual([6]);
  expect(ids(database, { q: "ECLAIR l'av" })).toEqual([7]);
  expect(ids(database, { q: "дозор" })).toEqual([8]);
  expect(ids(database, { q: "三國" })).toEqual([4]);
  expect(ids(database, { q: "full width" })).toEqual([14]);
  expect(ids(database, { q: "rtal" })).toEqual([1, 2]);
  expect(ids(database, { q: "portal AND NOT OR *" })).toEqual([]);
});

test("the name index and the comparison of names agree on any text", () => {
  using database = openDatabase(":memory:");
  const insert = database.raw.prepare("INSERT INTO app_names (rowid, words) VALUES (1, ?)");
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.string({ maxLength: 12 }));

  fc.assert(
    fc.property(text, text, (name, q) => {
      database.raw.run("DELETE FROM app_names WHERE rowid = 1");
      insert.run(searchTextOf(name));
      const query = nameQueryOf(q);
      if (query === null) return;
      const found = database.raw
        .query("SELECT 1 FROM app_names WHERE app_names MATCH ?")
        .get(query);
      expect(found !== null).toBe(nameMatcher(q)(name));
    }),
    { numRuns: 500 },
  );
});

test("each filter keeps exactly the apps that meet it", () => {
  using database = openDatabase(":memory:");
  const facts = fill(database);
  insertGame(database, { steamAppId: 5 });
  insertGame(database, { steamAppId: 9, archivedAt: NOW });
  const keep = (fits: (app: AppFacts, appId: number) => boolean) =>
    [...facts].filter(([appId, app]) => fits(app, appId)).map(([appId]) => appId);
  const found = (input: Parameters<typeof searchApps>[1]) => {
    const lookedUp = ids(database, { limit: 1_000, ...input });
    expect(ids(database, { limit: 1_000, ...input }, WALKED)).toEqual(lookedUp);
    return lookedUp.toSorted((a, b) => a - b);
  };
  const share = ({ reviews }: AppFacts) =>
    reviews && reviews.positive + reviews.negative > 0
      ? Math.round((1_000 * reviews.positive) / (reviews.positive + reviews.negative)) / 10
      : NaN;

  expect(found({})).toEqual(keep(() => true));
  expect(found({ type: "dlc" })).toEqual(keep((app) => app.type === "dlc"));
  expect(found({ tag: "rpg" })).toEqual(keep((_, appId) => appId % 2 === 0));
  expect(found({ genre: "INDIE" })).toEqual(keep((_, appId) => appId % 5 === 0));
  expect(found({ genre: "Unknown" })).toEqual([]);
  expect(found({ min_owners: 3_000 })).toEqual(keep((app) => (app.owners?.low ?? -1) >= 3_000));
  expect(found({ max_owners: 3_000 })).toEqual(keep((app) => (app.owners?.high ?? 9e9) <= 3_000));
  expect(found({ min_review_share: 80 })).toEqual(keep((app) => share(app) >= 80));
  expect(found({ max_review_share: 50 })).toEqual(keep((app) => share(app) <= 50));
  expect(found({ max_price: 150 })).toEqual(keep((app) => (app.price?.final ?? 9e9) <= 150));
  expect(found({ released_from: "2020-01-20" })).toEqual(
    keep((app) => (app.release_date ?? "") >= "2020-01-20"),
  );
  expect(found({ owned: true })).toEqual([5]);
  expect(found({ owned: false })).toEqual(keep((_, appId) => appId !== 5));
  expect(found({ active: false })).toEqual([]);
  expect(found({ tag: "Puzzle", type: "game", q: "portal", min_price: 10 })).toEqual(
    keep((app, appId) => appId % 2 === 1 && app.type === "game" && appId % 16 < 2 && !!app.price),
  );
});

test("pages of any size hold every app once and in order, for any sort, with or without words", () => {
  using database = openDatabase(":memory:");
  fill(database);
  const keyOf: Record<(typeof APP_SORTS)[number], (app: AppSummary) => number | string | null> = {
    popularity: () => null,
    name: (app) =>
      app.name
        .toUpperCase()
        .normalize("NFKD")
        .replaceAll(/[\u0300-\u036f]/g, ""),
    owners: (app) => app.owners?.low ?? null,
    reviews: (app) => app.reviews && app.reviews.positive + app.reviews.negative,
    review_share: (app) => app.reviews?.percent_positive ?? null,
    price: (app) => app.price?.final ?? null,
    release: (app) => app.release_date,
    ccu: (app) => app.ccu,
  };

  for (const sort of APP_SORTS) {
    for (const order of ["asc", "desc"] as const) {
      for (const q of [undefined, "portal"]) {
        const input = { sort, order, ...(q === undefined ? {} : { q }) };
        const whole = searchApps(database, { ...input, limit: 1_000 }).items;
        expect(contractError(contract.output, { items: whole, next_cursor: null })).toBeUndefined();
        for (const [limit, lookUps] of [[1], [3], [7], [3, WALKED]] as const) {
          const paged = readAll((cursor) =>
            searchApps(
              database,
              { ...input, limit, ...(cursor === undefined ? {} : { cursor }) },
              lookUps,
            ),
          );
          expect(paged.map((app) => app.app_id)).toEqual(whole.map((app) => app.app_id));
        }
        const keys = whole.map(keyOf[sort]);
        expect(keys).toEqual(sortedLike(keys, order));
      }
    }
  }
});

function sortedLike(keys: (number | string | null)[], order: "asc" | "desc") {
  const sign = order === "asc" ? 1 : -1;
  const compare = (a: number | string, b: number | string) => (a < b ? -sign : a > b ? sign : 0);
  return keys.toSorted((a, b) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : compare(a, b),
  );
}

test("apps that a crawl does not move appear exactly once and in order while it writes", () => {
  using database = openDatabase(":memory:");
  fill(database, 60);
  const touched = (appId: number) => appId % 5 === 0 || appId > 60;
  const still = (apps: readonly AppSummary[]) =>
    apps.map((app) => app.app_id).filter((appId) => !touched(appId));

  for (const sort of APP_SORTS) {
    let round = 0;
    const before = still(searchApps(database, { sort, limit: 1_000 }).items);
    const paged = readAll(
      (cursor) =>
        searchApps(database, { sort, limit: 4, ...(cursor === undefined ? {} : { cursor }) }),
      () => {
        round += 1;
        const facts = { reviews: { positive: round * 50, negative: 1 }, ccu: round * 9 };
        record(
          database,
          { [5 * ((round % 12) + 1)]: facts, [1_000 + round]: facts },
          { at: NOW + round },
        );
      },
    );
    expect(still(paged)).toEqual(before);
  }
});

test("a cursor of another search, a text that is none and a search for nothing are told", () => {
  using database = openDatabase(":memory:");
  fill(database);
  const cursor = searchApps(database, { limit: 1, type: "game", tag: "rpg" }).next_cursor ?? "";

  expect(ids(database, { tag: "rpg", limit: 1, type: "game", cursor })).toHaveLength(1);
  expect(failure(() => ids(database, { tag: "rpg", cursor }))).toBe("INVALID /cursor");
  expect(failure(() => ids(database, { type: "game", tag: "rpg", sort: "name", cursor }))).toBe(
    "INVALID /cursor",
  );
  expect(failure(() => ids(database, { cursor: "nonsense" }))).toBe("INVALID /cursor");
  expect(failure(() => ids(database, { q: "  " }))).toBe("INVALID /q");
  expect(failure(() => ids(database, { released_to: "2026-02-31" }))).toBe("INVALID /released_to");
});
