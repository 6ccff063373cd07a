import { expect, test } from "bun:test";
import { ServiceError } from "@tracker/contracts";
import { openDatabase } from "./database.ts";
import { DAY_MS, HOUR_MS, insertGame, insertSession, NOW, READING } from "./question-fixture.ts";
import { getStatistics } from "./statistics.ts";
import { currentStreak, longestStreak } from "./statistics-streak.ts";

const days = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    Temporal.PlainDate.from("2026-11-20").subtract({ days: index }).toString(),
  );

test("a streak counts until yesterday while nothing was played today, and the newest of equal ones is told", () => {
  expect(
    longestStreak([
      "2026-02-27",
      "2026-02-28",
      "2026-03-01",
      "2026-03-03",
      "2026-03-04",
      "2026-03-05",
    ]),
  ).toEqual({
    days: 3,
    from: "2026-03-03",
    to: "2026-03-05",
  });
  expect(longestStreak([])).toBeNull();
  expect(currentStreak(["2026-11-19", "2026-11-18"], "2026-11-20")?.days).toBe(2);
  expect(currentStreak(["2026-11-18"], "2026-11-20")).toBeNull();
});

test("play is told by game, platform, status and day, and compared with as many days before", () => {
  using database = openDatabase(":memory:");
  const one = insertGame(database, { title: "One", status: "Playing", rating: 8 });
  const two = insertGame(database, {
    title: "Two",
    platform: "Switch",
    completionDate: "2026-11-19",
  });
  for (const [index, day] of days(4).entries()) {
    insertSession(
      database,
      index % 2 === 0 ? one : two,
      NOW - index * DAY_MS - HOUR_MS,
      { minutes: 60 - index },
      { [day]: 60 - index },
    );
  }
  database.raw.run(
    "INSERT INTO playtime_changes (game_id, observed_at, minutes, total_after, kind, source) VALUES (?, ?, 0, 0, 'baseline', 'owned')",
    [one, NOW - 30 * DAY_MS],
  );

  const told = getStatistics(database, { from: "2026-11-19", to: "2026-11-20" }, READING);

  expect(told).toMatchObject({
    minutes: 119,
    gap_minutes: 0,
    active_days: 2,
    sessions: 2,
    games_played: 2,
    most_active_day: { day: "2026-11-20", minutes: 60 },
    current_streak: { days: 4, from: "2026-11-17", to: "2026-11-20" },
    by_game: [
      { title: "One", minutes: 60, sessions: 1 },
      { title: "Two", minutes: 59, sessions: 1 },
    ],
    by_platform: [
      { name: "PC", minutes: 60, games: 1 },
      { name: "Switch", minutes: 59, games: 1 },
    ],
    completions: [{ title: "Two", completion_date: "2026-11-19" }],
    ratings: [{ rating: 8, games: 1 }],
    before: { from: "2026-11-17", to: "2026-11-18", minutes: 115, active_days: 2, sessions: 2 },
  });
});

// The status alone says Completed, and the figure says 0: its owner looks for a mistake that nobody names.
test("completed games without a date are told beside those of the range, archived ones not", () => {
  using database = openDatabase(":memory:");
  insertGame(database, { title: "Undated", status: "Completed" });
  insertGame(database, { title: "Dated", status: "Completed", completionDate: "2026-11-19" });
  insertGame(database, { title: "Waiting", status: "Backlog" });
  const archived = insertGame(database, { title: "Put away", status: "Completed" });
  database.raw.run("UPDATE games SET archived_at = ? WHERE id = ?", [NOW, archived]);

  const told = getStatistics(database, { from: "2026-11-19", to: "2026-11-20" }, READING);

  expect(told).toMatchObject({ completed: 1, completed_undated: 1 });
});

test("a range that runs backwards, or over more than a decade, names the parameter", () => {
  using database = openDatabase(":memory:");

  for (const range of [
    { from: "2026-11-20", to: "2026-11-19" },
    { from: "1990-01-01", to: "2026-01-01" },
    { from: "2026-02-30" },
  ]) {
    expect(() => getStatistics(database, range, READING)).toThrow(ServiceError);
    expect(() => getStatistics(database, range, READING)).toThrow(/\/from: expected/);
  }
});

test("statistics of a game that there is not are none, and the refusal names it", () => {
  using database = openDatabase(":memory:");
  const ask = () => getStatistics(database, { game_id: 77 }, READING);

  expect(ask).toThrow(
    expect.objectContaining({
      code: "NOT_FOUND",
      field: "/game_id",
      message: "there is no game 77",
    }),
  );
});
