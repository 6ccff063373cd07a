import { expect, test } from "bun:test";
import { openDatabase } from "./database.ts";
import { dump, libraryFact } from "./fact-fixture.ts";
import { applyLibrarySample } from "./library.ts";
import { adopt, all, expectSound } from "./old-adoption-fixture.ts";
import { OldDatabaseFixture } from "./old-database-fixture.ts";
import { CALENDAR, NOW } from "./question-fixture.ts";
import { writeSnapshots } from "./snapshot.ts";

test("a total that was taken over explains our own baseline, and nothing is counted twice", () => {
  using old = new OldDatabaseFixture("overview");
  using database = openDatabase(":memory:");
  const since = Date.parse("2025-02-03T20:00:00.000Z");
  applyLibrarySample(database, CALENDAR, libraryFact(since, [{ appId: 400, minutes: 803 }]));
  const later = since + 86_400_000;
  applyLibrarySample(database, CALENDAR, libraryFact(later, [{ appId: 400, minutes: 863 }]));
  writeSnapshots(database, CALENDAR, NOW);
  const before = all(database, "SELECT * FROM play_sessions");
  const id = old.insert("games", { title: "Portal", hours_played: 14.9, steam_app_id: 400 });
  const nights = [
    ["2025-02-01", 600],
    ["2025-02-02", 720],
    ["2025-02-03", 780],
    ["2025-02-04", 850],
    ["2025-02-05", 894],
  ] as const;
  for (const [date, minutes] of nights) old.night(date, new Map([[id, minutes]]));

  const { games } = adopt(database, old);

  expect(games[0]?.history).toMatchObject({ stored: 894, superseded: 2 });
  expect(
    all(database, "SELECT kind, minutes FROM playtime_changes WHERE source = 'adopted'"),
  ).toEqual([
    { kind: "baseline", minutes: 634 },
    { kind: "play", minutes: 114 },
    { kind: "play", minutes: 60 },
    { kind: "play", minutes: 26 },
    { kind: "baseline", minutes: -803 },
  ]);
  expect(all(database, "SELECT playtime_minutes, reported_minutes FROM games")).toEqual([
    { playtime_minutes: 894, reported_minutes: 863 },
  ]);
  for (const session of before) {
    expect(all(database, "SELECT * FROM play_sessions")).toContainEqual(session);
  }
  expectSound(database);
});

test("adopting twice changes nothing, whatever a person called the game meanwhile", () => {
  using old = new OldDatabaseFixture("paper");
  using database = openDatabase(":memory:");
  const one = old.insert("games", { title: "Tetris", hours_played: 5.5 });
  const other = old.insert("games", { title: "Hades", hours_played: 20, steam_app_id: 1_145_360 });
  old.night(
    "2025-05-01",
    new Map([
      [one, 200],
      [other, 900],
    ]),
  );
  old.night(
    "2025-05-02",
    new Map([
      [one, 330],
      [other, 1_000],
    ]),
  );
  old.insert("achievements", { game_id: other, title: "Out", date: "2025-05-01", unlocked: 1 });
  adopt(database, old);
  database.raw.run(
    "UPDATE games SET title_override = 'Blocks', notes = 'mine' WHERE title = 'Tetris'",
  );
  const before = dump(database);

  const again = adopt(database, old, NOW + 1_000);

  expect(again.changed).toBe(false);
  expect(dump(database)).toEqual(before);
});

test("what a person set here stays, what is empty is filled, and what differs is told", () => {
  using old = new OldDatabaseFixture("paper");
  using database = openDatabase(":memory:");
  applyLibrarySample(
    database,
    CALENDAR,
    libraryFact(NOW - 1_000, [
      { appId: 70, minutes: 60 },
      { appId: 80, minutes: 0 },
    ]),
  );
  database.raw.run(
    "UPDATE games SET rating = 4, status = 'Dropped', status_set_at = 1 WHERE steam_app_id = 70",
  );
  const row = { platform: "PC", rating: 8, completion_date: "2024-01-01", is_favorite: 1 };
  old.insert("games", {
    title: "A",
    steam_app_id: 70,
    status: "Completed",
    hours_played: 1,
    ...row,
  });
  old.insert("games", {
    title: "B",
    steam_app_id: 80,
    status: "Completed",
    hours_played: 0,
    ...row,
  });

  const { games } = adopt(database, old);

  expect(games.map((game) => game.conflicts)).toEqual([
    ["rating: 4 here, 8 there", 'status: "Dropped" here, "Completed" there'],
    [],
  ]);
  expect(
    all(
      database,
      "SELECT rating, status, completion_date, is_favorite FROM games ORDER BY steam_app_id",
    ),
  ).toEqual([
    { rating: 4, status: "Dropped", completion_date: "2024-01-01", is_favorite: 1 },
    { rating: 8, status: "Completed", completion_date: "2024-01-01", is_favorite: 1 },
  ]);
});
