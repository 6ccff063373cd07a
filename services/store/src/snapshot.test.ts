import { expect, test } from "bun:test";
import { type Database, openDatabase } from "./database.ts";
import { dump, dumpDerived, libraryFact, MINUTE_MS } from "./fact-fixture.ts";
import { archiveGame, purgeGame } from "./game-archive.ts";
import { applyLibrarySample } from "./library.ts";
import { recutDays } from "./rebuild.ts";
import { writeSnapshots } from "./snapshot.ts";

const NEW_YORK = { zone: "America/New_York", dayStartHour: 0 };
const TOKYO = { zone: "Asia/Tokyo", dayStartHour: 0 };
/** 23:00 on March 2nd in New York. */
const LATE_EVENING = Date.parse("2026-03-03T04:00:00Z");
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function sample(database: Database, at: number, minutes: number, lastPlayedAt = at): void {
  const games = [{ appId: 10, minutes, lastPlayedAt }];
  applyLibrarySample(database, NEW_YORK, libraryFact(at, games));
}

function totals(database: Database): unknown[][] {
  return database.raw.query("SELECT * FROM daily_snapshots ORDER BY date").values();
}

test("play at 23:00 belongs to the day that ends, and play after midnight to the next", () => {
  using database = openDatabase(":memory:");
  sample(database, LATE_EVENING, 100, LATE_EVENING - DAY_MS);
  sample(database, LATE_EVENING + 30 * MINUTE_MS, 120);
  sample(database, LATE_EVENING + 63 * MINUTE_MS, 123);

  expect(writeSnapshots(database, NEW_YORK, LATE_EVENING + 65 * MINUTE_MS)).toBe(1);
  expect(totals(database)).toEqual([["2026-03-02", 120, 1]]);
  writeSnapshots(database, NEW_YORK, LATE_EVENING + 26 * HOUR_MS);
  expect(totals(database)).toEqual([
    ["2026-03-02", 120, 1],
    ["2026-03-03", 123, 1],
  ]);
});

test("minutes that Steam reports after midnight for play before it bring the day up to date", () => {
  using database = openDatabase(":memory:");
  sample(database, LATE_EVENING, 100, LATE_EVENING - DAY_MS);
  sample(database, LATE_EVENING + 45 * MINUTE_MS, 100, LATE_EVENING - DAY_MS);
  writeSnapshots(database, NEW_YORK, LATE_EVENING + 65 * MINUTE_MS);
  expect(totals(database)).toEqual([["2026-03-02", 100, 1]]);

  sample(database, LATE_EVENING + 75 * MINUTE_MS, 125, LATE_EVENING + 55 * MINUTE_MS);

  expect(totals(database)).toEqual([["2026-03-02", 125, 1]]);
});

test("missed nights are filled in, writing them again writes nothing, and days without play take no game rows", () => {
  using database = openDatabase(":memory:");
  sample(database, LATE_EVENING, 100, LATE_EVENING - DAY_MS);
  sample(database, LATE_EVENING + 30 * MINUTE_MS, 110);

  const later = Date.parse("2026-03-12T16:00:00Z");
  expect(writeSnapshots(database, NEW_YORK, later)).toBe(10);
  const before = dump(database);
  expect(writeSnapshots(database, NEW_YORK, later)).toBe(0);

  expect(dump(database)).toEqual(before);
  expect(totals(database).at(-1)).toEqual(["2026-03-11", 110, 1]);
  expect(before["daily_game_snapshots"]).toEqual([
    { game_id: 1, date: "2026-03-02", game_title: "Game 10", cover_url: null, minutes: 110 },
  ]);
});

test("a purged game leaves every total", () => {
  using database = openDatabase(":memory:");
  const games = [
    { appId: 10, minutes: 100 },
    { appId: 20, minutes: 7 },
  ];
  applyLibrarySample(database, NEW_YORK, libraryFact(LATE_EVENING, games));
  writeSnapshots(database, NEW_YORK, LATE_EVENING + 2 * DAY_MS);

  archiveGame(database, { id: 1 }, LATE_EVENING);
  purgeGame(database, { id: 1 }, LATE_EVENING);

  expect(totals(database)).toEqual([
    ["2026-03-02", 7, 1],
    ["2026-03-03", 7, 1],
  ]);
});

test("another zone cuts all days anew, and going back brings the old ones back", () => {
  using database = openDatabase(":memory:");
  const now = LATE_EVENING + 3 * DAY_MS;
  recutDays(database, NEW_YORK, now);
  sample(database, LATE_EVENING, 100, LATE_EVENING - DAY_MS);
  sample(database, LATE_EVENING + 30 * MINUTE_MS, 120);
  writeSnapshots(database, NEW_YORK, now);
  const before = dumpDerived(database);

  expect(recutDays(database, NEW_YORK, now)).toBe(false);
  expect(recutDays(database, TOKYO, now)).toBe(true);
  expect(dump(database)["session_days"]).toEqual([
    { session_id: 1, day: "2026-03-03", minutes: 20 },
  ]);
  expect(totals(database)[0]).toEqual(["2026-03-03", 120, 1]);
  expect(recutDays(database, NEW_YORK, now)).toBe(true);

  expect(dumpDerived(database)).toEqual(before);
});

test("snapshots that a clock a year ahead wrote go once it is right, and each day is written when it has ended", () => {
  using database = openDatabase(":memory:");
  sample(database, LATE_EVENING, 100, LATE_EVENING - DAY_MS);
  sample(database, LATE_EVENING + 30 * MINUTE_MS, 110);
  writeSnapshots(database, NEW_YORK, LATE_EVENING + 65 * MINUTE_MS);

  writeSnapshots(database, NEW_YORK, LATE_EVENING + 365 * DAY_MS);
  expect(writeSnapshots(database, NEW_YORK, LATE_EVENING + 66 * MINUTE_MS)).toBe(0);

  expect(totals(database)).toEqual([["2026-03-02", 110, 1]]);
  sample(database, LATE_EVENING + 12 * HOUR_MS, 150);
  expect(writeSnapshots(database, NEW_YORK, LATE_EVENING + 26 * HOUR_MS)).toBe(1);
  expect(totals(database)).toEqual([
    ["2026-03-02", 110, 1],
    ["2026-03-03", 150, 1],
  ]);
});
