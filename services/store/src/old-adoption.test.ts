import { expect, test } from "bun:test";
import { openDatabase } from "./database.ts";
import { adopt, all, days, expectSound } from "./old-adoption-fixture.ts";
import { adoptLibrary } from "./old-adoption.ts";
import { OLD_VARIANTS, OldDatabaseFixture } from "./old-database-fixture.ts";
import { readOldLibrary } from "./old-library.ts";
import { adoptionReport } from "./old-report.ts";
import { CALENDAR, NOW } from "./question-fixture.ts";

for (const variant of OLD_VARIANTS) {
  test(`a library is taken over with all that a person had written (${variant})`, () => {
    using old = new OldDatabaseFixture(variant);
    using database = openDatabase(":memory:");
    const id = old.insert("games", {
      title: "Ōkami 大神 — «HD»",
      platform: "Switch",
      status: "Completed",
      rating: 9,
      hours_played: 31.7,
      completion_date: "2025-03-02",
      is_favorite: 1,
      cover_url: "https://example.org/okami.jpg",
    });
    const achievement = { game_id: id, description: "x", icon_url: null };
    old.insert("achievements", { ...achievement, title: "Über", unlocked: 0, date: null });
    old.insert("achievements", { ...achievement, title: "Über", unlocked: 1, date: "2025-03-02" });
    old.insert("achievements", { ...achievement, title: "Zwei", unlocked: 0, date: null });
    old.insert("steam_import_status", { steam_app_id: 70, game_imported: 1, error_message: "429" });
    if (variant === "paper") {
      old.raw.run("INSERT INTO tags VALUES (1, 'Kunst'); INSERT INTO game_tags VALUES (1, 1)");
    } else old.insert("tags", { game_id: id, name: "Kunst" });

    const { games } = adopt(database, old);

    expect(games.map(({ match }) => match)).toEqual(["new"]);
    expect(
      all(
        database,
        `SELECT title, platform, status, rating, playtime_minutes, completion_date, is_favorite, cover_url,
           (SELECT group_concat(name) FROM tags) AS tags FROM games`,
      ),
    ).toEqual([
      {
        title: "Ōkami 大神 — «HD»",
        platform: "Switch",
        status: "Completed",
        rating: 9,
        playtime_minutes: 1_902,
        completion_date: "2025-03-02",
        is_favorite: 1,
        cover_url: "https://example.org/okami.jpg",
        tags: "Kunst",
      },
    ]);
    expect(
      all(database, "SELECT title, unlocked, unlocked_at FROM achievements ORDER BY title"),
    ).toEqual([
      { title: "Zwei", unlocked: 0, unlocked_at: null },
      { title: "Über", unlocked: 1, unlocked_at: Date.parse("2025-03-02T17:00:00.000Z") },
    ]);
    expect(
      all(
        database,
        "SELECT steam_app_id, game_imported, achievements_imported, error_message FROM steam_import_status",
      ),
    ).toEqual([
      { steam_app_id: 70, game_imported: 1, achievements_imported: 0, error_message: "429" },
    ]);
    expectSound(database);
  });
}

test("nights become days, missing nights a gap, and a first row nobody's day", () => {
  using old = new OldDatabaseFixture("paper");
  using database = openDatabase(":memory:");
  const id = old.insert("games", { title: "Portal", hours_played: 16, steam_app_id: 400 });
  const totals = [
    ["2025-01-10", 600],
    ["2025-01-11", 720],
    ["2025-01-12", 720],
    ["2025-07-01", 780],
    ["2025-07-02", 960],
  ] as const;
  for (const [date, minutes] of totals) old.night(date, new Map([[id, minutes]]));

  const result = adopt(database, old);

  expect(days(database)).toEqual([
    { title: "Portal", day: "2025-01-10", minutes: 114 },
    { title: "Portal", day: "2025-07-01", minutes: 180 },
  ]);
  expect(
    all(
      database,
      "SELECT not_before, not_after, minutes FROM play_sessions WHERE precision = 'gap'",
    ),
  ).toEqual([
    {
      not_before: Date.parse("2025-01-12T04:30:00.000Z"),
      not_after: Date.parse("2025-07-01T04:00:00.000Z"),
      minutes: 60,
    },
  ]);
  expect(all(database, "SELECT playtime_minutes FROM games")).toEqual([{ playtime_minutes: 960 }]);
  expect(result.games[0]?.steps.map((step) => [step.kind, step.minutes, step.gapMinutes])).toEqual([
    ["play", 114, 0],
    ["play", 60, 60],
    ["play", 180, 0],
  ]);
  const [first] = all<{ date: string; total_minutes: number }>(
    database,
    "SELECT date, total_minutes FROM daily_snapshots ORDER BY date LIMIT 1",
  );
  expect(first).toEqual({ date: "2025-01-10", total_minutes: 720 });
  expectSound(database);
});

test("a game deleted by hand keeps its history: with the game of its title, else archived", () => {
  using old = new OldDatabaseFixture("overview");
  using database = openDatabase(":memory:");
  const gone = old.insert("games", { title: "Gone", hours_played: 5 });
  const first = old.insert("games", { title: "Doom", hours_played: 5 });
  old.night(
    "2025-04-01",
    new Map([
      [gone, 60],
      [first, 120],
    ]),
  );
  old.night(
    "2025-04-02",
    new Map([
      [gone, 120],
      [first, 240],
    ]),
  );
  old.raw.run("PRAGMA foreign_keys = OFF");
  old.raw.run("DELETE FROM games");
  const again = old.insert("games", { title: "DOOM", hours_played: 6 });
  old.night("2025-04-03", new Map([[again, 360]]));

  const { games } = adopt(database, old);

  expect(games.map(({ game }) => [game.title, game.isDeleted])).toEqual([
    ["DOOM", false],
    ["Gone", true],
  ]);
  expect(days(database)).toEqual([
    { title: "DOOM", day: "2025-04-01", minutes: 114 },
    { title: "DOOM", day: "2025-04-02", minutes: 120 },
    { title: "Gone", day: "2025-04-01", minutes: 54 },
  ]);
  expect(all(database, "SELECT title FROM games WHERE archived_at IS NOT NULL")).toEqual([
    { title: "Gone" },
  ]);
  expect(adopt(database, old).changed).toBe(false);
  expectSound(database);
});

test("rows and values that cannot be read are named and passed over, columns may be missing or more", () => {
  using old = new OldDatabaseFixture("overview");
  using database = openDatabase(":memory:");
  old.raw.run(
    "ALTER TABLE games ADD COLUMN mood TEXT; ALTER TABLE games DROP COLUMN rating; ALTER TABLE games ADD COLUMN notes TEXT; CREATE TABLE moods (id)",
  );
  const id = old.insert("games", {
    title: "Odd",
    status: "Paused",
    hours_played: "many",
    completion_date: "2025-02-30",
    steam_app_id: -4,
    cover_url: "javascript:x",
    notes: "good",
  });
  old.insert("games", { title: " " });
  old.insert("daily_game_snapshots", {
    date: "yesterday",
    game_id: id,
    game_title: "Odd",
    hours_played: 1,
  });

  const library = readOldLibrary(old.raw);
  const report = adoptionReport(library, adoptLibrary(database, CALENDAR, library, NOW));

  expect(
    all(database, "SELECT title, status, playtime_minutes, completion_date, notes FROM games"),
  ).toEqual([
    { title: "Odd", status: "Backlog", playtime_minutes: 0, completion_date: null, notes: "good" },
  ]);
  for (const words of [
    'status "Paused"',
    'hours_played "many"',
    'completion_date "2025-02-30"',
    "steam_app_id -4",
    'cover_url "javascript:x"',
    "it has no title",
    '"yesterday"',
    "games.mood",
    "games.rating",
    "table moods",
  ]) {
    expect(report).toContain(words);
  }
});
