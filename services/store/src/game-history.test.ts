import { expect, test } from "bun:test";
import { GameHistory } from "@tracker/contracts";
import { type Database, openDatabase } from "./database.ts";
import { type GameTotal, libraryFact } from "./fact-fixture.ts";
import { getGameHistory } from "./game-history.ts";
import { createGame } from "./game-write.ts";
import { instantOf } from "./instant.ts";
import { applyLibrarySample } from "./library.ts";
import {
  CALENDAR,
  contractError,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  READING,
} from "./question-fixture.ts";
import { yearAnswer } from "./review-fixture.ts";
import { addSession } from "./session-edit.ts";
import { recordYear } from "./year-in-review.ts";

/** In the middle of a month, at noon in New York. */
const TRACKING = Date.parse("2026-10-15T16:00:00.000Z");
const HALF_HOUR_MS = 30 * MINUTE_MS;

function sample(database: Database, at: number, games: readonly GameTotal[], rest = {}) {
  applyLibrarySample(database, CALENDAR, libraryFact(at, games, rest));
}

/** Samples every half hour: `minutes` each time on top of the total, ended by the last. */
function play(database: Database, from: number, total: number, growth: readonly number[]): number {
  let now = total;
  for (const [index, minutes] of growth.entries()) {
    now += minutes;
    sample(database, from + index * HALF_HOUR_MS, [{ appId: 10, minutes: now }]);
  }
  return now;
}

function history(database: Database, id = 1): GameHistory {
  const told = getGameHistory(database, { id }, CALENDAR);
  expect(contractError(GameHistory, told)).toBeUndefined();
  expect(told.reconciles).toBe(true);
  return told;
}

const instant = (ms: number) => new Date(ms).toISOString();

test("months, the unknown rest and the days add up to Steam's total", () => {
  using database = openDatabase(":memory:");
  const total = play(database, TRACKING, 1_000, [0, 20, 25]);
  recordYear(database, yearAnswer(2022, { 10: { "02": 100 } }));
  recordYear(database, yearAnswer(2025, { 10: { "07": 300 } }));

  expect(history(database)).toEqual({
    game_id: 1,
    time_zone: "America/New_York",
    tracked_since: instant(TRACKING),
    before: {
      minutes: 1_000,
      unknown_minutes: 600,
      months: [
        { month: "2022-02", minutes: 100 },
        { month: "2025-07", minutes: 300 },
      ],
    },
    days: [{ day: "2026-10-15", minutes: 45 }],
    gaps: [],
    corrections: { minutes: 0 },
    steam_total: total,
    reconciles: true,
  });
});

test("of the month in which tracking began what its sessions hold is theirs, and later months are", () => {
  using database = openDatabase(":memory:");
  play(database, TRACKING, 1_000, [0, 20, 25]);
  const months = { "09": 50, "10": 200, "11": 600 };
  recordYear(database, yearAnswer(2026, { 10: months }));

  expect(history(database).before.months).toEqual([
    { month: "2026-09", minutes: 50 },
    { month: "2026-10", minutes: 155 },
  ]);
});

// The first start asks at once; what is played on that evening is not in the answer.
test("what is played after Steam told a month takes nothing from it", () => {
  using database = openDatabase(":memory:");
  sample(database, TRACKING, [{ appId: 10, minutes: 1_000 }]);
  const askedAt = { asked_at: instant(TRACKING + MINUTE_MS) };
  recordYear(database, yearAnswer(2026, { 10: { "10": 200 } }, askedAt));
  const told = [{ month: "2026-10", minutes: 200 }];
  play(database, TRACKING + HOUR_MS, 1_000, [0, 25, 25]);

  expect(history(database).before.months).toEqual(told);
  const again = { asked_at: instant(TRACKING + DAY_MS) };
  recordYear(database, yearAnswer(2026, { 10: { "10": 250 } }, again));
  expect(history(database).before.months).toEqual(told);
  expect(history(database).days).toEqual([{ day: "2026-10-15", minutes: 50 }]);
});

test("a gap over months takes its minutes from the month in which it begins, and is on no day", () => {
  using database = openDatabase(":memory:");
  sample(database, TRACKING, [{ appId: 10, minutes: 1_000 }]);
  sample(database, TRACKING + 30 * DAY_MS, [{ appId: 10, minutes: 1_060 }]);
  recordYear(database, yearAnswer(2026, { 10: { "10": 200 } }));

  const { before, gaps, days } = history(database);
  expect(before.months).toEqual([{ month: "2026-10", minutes: 140 }]);
  expect(days).toEqual([]);
  expect(gaps).toEqual([
    {
      not_before: instant(TRACKING - HALF_HOUR_MS),
      not_after: instant(TRACKING + 30 * DAY_MS),
      minutes: 60,
    },
  ]);
});

test("a game borrowed for the first time while tracking may have been played until it was first seen", () => {
  using database = openDatabase(":memory:");
  sample(database, TRACKING, [{ appId: 20, minutes: 1 }]);
  const borrowed = { appId: 10, minutes: 900, lastPlayedAt: TRACKING + 20 * DAY_MS };
  sample(database, TRACKING + 40 * DAY_MS - HOUR_MS, [{ appId: 20, minutes: 1 }]);
  sample(database, TRACKING + 40 * DAY_MS, [{ appId: 20, minutes: 1 }, borrowed]);
  const asked = { asked_at: instant(TRACKING + 50 * DAY_MS) };
  recordYear(database, yearAnswer(2026, { 10: { "10": 100, "11": 200, "12": 50 } }, asked));

  const { tracked_since, before } = history(database, 2);
  expect(tracked_since).toBe(instant(TRACKING + 40 * DAY_MS));
  expect(before).toEqual({
    minutes: 900,
    unknown_minutes: 600,
    months: [
      { month: "2026-10", minutes: 100 },
      { month: "2026-11", minutes: 200 },
    ],
  });
});

test("a total that Steam lowers changes nothing of what was told", () => {
  using database = openDatabase(":memory:");
  play(database, TRACKING, 1_000, [0, 20]);
  recordYear(database, yearAnswer(2025, { 10: { "07": 300 } }));
  const told = history(database);

  sample(database, TRACKING + 2 * HOUR_MS, [{ appId: 10, minutes: 400 }]);

  expect(history(database)).toEqual(told);
});

test("play that a person added is shown on its day and is not Steam's", () => {
  using database = openDatabase(":memory:");
  play(database, TRACKING, 1_000, [0, 20]);
  const start = TRACKING + DAY_MS;
  const span = { started_at: instantOf(start), ended_at: instantOf(start + 3_600_000) };
  addSession(database, { game_id: 1, ...span }, { ...READING, now: start + DAY_MS });
  recordYear(database, yearAnswer(2026, { 10: { "10": 100 } }));

  const { corrections, days, steam_total, before } = history(database);
  expect({ corrections, days, steam_total }).toEqual({
    corrections: { minutes: -60 },
    days: [
      { day: "2026-10-15", minutes: 20 },
      { day: "2026-10-16", minutes: 60 },
    ],
    steam_total: 1_020,
  });
  expect(before.months).toEqual([{ month: "2026-10", minutes: 80 }]);
});

test("a game kept by hand has its minutes before tracking, of unknown date", () => {
  using database = openDatabase(":memory:");
  const game = { title: "Chess", playtime_minutes: 90 };
  createGame(database, { request_id: "12345678", game }, TRACKING);

  const { before, steam_total } = history(database);
  expect(before).toEqual({ minutes: 90, unknown_minutes: 90, months: [] });
  expect(steam_total).toBe(90);
});

test("the months of an account that the game's totals do not come from are not its own", () => {
  using database = openDatabase(":memory:");
  sample(database, TRACKING, [{ appId: 10, minutes: 1_000 }]);
  const other = { steam_id: "76561190000000002" };
  recordYear(database, yearAnswer(2025, { 10: { "07": 300 } }, other));

  expect(history(database).before.months).toEqual([]);
});

test("a game that is not there is told so", () => {
  using database = openDatabase(":memory:");
  expect(() => getGameHistory(database, { id: 99 }, CALENDAR)).toThrow("there is no game 99");
});
