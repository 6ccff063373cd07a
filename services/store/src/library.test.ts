import { expect, test } from "bun:test";
import { countUnbalanced } from "./balance.ts";
import { type Database, openDatabase } from "./database.ts";
import { dump, type GameTotal, libraryFact, MINUTE_MS, presenceFact } from "./fact-fixture.ts";
import { archiveGame, purgeGame } from "./game-archive.ts";
import { createGame } from "./game-write.ts";
import { applyLibrarySample } from "./library.ts";
import { applyPresence } from "./presence.ts";

const CALENDAR = { zone: "America/New_York", dayStartHour: 0 };
const NOON = Date.parse("2026-03-02T17:00:00Z");
const HALF_HOUR_MS = 30 * MINUTE_MS;
/** What a sample may always write: its run, how the account is, and the event that tells of the run. */
const OWN_RECORD = ["sync_runs", "accounts", "outbox"];

function sample(database: Database, at: number, games: readonly GameTotal[], rest = {}) {
  return applyLibrarySample(database, CALENDAR, libraryFact(at, games, rest));
}

function gameRow(database: Database, appId: number) {
  return database.raw
    .query<Record<string, unknown>, [number]>("SELECT * FROM games WHERE steam_app_id = ?")
    .get(appId);
}

function ledger(database: Database) {
  return database.raw
    .query("SELECT kind, minutes, total_after FROM playtime_changes ORDER BY id")
    .values();
}

test("a fact that comes twice changes nothing in any table", () => {
  using database = openDatabase(":memory:");
  const games = [{ appId: 10, minutes: 100 }];
  sample(database, NOON, games);
  sample(database, NOON + HALF_HOUR_MS, [{ appId: 10, minutes: 120 }]);
  applyPresence(database, CALENDAR, presenceFact(NOON + HALF_HOUR_MS, 10));
  const before = dump(database);

  const again = sample(database, NOON + HALF_HOUR_MS, [{ appId: 10, minutes: 120 }]);
  sample(database, NOON, games);
  const seenAgain = applyPresence(database, CALENDAR, presenceFact(NOON + HALF_HOUR_MS, 10));

  expect(again).toBeNull();
  expect(seenAgain).toBe(false);
  expect(dump(database)).toEqual(before);
});

test("a sample equal to the last changes nothing but the run's own record", () => {
  using database = openDatabase(":memory:");
  const games = [
    { appId: 10, minutes: 100, lastPlayedAt: NOON - MINUTE_MS, offlineMinutes: 3 },
    { appId: 20, minutes: 0 },
    { appId: 30, minutes: 9, source: "recent" as const },
  ];
  sample(database, NOON, games);
  const before = dump(database, OWN_RECORD);
  const [account] = dump(database)["accounts"] ?? [];

  sample(database, NOON + HALF_HOUR_MS, games);

  expect(dump(database, OWN_RECORD)).toEqual(before);
  expect(dump(database)["accounts"]).toEqual([
    Object.assign({}, account, { last_sample_at: NOON + HALF_HOUR_MS }),
  ]);
  expect(dump(database)["sync_runs"]).toHaveLength(2);
});

test("a private profile, hidden totals and a failed look change the account's visible state and nothing else", () => {
  using database = openDatabase(":memory:");
  sample(database, NOON, [{ appId: 10, minutes: 100 }]);
  const before = dump(database, OWN_RECORD);
  const state = () => database.raw.query("SELECT state, state_since FROM accounts").values()[0];

  sample(database, NOON + 1, []);
  expect(state()).toEqual(["private", NOON + 1]);
  sample(database, NOON + 2, [{ appId: 10, minutes: 0 }]);
  expect(state()).toEqual(["playtime_private", NOON + 2]);
  sample(database, NOON + 3, [], { outcome: "unreachable", reason: "Steam does not answer" });
  sample(database, NOON + 4, [], { outcome: "unreachable", reason: "Steam does not answer" });
  expect(state()).toEqual(["unreachable", NOON + 3]);
  sample(database, NOON - 5, [], { outcome: "limited", reason: "late news" });
  expect(state()).toEqual(["unreachable", NOON + 3]);

  expect(dump(database, OWN_RECORD)).toEqual(before);
  sample(database, NOON + 5, [{ appId: 10, minutes: 100 }]);
  expect(state()).toEqual(["ok", NOON + 5]);
});

test("a look that nobody could make, for want of a Steam ID, is recorded all the same", () => {
  using database = openDatabase(":memory:");
  sample(database, NOON, [], { steam_id: null, outcome: "bad_steam_id", reason: "no such name" });

  expect(dump(database)["accounts"]).toEqual([]);
  expect(dump(database)["sync_runs"]).toMatchObject([{ outcome: "bad_steam_id" }]);
});

// A year in which the tracker would not tell that the profile is hidden, nor that a game is gone.
test("a sample that a clock dated a year ahead hides nothing of those after it", () => {
  using database = openDatabase(":memory:");
  const games = [
    { appId: 10, minutes: 100 },
    { appId: 20, minutes: 50 },
  ];
  const sampleByClock = (at: number, totals: readonly GameTotal[]) =>
    applyLibrarySample(database, CALENDAR, libraryFact(at, totals), at);
  sampleByClock(NOON, games);
  sampleByClock(NOON + 365 * 48 * HALF_HOUR_MS, games);

  sampleByClock(NOON + HALF_HOUR_MS, []);
  expect(dump(database)["accounts"]).toMatchObject([{ state: "private" }]);
  for (const polls of [2, 3, 4]) sampleByClock(NOON + polls * HALF_HOUR_MS, games.slice(0, 1));

  expect(dump(database)["accounts"]).toMatchObject([
    { state: "ok", last_sample_at: NOON + 4 * HALF_HOUR_MS },
  ]);
  expect(gameRow(database, 20)).toMatchObject({ library_state: "not_in_library" });
});

// With a vanity name, a refused key keeps even the Steam ID from us.
test("a look that never came to know the Steam ID tells the state of the one account there is", () => {
  using database = openDatabase(":memory:");
  sample(database, NOON, [{ appId: 10, minutes: 100 }]);
  const refused = { steam_id: null, outcome: "bad_key", reason: "Steam refuses the key" } as const;

  sample(database, NOON + 1, [], refused);
  const during = dump(database)["accounts"];
  sample(database, NOON + 2, [{ appId: 10, minutes: 100 }]);

  expect(during).toMatchObject([{ state: "bad_key", state_since: NOON + 1 }]);
  expect(dump(database)["accounts"]).toMatchObject([{ state: "ok", state_since: NOON + 2 }]);
  expect(dump(database)["games"]).toHaveLength(1);
});

test("what a person sets stays through every sync", () => {
  using database = openDatabase(":memory:");
  sample(database, NOON, [{ appId: 10, minutes: 100, name: "Old name" }]);
  database.raw.run(
    "UPDATE games SET title_override = 'Mine', status = 'Dropped', cover_override = 'https://example.org/a.png', archived_at = 5",
  );

  sample(database, NOON + HALF_HOUR_MS, [{ appId: 10, minutes: 110, name: "New name" }]);

  expect(gameRow(database, 10)).toMatchObject({
    title: "New name",
    title_override: "Mine",
    status: "Dropped",
    cover_override: "https://example.org/a.png",
    archived_at: 5,
    playtime_minutes: 110,
  });
});

test("a new game starts as Playing when it was played within two weeks, else in the backlog", () => {
  using database = openDatabase(":memory:");
  sample(database, NOON, [
    { appId: 10, minutes: 100, lastPlayedAt: NOON - 13 * 86_400_000 },
    { appId: 20, minutes: 100, lastPlayedAt: NOON - 15 * 86_400_000 },
    { appId: 30, minutes: 0 },
  ]);

  expect([10, 20, 30].map((appId) => gameRow(database, appId)?.["status"])).toEqual([
    "Playing",
    "Backlog",
    "Backlog",
  ]);
});

test("minutes that a person entered stay the baseline when Steam first shows the game", () => {
  const cases: [number, unknown[][]][] = [
    [
      250,
      [
        ["baseline", 100, 100],
        ["baseline", 150, 250],
      ],
    ],
    [100, [["baseline", 100, 100]]],
    [
      40,
      [
        ["baseline", 100, 100],
        ["correction", -60, 100],
      ],
    ],
  ];
  for (const [steamMinutes, expected] of cases) {
    using database = openDatabase(":memory:");
    const game = { title: "By hand", steam_app_id: 10, playtime_minutes: 100 };
    createGame(database, { request_id: "request-1", game }, NOON - 5);

    sample(database, NOON, [{ appId: 10, minutes: steamMinutes }]);
    sample(database, NOON + HALF_HOUR_MS, [{ appId: 10, minutes: steamMinutes }]);

    expect<unknown[][]>(ledger(database)).toEqual(expected);
    expect(gameRow(database, 10)?.["playtime_minutes"]).toBe(Math.max(100, steamMinutes));
    expect(countUnbalanced(database)).toBe(0);
  }
});

test("a purged game stays away through later syncs", () => {
  using database = openDatabase(":memory:");
  const other = { appId: 20, minutes: 5 };
  sample(database, NOON, [{ appId: 10, minutes: 100 }, other]);
  const id = Number(gameRow(database, 10)?.["id"]);
  archiveGame(database, { id }, NOON);
  purgeGame(database, { id }, NOON);

  const run = sample(database, NOON + HALF_HOUR_MS, [{ appId: 10, minutes: 130 }, other]);

  expect(run).toMatchObject({ outcome: "ok", gamesAdded: 0, gamesChanged: 0, minutesAdded: 0 });
  expect(gameRow(database, 10)).toBeNull();
});

test("a look that could not see what is borrowed counts for what is owned, and narrows no borrowed game's window", () => {
  using database = openDatabase(":memory:");
  const games = (owned: number, borrowed: number) => [
    { appId: 10, minutes: owned },
    { appId: 20, minutes: borrowed, source: "recent" as const },
  ];
  sample(database, NOON, games(100, 50));

  const run = sample(database, NOON + HALF_HOUR_MS, games(110, 0).slice(0, 1), {
    outcome: "partial",
    reason: "the list of recent games could not be had",
  });
  sample(database, NOON + 2 * HALF_HOUR_MS, games(120, 90));

  expect(run).toMatchObject({ outcome: "partial", gamesChanged: 1, minutesAdded: 10 });
  expect(
    database.raw
      .query(
        "SELECT steam_app_id, minutes, previous_observed_at FROM playtime_changes JOIN games ON games.id = game_id WHERE kind = 'play' ORDER BY playtime_changes.id",
      )
      .values(),
  ).toEqual([
    [10, 10, NOON],
    [10, 10, NOON + HALF_HOUR_MS],
    [20, 40, NOON],
  ]);
  expect(gameRow(database, 20)?.["library_state"]).toBe("shared");
});

test("a game first borrowed during looks that could not see it counts as played since the last one that could", () => {
  using database = openDatabase(":memory:");
  const owned = { appId: 10, minutes: 100 };
  sample(database, NOON, [owned]);
  const partial = { outcome: "partial", reason: "the list of recent games could not be had" };
  for (const polls of [1, 2, 3, 4]) sample(database, NOON + polls * HALF_HOUR_MS, [owned], partial);

  const borrowed = { appId: 20, minutes: 120, source: "recent" as const };
  sample(database, NOON + 5 * HALF_HOUR_MS, [owned, borrowed]);

  expect(ledger(database)).toEqual([
    ["baseline", 100, 100],
    ["play", 120, 120],
  ]);
});

// The total of years would be the play of the half hour in which the game came back.
test("presence of long ago makes no play of what a purged game brings when it is added again", () => {
  using database = openDatabase(":memory:");
  const games = [
    { appId: 10, minutes: 30_010 },
    { appId: 20, minutes: 5 },
  ];
  sample(database, NOON, games);
  const id = Number(gameRow(database, 10)?.["id"]);
  archiveGame(database, { id }, NOON);
  purgeGame(database, { id }, NOON);
  applyPresence(database, CALENDAR, presenceFact(NOON + MINUTE_MS, 10));
  applyPresence(database, CALENDAR, presenceFact(NOON + 2 * MINUTE_MS, null));
  const later = NOON + 200 * 24 * 60 * MINUTE_MS;
  sample(database, later, games);

  const again = { title: "Again", steam_app_id: 10 };
  createGame(database, { request_id: "again", game: again }, later + MINUTE_MS);
  sample(database, later + HALF_HOUR_MS, games);

  expect(ledger(database).slice(1)).toEqual([
    ["baseline", 29_980, 29_980],
    ["play", 30, 30_010],
  ]);
});

test("a replayed past is quiet: no event tells of it", () => {
  using database = openDatabase(":memory:");
  sample(database, NOON, [{ appId: 10, minutes: 100 }], { trigger: "replay" });
  sample(database, NOON + HALF_HOUR_MS, [{ appId: 10, minutes: 120 }], { trigger: "replay" });

  expect(dump(database)["outbox"]).toEqual([]);
  expect(countUnbalanced(database)).toBe(0);
});
