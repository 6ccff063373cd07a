import { expect, test } from "bun:test";
import {
  type FeedItem,
  listFeed as contract,
  ServiceError,
  VISIBILITIES,
} from "@tracker/contracts";
import { dayOf } from "@tracker/playtime";
import * as fc from "fast-check";
import { type Database, inTransaction, openDatabase } from "./database.ts";
import { listFeed } from "./feed.ts";
import {
  CALENDAR,
  contractError,
  DAY_MS,
  HOUR_MS,
  insertAchievement,
  insertGame,
  insertRun,
  insertSession,
  MINUTE_MS,
  NOW,
  readAll,
  READING,
} from "./question-fixture.ts";

const LIVE = { endedAt: null, evidenceAt: NOW };
const feed = (database: Database, input: Parameters<typeof listFeed>[1] = {}) =>
  listFeed(database, input, READING).items;

test("what is being played comes first, and everything else by its instant, newest first", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database, { title: "Game" });
  const live = insertSession(database, id, NOW - 3 * HOUR_MS, LIVE);
  const past = insertSession(database, id, NOW - 2 * HOUR_MS);
  insertAchievement(database, id, "a", NOW - HOUR_MS);
  insertGame(database, { title: "New", createdAt: NOW - 4 * HOUR_MS });
  const answer = listFeed(database, {}, READING);

  expect(answer.items.map(describe)).toEqual([
    `session ${live} live`,
    "achievements of Game: 1",
    `session ${past}`,
    "added 1: New",
  ]);
  expect(contractError(contract.output, answer)).toBeUndefined();
});

test("unlocks of one game on one civil day are one item, also across midnight UTC", () => {
  using database = openDatabase(":memory:");
  const [one, two] = [
    insertGame(database, { title: "One" }),
    insertGame(database, { title: "Two" }),
  ];
  // 18:59, 19:01 and 23:59 in New York, and 0:01 of the next day.
  insertAchievement(database, one, "a", Date.parse("2026-11-17T23:59:00Z"));
  insertAchievement(database, one, "b", Date.parse("2026-11-18T00:01:00Z"));
  insertAchievement(database, two, "a", Date.parse("2026-11-18T04:59:00Z"));
  insertAchievement(database, one, "c", Date.parse("2026-11-18T05:01:00Z"));
  insertAchievement(database, one, "locked", null);

  expect(feed(database).map(describe)).toEqual([
    "achievements of One: 1",
    "achievements of Two: 1",
    "achievements of One: 2",
  ]);
  expect(feed(database).map(({ day }) => day)).toEqual(["2026-11-18", "2026-11-17", "2026-11-17"]);
});

// A first import of 300 games must not push a month of play off the page.
test("the games of one run are one item, each game added by hand its own", () => {
  using database = openDatabase(":memory:");
  insertRun(database, "first-import", NOW - DAY_MS);
  for (let index = 0; index < 30; index++) {
    const run = { addedRunId: "first-import", createdAt: NOW - DAY_MS };
    insertGame(database, { title: `Game ${index}`, playtimeMinutes: index, ...run });
  }
  insertGame(database, { title: "By hand", createdAt: NOW - DAY_MS });

  const items = feed(database);

  expect(items).toHaveLength(2);
  const batch = items.find((item) => item.type === "games_added" && item.count === 30);
  expect(batch).toMatchObject({ count: 30 });
  expect(batch?.type === "games_added" && batch.games).toHaveLength(20);
  expect(batch?.type === "games_added" && batch.games[0]?.title).toBe("Game 29");
});

test("a completion is told on its day, after the unlock that made it", () => {
  using database = openDatabase(":memory:");
  const day = { completionDate: "2026-11-18" };
  const id = insertGame(database, { title: "Game", ...day });
  insertGame(database, { title: "Without a trace", ...day });
  insertGame(database, { title: "Not yet", completionDate: "2026-12-24" });
  insertAchievement(database, id, "last", Date.parse("2026-11-18T20:00:00Z"));

  expect(feed(database).map(describe)).toEqual([
    "completed Game",
    "achievements of Game: 1",
    "completed Without a trace",
  ]);
});

test("the range is the last 30 days unless said otherwise; a gap shows when its whole window is in it; archived games keep their history", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database, { title: "Gone", archivedAt: NOW });
  const recent = insertSession(database, id, NOW - 29 * DAY_MS);
  const old = insertSession(database, id, NOW - 30 * DAY_MS);
  const [from, to] = [NOW - 40 * DAY_MS, NOW - 35 * DAY_MS];
  const gap = insertSession(database, id, from, { endedAt: to, notAfter: to, precision: "gap" });

  expect(feed(database).map(describe)).toEqual([`session ${recent}`]);
  const september = { from: "2026-10-01", to: "2026-10-21" };
  expect(feed(database, september).map(describe)).toEqual([`session ${old}`, `session ${gap}`]);
  expect(feed(database, { from: "2026-10-13", to: "2026-10-20" })).toEqual([]);
});

test("a cursor of another range is refused", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database);
  for (let index = 0; index < 3; index++) insertSession(database, id, NOW - index * HOUR_MS);
  const cursor = listFeed(database, { limit: 1 }, READING).next_cursor ?? "";

  expect(() => listFeed(database, { cursor, from: "2026-11-20" }, READING)).toThrow(ServiceError);
  expect(listFeed(database, { cursor, limit: 1 }, READING).items).toHaveLength(1);
});

test("a session that ends between two pages, and one that begins, appear once or not at all", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database);
  const sessions = [1, 2, 3].map((hours) => insertSession(database, id, NOW - hours * HOUR_MS));
  const live = insertSession(database, id, NOW - 5 * HOUR_MS, LIVE);
  const second = insertSession(database, id, NOW - 6 * HOUR_MS, LIVE);
  let pages = 0;

  const all = readAll(
    (cursor) => listFeed(database, { limit: 1, from: "2026-11-20", ...page(cursor) }, READING),
    () => {
      pages++;
      if (pages === 1) {
        const end = "UPDATE play_sessions SET ended_at = evidence_at, precision = 'presence'";
        database.raw.run(`${end} WHERE id IN (${live}, ${second})`);
      }
      if (pages === 2) insertSession(database, id, NOW - MINUTE_MS, LIVE);
    },
  );

  expect(all.map(describe)).toEqual([
    `session ${live} live`,
    ...sessions.map((session) => `session ${session}`),
    `session ${second}`,
  ]);
});

// What strangers are shown is asked of the store by visibility.
test("a feed of one visibility knows nothing of the other games, and counts only its own", () => {
  using database = openDatabase(":memory:");
  insertRun(database, "one-run-x", NOW - DAY_MS);
  for (const visibility of VISIBILITIES) {
    const run = { addedRunId: "one-run-x", createdAt: NOW - DAY_MS };
    const completed = { completionDate: "2026-11-18" };
    const id = insertGame(database, { title: visibility, visibility, ...run, ...completed });
    insertSession(database, id, NOW - 3 * HOUR_MS, LIVE);
    insertSession(database, id, NOW - 5 * HOUR_MS);
    insertSession(database, id, NOW - 5 * HOUR_MS, { precision: "gap" });
    insertAchievement(database, id, "first", NOW - 4 * HOUR_MS);
  }

  const shown = feed(database, { visibility: "public" });
  const pages = readAll((cursor) =>
    listFeed(database, { visibility: "public", limit: 1, ...page(cursor) }, READING),
  );

  expect(shown.map((item) => item.type).sort()).toEqual([
    "achievements",
    "completion",
    "games_added",
    "session",
    "session",
    "session",
  ]);
  expect(JSON.stringify(shown)).not.toMatch(/"(?:totals|hidden)"/);
  expect(shown.find(({ type }) => type === "games_added")).toMatchObject({ count: 1 });
  expect(pages).toEqual(shown);
  expect(feed(database)).toHaveLength(5 * VISIBILITIES.length + 1);
});

const instant = fc.integer({ min: 0, max: 40 }).map((steps) => NOW - steps * 3 * HOUR_MS);
const anyHistory = fc.record({
  sessions: fc.array(fc.tuple(instant, fc.boolean(), fc.constantFrom("presence", "gap", "poll")), {
    maxLength: 8,
  }),
  unlocks: fc.array(fc.tuple(fc.nat(2), instant), { maxLength: 12 }),
  completions: fc.array(fc.option(instant), { minLength: 3, maxLength: 3 }),
  added: fc.array(fc.tuple(fc.option(fc.constantFrom("run-one-x", "run-two-x")), instant), {
    maxLength: 6,
  }),
});

// Whoever scrolls must meet everything that happened, once.
test("pages of any size hold every item of the feed exactly once and in the order of the whole", () => {
  using database = openDatabase(":memory:");
  fc.assert(
    fc.property(anyHistory, fc.integer({ min: 1, max: 5 }), (history, limit) => {
      inTransaction(database, () => refill(database, history));

      const whole = feed(database, { limit: 1_000 });
      const paged = readAll((cursor) => listFeed(database, { limit, ...page(cursor) }, READING));

      expect(paged).toEqual(whole);
      expect(new Set(whole.map((item) => `${item.at} ${describe(item)}`)).size).toBe(whole.length);
      const liveOnes = whole.findIndex((item) => !item.live);
      expect(whole.slice(liveOnes).every((item) => liveOnes < 0 || !item.live)).toBe(true);
      const instants = whole.filter((item) => !item.live).map((item) => item.at);
      expect(instants).toEqual(instants.toSorted().toReversed());
      expect(whole.length).toBe(expectedLength(history));
    }),
    { numRuns: 300 },
  );
});

type History = typeof anyHistory extends fc.Arbitrary<infer H> ? H : never;

function refill(database: Database, { sessions, unlocks, completions, added }: History): void {
  database.raw.run("DELETE FROM games");
  database.raw.run("DELETE FROM sync_runs");
  insertRun(database, "run-one-x", NOW);
  insertRun(database, "run-two-x", NOW);
  const games = completions.map((at, index) =>
    insertGame(database, {
      title: `Game ${index}`,
      completionDate: at === null ? null : dayOf(at, CALENDAR),
    }),
  );
  sessions.forEach(([at, open, precision], index) => {
    const isLive = open && precision === "presence";
    insertSession(database, games[index % 3] ?? 0, at, {
      precision,
      ...(isLive ? LIVE : { evidenceAt: at - DAY_MS }),
    });
  });
  unlocks.forEach(([game, at], index) => {
    insertAchievement(database, games[game] ?? 0, `${index}`, at);
  });
  const runs = new Map<string, number>();
  added.forEach(([run, at], index) => {
    const createdAt = run === null ? at : (runs.get(run) ?? at);
    if (run !== null) runs.set(run, createdAt);
    insertGame(database, { title: `Added ${index}`, addedRunId: run, createdAt });
  });
}

function expectedLength({ sessions, unlocks, completions, added }: History): number {
  const groups = new Set(unlocks.map(([game, at]) => `${game} ${dayOf(at, CALENDAR)}`));
  const batches = new Set(added.map(([run], index) => run ?? index));
  const completed = completions.filter((at) => at !== null);
  return sessions.length + groups.size + batches.size + completed.length;
}

function page(cursor: string | undefined) {
  return cursor === undefined ? {} : { cursor };
}

function describe(item: FeedItem): string {
  switch (item.type) {
    case "session":
      return `session ${item.session.id}${item.live ? " live" : ""}`;
    case "achievements":
      return `achievements of ${item.title}: ${item.achievements.length}`;
    case "completion":
      return `completed ${item.title}`;
    case "games_added":
      return `added ${item.count}: ${item.games[0]?.title}`;
    default:
      return item satisfies never;
  }
}
