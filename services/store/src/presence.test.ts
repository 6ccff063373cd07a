import { expect, test } from "bun:test";
import { type Database, openDatabase } from "./database.ts";
import { getDay } from "./day-query.ts";
import { dump, libraryFact, MINUTE_MS, presenceFact } from "./fact-fixture.ts";
import { applyLibrarySample } from "./library.ts";
import { applyPresence } from "./presence.ts";
import { rebuildSessions } from "./rebuild.ts";
import { moveSession } from "./session-edit.ts";

const CALENDAR = { zone: "America/New_York", dayStartHour: 0 };
const NOON = Date.parse("2026-03-02T17:00:00Z");

function minute(count: number): number {
  return NOON + count * MINUTE_MS;
}

/** A library in which game 10 has 100 minutes at noon. */
function tracked(): Database {
  const database = openDatabase(":memory:");
  sample(database, 0, 100);
  return database;
}

function sample(database: Database, at: number, minutes: number, appId = 10): void {
  applyLibrarySample(database, CALENDAR, libraryFact(minute(at), [{ appId, minutes }]));
}

/** Looks in each minute from `from` to `to`, both included. */
function look(database: Database, from: number, to: number, appId: number | null): void {
  for (let at = from; at <= to; at++) {
    applyPresence(database, CALENDAR, presenceFact(minute(at), appId));
  }
}

function readingAt(count: number) {
  return { now: minute(count), calendar: CALENDAR, pollIntervalMs: 30 * MINUTE_MS };
}

function sessions(database: Database) {
  return database.raw
    .query<{ id: number; from: number; to: number | null; minutes: number; precision: string }, []>(
      "SELECT id, started_at AS 'from', ended_at AS 'to', minutes, precision FROM play_sessions ORDER BY started_at",
    )
    .all();
}

function events(database: Database): string[] {
  return database.raw
    .query<{ subject: string }, []>(
      "SELECT subject FROM outbox WHERE subject LIKE 'events.session.%' ORDER BY id",
    )
    .all()
    .map(({ subject }) => subject.replace("events.session.", ""));
}

test("a game that presence shows is a live session before any minute of it is known", () => {
  using database = tracked();

  look(database, 5, 9, 10);

  const [session] = sessions(database);
  expect(session).toMatchObject({ to: null, minutes: 0, precision: "presence" });
  expect(events(database)).toEqual(["started"]);
});

test("a session keeps its id from the first look to the sample that brings its minutes", () => {
  using database = tracked();
  look(database, 5, 34, 10);
  const live = sessions(database)[0]?.id;

  look(database, 35, 35, null);
  expect(sessions(database)).toEqual([]);
  sample(database, 36, 130);

  expect(sessions(database)).toMatchObject([{ id: live, minutes: 30, precision: "presence" }]);
  expect(events(database)).toEqual(["started", "ended", "changed"]);
});

test("looks that say the same again are no events", () => {
  using database = tracked();
  look(database, 5, 30, 10);
  sample(database, 31, 120);
  const before = events(database);

  look(database, 32, 60, 10);

  expect(events(database)).toEqual(before);
});

test("another game while one is open ends that one and begins its own", () => {
  using database = tracked();
  applyLibrarySample(
    database,
    CALENDAR,
    libraryFact(minute(1), [
      { appId: 10, minutes: 100 },
      { appId: 20, minutes: 5 },
    ]),
  );

  look(database, 5, 9, 10);
  look(database, 10, 12, 20);

  expect(dump(database)["presence_intervals"]).toMatchObject([
    { app_id: 10, started_at: minute(5), last_seen_at: minute(9), not_after: minute(10) },
    { app_id: 20, started_at: minute(10), not_before: minute(9), not_after: null },
  ]);
});

test("an outage splits presence, and nothing is claimed about the time in it", () => {
  using database = tracked();
  look(database, 5, 9, 10);

  look(database, 60, 61, 10);

  expect(dump(database)["presence_intervals"]).toMatchObject([
    { last_seen_at: minute(9), not_after: minute(60) },
    { started_at: minute(60), not_before: minute(9), not_after: null },
  ]);
});

test("an older look, and one that comes again, change nothing", () => {
  using database = tracked();
  look(database, 5, 9, 10);
  const before = dump(database);

  look(database, 3, 9, null);

  expect(dump(database)).toEqual(before);
});

test("presence of a game that the library does not have yet becomes its session once it has", () => {
  using database = tracked();
  look(database, 5, 34, 77);
  look(database, 35, 35, null);
  expect(dump(database)["presence_intervals"]).toMatchObject([{ game_id: null, app_id: 77 }]);

  applyLibrarySample(
    database,
    CALENDAR,
    libraryFact(minute(36), [
      { appId: 10, minutes: 100 },
      { appId: 77, minutes: 30 },
    ]),
  );

  expect(sessions(database)).toMatchObject([{ minutes: 30, precision: "presence" }]);
  expect(dump(database)["presence_intervals"]).toMatchObject([{ game_id: 2, app_id: 77 }]);
});

test("a game that is not Steam's is kept as presence without a game", () => {
  using database = tracked();
  const other = { ...presenceFact(minute(5), null), in_game: true, game_name: "Emulator" };

  applyPresence(database, CALENDAR, other);

  expect(dump(database)["presence_intervals"]).toMatchObject([
    { game_id: null, app_id: null, game_name: "Emulator", not_after: null },
  ]);
});

// A profile that hides what is being played, or looks that fail, must not make one sitting of all the play of a month.
test("play that comes long after the last look at an open presence is a session of its own", () => {
  using database = tracked();

  look(database, 5, 30, 10);
  sample(database, 31, 125);
  sample(database, 600, 125);
  sample(database, 630, 155);

  const placed = [
    { from: minute(4), to: minute(30), minutes: 25, precision: "presence" },
    { from: minute(600), to: minute(630), minutes: 30, precision: "poll" },
  ];
  expect(sessions(database)).toMatchObject(placed);
  expect(events(database)).toEqual(["started", "changed", "ended", "started"]);
  rebuildSessions(database, CALENDAR, minute(640));
  expect(sessions(database)).toMatchObject(placed);
});

test("a presence whose looks return before an hour is over is one sitting, whatever samples said meanwhile", () => {
  using database = tracked();
  look(database, 5, 30, 10);
  sample(database, 31, 125);
  sample(database, 40, 135);
  const [before] = sessions(database);

  look(database, 50, 52, 10);

  expect(sessions(database)).toMatchObject([{ id: before?.id, to: null, minutes: 35 }]);
  expect(getDay(database, { day: "2026-03-02" }, readingAt(52)).sessions).toMatchObject([
    { live: true },
  ]);
});

test("a presence that no look closed is no longer live and can be corrected", () => {
  using database = tracked();
  look(database, 5, 30, 10);
  sample(database, 31, 125);
  const [session] = sessions(database);
  const told = (at: number) => getDay(database, { day: "2026-03-02" }, readingAt(at)).sessions;
  expect(told(35)).toMatchObject([{ live: true }]);
  const refused = () =>
    moveSession(database, { id: session?.id ?? 0, idle_minutes: 5 }, readingAt(35));
  expect(refused).toThrow("is live");

  moveSession(database, { id: session?.id ?? 0, idle_minutes: 5 }, readingAt(36));

  expect(told(36)).toMatchObject([{ live: false, minutes: 20, corrected: true }]);
  rebuildSessions(database, CALENDAR, minute(36));
  expect(told(36)).toMatchObject([{ live: false, minutes: 20, corrected: true }]);
});

/** One look that each clock, the poller's and ours, tells in the same way. */
function lookByClock(database: Database, at: number, appId: number | null, clock = at): boolean {
  return applyPresence(database, CALENDAR, presenceFact(minute(at), appId), minute(clock));
}

// A machine that starts with a clock twelve hours ahead would be blind for twelve hours, with a session that began tonight.
test("a moment in which the clock is ahead is taken back by the first look after it", () => {
  using database = tracked();
  for (let at = 5; at < 30; at++) lookByClock(database, at, 10);

  lookByClock(database, 720, 10);
  for (let at = 31; at < 35; at++) lookByClock(database, at, 10);
  lookByClock(database, 35, null);
  sample(database, 36, 130);

  expect(sessions(database)).toMatchObject([
    { from: minute(4), minutes: 30, precision: "presence" },
  ]);
  expect(dump(database)["presence_intervals"]).toMatchObject([
    { last_seen_at: minute(29), not_after: minute(31) },
    { started_at: minute(31), not_after: minute(35) },
  ]);
  expect(dump(database)["games"]).toMatchObject([{ last_played_at: sessions(database)[0]?.to }]);
});

test("a clock that went too fast through a sitting and is set right ends nothing and keeps nothing of the future", () => {
  using database = tracked();
  for (let at = 5; at < 60; at++) lookByClock(database, at, 10);

  lookByClock(database, 30, 10);
  lookByClock(database, 31, null);

  expect(dump(database)["presence_intervals"]).toMatchObject([
    { started_at: minute(5), last_seen_at: minute(30), not_after: minute(31) },
  ]);
});

test("a look that is dated after our own clock changes nothing, but for the minutes by which two clocks may differ", () => {
  using database = tracked();
  const before = dump(database);

  expect(lookByClock(database, 720, 10, 5)).toBe(false);
  expect(dump(database)).toEqual(before);
  expect(lookByClock(database, 9, 10, 5)).toBe(true);
});
