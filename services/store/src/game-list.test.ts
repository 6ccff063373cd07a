import { expect, test } from "bun:test";
import { GAME_SORTS, GAME_STATUSES, listGames as contract, ServiceError } from "@tracker/contracts";
import * as fc from "fast-check";
import { type Database, inTransaction, openDatabase } from "./database.ts";
import { fold } from "./fold.ts";
import { listGames } from "./game-list.ts";
import { contractError, insertAchievement, insertGame, NOW, readAll } from "./question-fixture.ts";
import { setGameTags } from "./tag.ts";

const titles = (database: Database, filter: Parameters<typeof listGames>[1] = {}) =>
  listGames(database, filter).items.map((game) => game.title);

test("favourites come first, then the newest; archived games are left out until asked for", () => {
  using database = openDatabase(":memory:");
  insertGame(database, { title: "Old", createdAt: 1 });
  insertGame(database, { title: "New", createdAt: 3 });
  insertGame(database, { title: "Loved", createdAt: 2, isFavorite: true });
  insertGame(database, { title: "Gone", createdAt: 4, archivedAt: NOW });

  expect(titles(database)).toEqual(["Loved", "New", "Old"]);
  expect(titles(database, { archived: true })).toEqual(["Gone"]);
  expect(titles(database, { favorite: true })).toEqual(["Loved"]);
});

test("every sort puts games without a value last, in either order", () => {
  using database = openDatabase(":memory:");
  insertGame(database, { title: "Good", rating: 9 });
  insertGame(database, { title: "Unrated" });
  insertGame(database, { title: "Bad", rating: 0.5 });

  expect(titles(database, { sort: "rating" })).toEqual(["Good", "Bad", "Unrated"]);
  expect(titles(database, { sort: "rating", order: "asc" })).toEqual(["Bad", "Good", "Unrated"]);
});

test("a game carries its hours, tags and achievements, counted in the same query", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database, { title: "Game", playtimeMinutes: 100, reportedMinutes: 90 });
  insertAchievement(database, id, "a", NOW);
  insertAchievement(database, id, "b", null);
  insertAchievement(database, id, "c", null);
  setGameTags(database, id, ["rpg", "Cosy"]);

  const page = listGames(database, {});

  expect(page.items[0]).toMatchObject({
    hours_played: 1.7,
    steam_reports_less: true,
    unlocked_achievements: 1,
    total_achievements: 3,
    completion_percentage: 33.3,
    tags: ["Cosy", "rpg"],
  });
  expect(contractError(contract.output, page)).toBeUndefined();
});

test("a title is found by any part of it, whatever its case and accents, in any script", () => {
  using database = openDatabase(":memory:");
  for (const title of ["Éclair Straße", "ВЕДЬМАК 3", "İstanbul", "ポケモン", "Σίσυφος"]) {
    insertGame(database, { title });
  }

  for (const [q, title] of [
    ["ÉCLAIR", "Éclair Straße"],
    ["eclair", "Éclair Straße"],
    ["STRASSE", "Éclair Straße"],
    ["ведьмак", "ВЕДЬМАК 3"],
    ["istanbul", "İstanbul"],
    ["ケモ", "ポケモン"],
    ["ΣΊΣΥΦΟΣ", "Σίσυφος"],
  ] as const) {
    expect(titles(database, { q })).toEqual([title]);
  }
});

test("any part of any title finds it, in upper and in lower case", () => {
  const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(words, words, words, (before, part, after) => {
      const title = fold(`${before}${part}${after}`);
      for (const q of [part, part.toUpperCase(), part.toLocaleUpperCase()]) {
        // Letters that only combine at a seam belong to the title, not to the part.
        if (!(before + part + after).normalize("NFKD").includes(part.normalize("NFKD"))) continue;
        expect(title).toContain(fold(q));
      }
    }),
    { numRuns: 300 },
  );
});

// Whoever can type into a search box must not reach further than it.
test("a search, tag or platform is only ever a text: quotes, wildcards and SQL find what holds them", () => {
  using database = openDatabase(":memory:");
  const plain = insertGame(database, { title: "Plain" });
  setGameTags(database, plain, ["tag"]);
  const hostile = [
    "100%",
    "under_score",
    "it's",
    '"; DROP TABLE games; --',
    "' OR 1=1 --",
    "a\\b",
    "?1",
  ];
  for (const text of hostile) {
    const id = insertGame(database, { title: text, platform: text });
    setGameTags(database, id, [text]);
  }

  for (const text of hostile) {
    expect(titles(database, { q: text })).toEqual([text]);
    expect(titles(database, { platform: text })).toEqual([text]);
    expect(titles(database, { tag: text })).toEqual([text]);
  }
  expect(titles(database, { q: "%" })).toEqual(["100%"]);
  expect(titles(database, { q: "_" })).toEqual(["under_score"]);
  expect(titles(database, { tag: "' OR ''='" })).toEqual([]);
  expect(listGames(database, {}).items).toHaveLength(hostile.length + 1);
});

test("hostile texts of any kind neither fail nor find a game that does not hold them", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database, { title: "zzz", platform: "zzz" });
  setGameTags(database, id, ["zzz"]);

  fc.assert(
    fc.property(fc.string({ maxLength: 50, unit: "binary" }), (text) => {
      const holds = "ZZZ".includes(fold(text.trim()));
      expect(listGames(database, { q: text }).items).toHaveLength(holds ? 1 : 0);
      const same = fold(text.trim()) === "ZZZ";
      expect(listGames(database, { tag: text }).items).toHaveLength(same ? 1 : 0);
      expect(listGames(database, { platform: text }).items).toHaveLength(same ? 1 : 0);
    }),
    { numRuns: 500 },
  );
});

test("a cursor of another query, and any nonsense, is INVALID and says so", () => {
  using database = openDatabase(":memory:");
  for (let index = 0; index < 3; index++) insertGame(database);
  const { next_cursor } = listGames(database, { limit: 1 });
  const cursor = next_cursor ?? "";
  const readings: Parameters<typeof listGames>[1][] = [
    { cursor, sort: "title" },
    { cursor, order: "asc" },
    { cursor, q: "x" },
    { cursor, archived: true },
    { cursor: "nonsense" },
    { cursor: "" },
    { cursor: Buffer.from('["x",[1,2,3]]').toString("base64url") },
  ];

  for (const input of readings) {
    const error = thrown(() => listGames(database, input));
    expect(error).toMatchObject({ code: "INVALID", field: "/cursor" });
    expect(error?.message).toContain("/cursor: expected ");
  }
  expect(listGames(database, { limit: 1, cursor }).items).toHaveLength(1);
});

function thrown(work: () => unknown): ServiceError | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  return undefined;
}

const anyGame = fc.record({
  title: fc.oneof(fc.constantFrom("Same", "same", "É"), fc.string({ minLength: 1, maxLength: 5 })),
  status: fc.constantFrom(...GAME_STATUSES),
  platform: fc.constantFrom("PC", "Switch"),
  rating: fc.constantFrom(null, 0, 5, 9.5),
  playtimeMinutes: fc.integer({ min: 0, max: 3 }),
  isFavorite: fc.boolean(),
  createdAt: fc.integer({ min: 1, max: 4 }),
  lastPlayedAt: fc.option(fc.integer({ min: 1, max: 3 })),
  archivedAt: fc.constantFrom(null, null, 5),
});
const anyFilter = fc.record(
  {
    sort: fc.constantFrom(...GAME_SORTS),
    order: fc.constantFrom("asc" as const, "desc" as const),
    status: fc.constantFrom(...GAME_STATUSES),
    platform: fc.constantFrom("PC", "Switch"),
    q: fc.constantFrom("s", "é", "zz"),
    favorite: fc.boolean(),
    archived: fc.boolean(),
  },
  { requiredKeys: [] },
);

// A page that repeats or hides a game makes a library that one cannot trust.
test("pages of any size hold every game exactly once and in order, for any filter and sort", () => {
  using database = openDatabase(":memory:");
  fc.assert(
    fc.property(
      fc.array(anyGame, { maxLength: 25 }),
      anyFilter,
      fc.integer({ min: 1, max: 7 }),
      (library, filter, limit) => {
        refill(database, library);
        const whole = listGames(database, { ...filter, limit: 1_000 }).items.map(({ id }) => id);
        const paged = readAll((cursor) => listGames(database, { ...filter, limit, ...at(cursor) }));
        expect(paged.map(({ id }) => id)).toEqual(whole);
      },
    ),
    { numRuns: 400 },
  );
});

test("games that are not touched appear exactly once and in order while others are added, changed and purged", () => {
  using database = openDatabase(":memory:");
  fc.assert(
    fc.property(
      fc.array(anyGame, { minLength: 2, maxLength: 20 }),
      fc.array(fc.tuple(fc.constantFrom("add", "change", "remove"), anyGame, fc.nat()), {
        maxLength: 20,
      }),
      anyFilter,
      fc.integer({ min: 1, max: 4 }),
      (library, changes, filter, limit) => {
        refill(database, library);
        const still = listGames(database, { ...filter, limit: 1_000 })
          .items.map(({ id }) => id)
          .filter((id) => id % 2 === 0);
        const pending = [...changes];
        const paged = readAll(
          (cursor) => listGames(database, { ...filter, limit, ...at(cursor) }),
          () => disturb(database, pending.shift()),
        ).map(({ id }) => id);
        expect(paged.filter((id) => still.includes(id))).toEqual(still);
      },
    ),
    { numRuns: 400 },
  );
});

function at(cursor: string | undefined) {
  return cursor === undefined ? {} : { cursor };
}

type AnyGame = typeof anyGame extends fc.Arbitrary<infer G> ? G : never;

function refill(database: Database, library: readonly AnyGame[]): void {
  inTransaction(database, () => {
    database.raw.run("DELETE FROM games");
    library.forEach((game, index) => {
      const id = insertGame(database, game);
      for (let n = 0; n < index % 3; n++) {
        insertAchievement(database, id, `${n}`, n === 0 ? NOW : null);
      }
    });
  });
}

/** Changes only games with an odd id. */
function disturb(database: Database, change: [string, AnyGame, number] | undefined): void {
  if (change === undefined) return;
  const [how, game, choice] = change;
  const odd = database
    .prepare<{ id: number }>("SELECT id FROM games WHERE id % 2 = 1 ORDER BY id")
    .all();
  const target = odd[choice % Math.max(1, odd.length)]?.id ?? -1;
  if (how !== "add") database.prepare("DELETE FROM games WHERE id = ?").run(target);
  if (how === "add") insertGame(database, { ...game, id: nextOddId(database) });
  if (how === "change" && target > 0) insertGame(database, { ...game, id: target });
}

function nextOddId(database: Database): number {
  const row = database
    .prepare<{ id: number }>("SELECT coalesce(max(id), 0) AS id FROM games")
    .get();
  return ((row?.id ?? 0) + 1) | 1;
}
