import { expect, test } from "bun:test";
import {
  getDay as dayContract,
  getSnapshot as snapshotContract,
  listDays as daysContract,
  listRuns as runsContract,
  listSessions as sessionsContract,
  ServiceError,
} from "@tracker/contracts";
import { type Database, openDatabase } from "./database.ts";
import { getDay, listDays } from "./day-query.ts";
import { findPlaying } from "./playing.ts";
import { applyPresence } from "./presence.ts";
import {
  CALENDAR,
  contractError,
  DAY_MS,
  HOUR_MS,
  insertGame,
  insertRun,
  insertSession,
  MINUTE_MS,
  NOW,
  readAll,
  READING,
} from "./question-fixture.ts";
import { listRuns } from "./run.ts";
import { listSessions } from "./session-list.ts";
import { getSnapshot, listSnapshots } from "./snapshot-query.ts";

/** 23:30 on the 18th in New York. */
const LATE_EVENING = Date.parse("2026-11-19T04:30:00.000Z");
const DAYS = { "2026-11-18": 30, "2026-11-19": 30 };
const at = (text: string) => Date.parse(text);
const gap = (database: Database, gameId: number, from: string, to: string, minutes: number) =>
  insertSession(database, gameId, at(from), {
    endedAt: at(to),
    notAfter: at(to),
    minutes,
    precision: "gap",
  });
const page = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

test("days hold the minutes of each game, and their sum is the range's", () => {
  using database = openDatabase(":memory:");
  const [one, two] = [
    insertGame(database, { title: "One" }),
    insertGame(database, { title: "Two" }),
  ];
  insertSession(database, one, LATE_EVENING, {}, DAYS);
  insertSession(database, two, LATE_EVENING - 5 * HOUR_MS, { minutes: 45 }, { "2026-11-18": 45 });

  const days = listDays(database, { from: "2026-11-18", to: "2026-11-19" }, READING);

  expect(days.items).toMatchObject([
    { day: "2026-11-18", minutes: 75, games: [{ title: "Two", minutes: 45 }, { minutes: 30 }] },
    { day: "2026-11-19", minutes: 30, games: [{ title: "One", minutes: 30 }] },
  ]);
  expect(days.minutes).toBe(105);
  expect(listDays(database, { game_id: two }, READING).minutes).toBe(45);
  expect(() => listDays(database, { game_id: 99 }, READING)).toThrow("there is no game 99");
  expect(contractError(daysContract.output, days)).toBeUndefined();
});

// Play of an unknown day must not vanish, nor be counted on a day it may not belong to.
test("a gap counts in every range that holds its whole window, and in no other", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database);
  gap(database, id, "2026-11-10T12:00:00Z", "2026-11-12T12:00:00Z", 90);
  const minutes = (from: string, to: string) => listDays(database, { from, to }, READING).minutes;

  expect(minutes("2026-11-10", "2026-11-12")).toBe(90);
  expect(minutes("2026-11-01", "2026-11-20")).toBe(90);
  expect(minutes("2026-11-11", "2026-11-12")).toBe(0);
  expect(minutes("2026-11-10", "2026-11-11")).toBe(0);
  expect(listDays(database, {}, READING).items).toEqual([]);
});

test("without a range it is the last 30 days of the calendar's zone", () => {
  using database = openDatabase(":memory:");
  const nearMidnight = at("2026-11-21T04:59:00Z");

  const { from, to, time_zone } = listDays(database, {}, { ...READING, now: nearMidnight });

  expect([from, to, time_zone]).toEqual(["2026-10-22", "2026-11-20", "America/New_York"]);
});

test("a range that runs backwards, is too long or names a day that does not exist is refused", () => {
  using database = openDatabase(":memory:");
  for (const [input, field] of [
    [{ from: "2026-11-20", to: "2026-11-19" }, "/from"],
    [{ from: "2000-01-01", to: "2026-11-19" }, "/from"],
    [{ from: "2026-02-29" }, "/from"],
    [{ to: "2026-11-31" }, "/to"],
  ] as const) {
    expect(code(() => listDays(database, input, READING))).toBe(`INVALID ${field}`);
  }
  expect(code(() => getDay(database, { day: "2026-02-30" }, READING))).toBe("INVALID /day");
});

test("a day shows the part of a session that lies in it, with the minutes of that part", () => {
  using database = openDatabase(":memory:");
  insertSession(database, insertGame(database), LATE_EVENING, {}, DAYS);

  const evening = getDay(database, { day: "2026-11-18" }, READING);
  const morning = getDay(database, { day: "2026-11-19" }, READING);

  expect(evening).toMatchObject({ starts_at: "2026-11-18T05:00:00.000Z", minutes: 30 });
  expect(evening.sessions).toMatchObject([
    { started_at: "2026-11-19T04:30:00.000Z", ended_at: evening.ends_at, minutes: 30, live: false },
  ]);
  expect(morning.sessions).toMatchObject([
    { started_at: evening.ends_at, ended_at: "2026-11-19T05:30:00.000Z", minutes: 30 },
  ]);
  expect(contractError(dayContract.output, evening)).toBeUndefined();
});

test("a day with 25 hours has its own bounds, and the minutes that its range of one day has", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database);
  gap(database, id, "2026-11-01T10:00:00Z", "2026-11-01T12:00:00Z", 20);
  gap(database, id, "2026-11-01T10:00:00Z", "2026-11-03T12:00:00Z", 50);

  const day = getDay(database, { day: "2026-11-01" }, READING);

  expect(Date.parse(day.ends_at) - Date.parse(day.starts_at)).toBe(25 * HOUR_MS);
  expect(day.minutes).toBe(20);
  expect(day.gaps.map(({ minutes }) => minutes)).toEqual([20, 50]);
  const range = { from: "2026-11-01", to: "2026-11-01" };
  expect(listDays(database, range, READING).minutes).toBe(day.minutes);
});

test("sessions are narrowed by game, tag, precision, length and a person's hand, and days by tag", () => {
  using database = openDatabase(":memory:");
  const [one, two] = [insertGame(database), insertGame(database)];
  database.raw.run("INSERT INTO tags (id, name) VALUES (1, 'Cosy')");
  database.raw.run("INSERT INTO game_tags (game_id, tag_id) VALUES (?, 1)", [two]);
  insertSession(database, one, LATE_EVENING, { minutes: 60 }, DAYS);
  const start = LATE_EVENING - 20 * HOUR_MS;
  insertSession(database, two, start, { minutes: 730, precision: "poll" }, { "2026-11-18": 730 });
  database.raw.run("UPDATE play_sessions SET corrected = 1 WHERE game_id = ?", [one]);
  const minutes = (input: Parameters<typeof listSessions>[1]) =>
    listSessions(database, input, READING).items.map((session) => session.minutes);

  expect(minutes({})).toEqual([60, 730]);
  expect(minutes({ game_id: one })).toEqual([60]);
  expect(minutes({ tag: "cosy" })).toEqual([730]);
  expect(minutes({ precision: "poll" })).toEqual([730]);
  expect(minutes({ corrected: true })).toEqual([60]);
  expect(minutes({ corrected: false })).toEqual([730]);
  expect(minutes({ min_minutes: 720 })).toEqual([730]);
  expect(minutes({ min_minutes: 720, game_id: one })).toEqual([]);
  expect(listDays(database, { tag: "COSY" }, READING).minutes).toBe(730);
});

test("a session is live while presence shows it, and ended at the last look when the poller falls silent", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database);
  insertSession(database, id, NOW - HOUR_MS, { endedAt: null, evidenceAt: NOW - MINUTE_MS });
  const later = { ...READING, now: NOW + 10 * MINUTE_MS };

  const [live] = listSessions(database, {}, READING).items;
  const [silent] = listSessions(database, {}, later).items;

  expect(live).toMatchObject({ live: true, ended_at: null });
  expect(silent).toMatchObject({ live: false, ended_at: new Date(NOW - MINUTE_MS).toISOString() });
});

test("without presence a session is live for one poll interval after its last minutes came; with it, until presence ends", () => {
  using database = openDatabase(":memory:");
  const polled = insertGame(database, { title: "Polled" });
  const seen = insertGame(database, { title: "Seen" });
  const rest = { evidenceAt: NOW, endedAt: NOW - MINUTE_MS, precision: "last_played" as const };
  insertSession(database, polled, NOW - HOUR_MS, rest);
  insertSession(database, seen, NOW - 2 * HOUR_MS, rest);
  database.raw.run(
    "INSERT INTO accounts (id, steam_id, state, state_since) VALUES (1, 'x', 'ok', 0)",
  );
  database.raw.run(`INSERT INTO presence_intervals
    (account_id, game_id, started_at, last_seen_at, not_before, not_after)
    VALUES (1, ${seen}, ${NOW - HOUR_MS}, ${NOW - MINUTE_MS}, ${NOW - HOUR_MS}, ${NOW - MINUTE_MS})`);
  const live = (now: number) =>
    listSessions(database, {}, { ...READING, now })
      .items.filter((session) => session.live)
      .map((session) => session.title);

  expect(live(NOW)).toEqual(["Polled"]);
  expect(live(NOW + READING.pollIntervalMs)).toEqual(["Polled"]);
  expect(live(NOW + READING.pollIntervalMs + 1)).toEqual([]);
});

test("sessions are read newest first, each once, and a range holds those that overlap it", () => {
  using database = openDatabase(":memory:");
  const [one, two] = [insertGame(database), insertGame(database)];
  const ids = Array.from({ length: 9 }, (_, index) =>
    insertSession(database, index % 2 === 0 ? one : two, NOW - Math.floor(index / 3) * DAY_MS),
  );
  const crossing = insertSession(database, one, LATE_EVENING - 10 * DAY_MS, {}, {});

  const all = readAll((cursor) => listSessions(database, { limit: 2, ...page(cursor) }, READING));
  const range = { from: "2026-11-09", to: "2026-11-09" };

  expect(all.map(({ id }) => id)).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7, crossing]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(ids.length + 1);
  expect(listSessions(database, range, READING).items.map(({ id }) => id)).toEqual([crossing]);
  expect(listSessions(database, { game_id: two }, READING).items).toHaveLength(4);
  expect(() => listSessions(database, { game_id: 99 }, READING)).toThrow("there is no game 99");
  const answer = listSessions(database, {}, READING);
  expect(contractError(sessionsContract.output, answer)).toBeUndefined();
});

test("the library on a day is each game's newest row up to it", () => {
  using database = openDatabase(":memory:");
  const [one, two] = [insertGame(database), insertGame(database)];
  database.raw.run(`INSERT INTO daily_snapshots VALUES
    ('2026-11-17', 60, 1), ('2026-11-18', 60, 1), ('2026-11-19', 105, 2)`);
  database.raw.run(`INSERT INTO daily_game_snapshots (game_id, date, game_title, minutes) VALUES
    (${one}, '2026-11-17', 'One', 60), (${two}, '2026-11-19', 'Two', 30), (${one}, '2026-11-19', 'One', 75)`);
  const games = (date: string) =>
    getSnapshot(database, { date }).games.map((game) => [game.game_title, game.minutes]);

  expect(games("2026-11-18")).toEqual([["One", 60]]);
  expect(games("2026-11-19")).toEqual([
    ["One", 75],
    ["Two", 30],
  ]);
  const snapshot = getSnapshot(database, { date: "2026-11-19" });
  expect(snapshot).toMatchObject({ total_minutes: 105, games_played: 2 });
  expect(contractError(snapshotContract.output, snapshot)).toBeUndefined();
  expect(code(() => getSnapshot(database, { date: "2026-11-20" }))).toBe("NOT_FOUND");
  const all = readAll((cursor) => listSnapshots(database, { limit: 1, ...page(cursor) }));
  expect(all.map(({ date }) => date)).toEqual(["2026-11-19", "2026-11-18", "2026-11-17"]);
  expect(listSnapshots(database, { from: "2026-11-18", to: "2026-11-18" }).items).toHaveLength(1);
});

test("the game being played is found by its app, else the one played last, of some apps or of all but archived and hidden ones", () => {
  using database = openDatabase(":memory:");
  insertGame(database, { title: "Never", steamAppId: 1 });
  insertGame(database, { title: "Long ago", steamAppId: 2, lastPlayedAt: NOW - DAY_MS });
  insertGame(database, { title: "Lately", steamAppId: 3, lastPlayedAt: NOW - HOUR_MS });
  insertGame(database, { title: "Gone", steamAppId: 4, lastPlayedAt: NOW, archivedAt: NOW });
  insertGame(database, {
    title: "Secret",
    steamAppId: 5,
    lastPlayedAt: NOW,
    visibility: "hidden",
  });
  const found = (input: Parameters<typeof findPlaying>[1]) =>
    findPlaying(database, input, NOW).game?.title ?? null;

  expect(found({ app_id: 1 })).toBe("Never");
  expect(found({ app_id: 4 })).toBe("Gone");
  expect(found({ app_id: 99 })).toBeNull();
  expect(found({})).toBe("Lately");
  expect(found({ among: [1, 2, 4, 5] })).toBe("Long ago");
  expect(found({ among: [] })).toBeNull();
});

// A game of another shop is started through Steam by its name alone: what its owner hides must not be told by that.
test("a game that has no app, or one that is not in the library, is found by its name however that is written; of several the one that is to be seen least", () => {
  using database = openDatabase(":memory:");
  insertGame(database, { title: "Alan Wake 2", visibility: "hidden" });
  insertGame(database, { title: "Steam's own", titleOverride: "My name for it" });
  insertGame(database, { title: "Twice" });
  insertGame(database, { title: "Twice", visibility: "totals" });
  insertGame(database, { title: "???", steamAppId: 5 });
  const found = (input: Parameters<typeof findPlaying>[1]) => {
    const { game } = findPlaying(database, input, NOW);
    return game === null ? null : [game.title, game.visibility];
  };

  expect(found({ game_name: "ALAN  WAKE® 2™" })).toEqual(["Alan Wake 2", "hidden"]);
  expect(found({ app_id: 99, game_name: "alan wake 2" })).toEqual(["Alan Wake 2", "hidden"]);
  expect(found({ app_id: 5, game_name: "Alan Wake 2" })).toEqual(["???", "public"]);
  expect(found({ game_name: "Steam's Own" })).toEqual(["My name for it", "public"]);
  expect(found({ game_name: "twice" })).toEqual(["Twice", "totals"]);
  expect(found({ game_name: "Alan Wake" })).toBeNull();
  expect(found({ game_name: "" })).toBeNull();
});

test("a sitting began where its stretch of looks did, for a game of the library or not, while looks keep coming", () => {
  using database = openDatabase(":memory:");
  const look = (at: number, app_id: number | null, game_name: string, in_game = true) =>
    applyPresence(database, CALENDAR, {
      id: `look-${at}`,
      steam_id: "76561190000000001",
      persona_name: null,
      observed_at: new Date(at).toISOString(),
      previous_observed_at: null,
      in_game,
      app_id,
      game_name,
    });
  const since = (input: Parameters<typeof findPlaying>[1], now: number) =>
    findPlaying(database, input, now).playing_since;
  const later = NOW + 2 * MINUTE_MS;

  look(NOW, 7, "Seven");
  look(later, 7, "Seven");
  expect(since({ app_id: 7 }, later)).toBe(new Date(NOW).toISOString());
  expect(since({ app_id: 8 }, later)).toBeNull();
  expect(since({ game_name: "Seven" }, later)).toBeNull();
  expect(since({ app_id: 7 }, later + HOUR_MS)).toBeNull();

  look(later + 1, null, "Tetris");
  expect(since({ game_name: "Tetris" }, later + 1)).toBe(new Date(later + 1).toISOString());
  expect(since({ game_name: "Chess" }, later + 1)).toBeNull();
  expect(since({ app_id: 7 }, later + 1)).toBeNull();
});

test("runs are read newest first, each once, also where they began at one instant", () => {
  using database = openDatabase(":memory:");
  for (const [id, startedAt] of Object.entries({ a: 1, b: 2, c: 2, d: 2, e: 3 })) {
    insertRun(database, id, startedAt);
  }

  const all = readAll((cursor) => listRuns(database, { limit: 2, ...page(cursor) }));

  expect(all.map(({ id }) => id)).toEqual(["e", "d", "c", "b", "a"]);
  expect(contractError(runsContract.output, listRuns(database, {}))).toBeUndefined();
});

function code(work: () => unknown): string {
  try {
    work();
    return "nothing thrown";
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return error.field === undefined ? error.code : `${error.code} ${error.field}`;
  }
}
