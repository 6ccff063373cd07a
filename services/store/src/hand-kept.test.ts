import { expect, test } from "bun:test";
import { ServiceError } from "@tracker/contracts";
import { countUnbalanced } from "./balance.ts";
import { type Database, openDatabase } from "./database.ts";
import { libraryFact } from "./fact-fixture.ts";
import { getGameHistory } from "./game-history.ts";
import { getGame } from "./game-row.ts";
import { createGame, updateGame } from "./game-write.ts";
import { applyLibrarySample } from "./library.ts";
import { CALENDAR, DAY_MS, insertGame, NOW, outboxSubjects } from "./question-fixture.ts";
import { listSnapshots } from "./snapshot-query.ts";
import { writeSnapshots } from "./snapshot.ts";

test("the playtime of a game kept by hand is set higher and lower, and its ledger adds up each time", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Tetris", playtime_minutes: 60 });

  const totals = [90, 30, 0, 45].map((minutes, index) => setMinutes(database, id, minutes, index));

  expect(totals).toEqual([90, 30, 0, 45]);
  expect(ledger(database, id)).toEqual([
    { kind: "baseline", minutes: 60, total_after: 60 },
    { kind: "baseline", minutes: 30, total_after: 90 },
    { kind: "baseline", minutes: -60, total_after: 30 },
    { kind: "baseline", minutes: -30, total_after: 0 },
    { kind: "baseline", minutes: 45, total_after: 45 },
  ]);
  expect(countUnbalanced(database)).toBe(0);
  expect(getGameHistory(database, { id }, CALENDAR)).toMatchObject({
    steam_total: 45,
    reconciles: true,
    before: { minutes: 45, unknown_minutes: 45 },
  });
  expect(outboxSubjects(database).filter((name) => name === "events.game.changed")).toHaveLength(4);
});

test("the same total told twice is no row and no event", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Tetris", playtime_minutes: 60 });

  setMinutes(database, id, 60);

  expect(ledger(database, id)).toHaveLength(1);
  expect(outboxSubjects(database)).toEqual(["events.game.added"]);
});

test("the nights follow a total that a person takes back, games played included", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Tetris", playtime_minutes: 60 });
  for (const [days, minutes] of [60, 0, 20].entries()) {
    const at = NOW + days * DAY_MS;
    updateGame(database, { id, patch: { playtime_minutes: minutes } }, at);
    writeSnapshots(database, CALENDAR, at + DAY_MS);
  }

  const { items } = listSnapshots(database, {});

  expect(
    items.toReversed().map(({ total_minutes, games_played }) => [total_minutes, games_played]),
  ).toEqual([
    [60, 1],
    [0, 0],
    [20, 1],
  ]);
});

test("a total that Steam counts is not a person's to set, nor is its app", () => {
  using database = openDatabase(":memory:");
  const game = { title: "Portal", steamAppId: 400, libraryState: "owned" } as const;
  const id = insertGame(database, game);

  expect(thrown(() => setMinutes(database, id, 5))).toMatchObject({
    code: "CONFLICT",
    field: "/patch/playtime_minutes",
    message: `Steam counts game ${id}: its playtime is not a person's to set`,
  });
  const patch = { steam_app_id: 401 };
  expect(thrown(() => updateGame(database, { id, patch }, NOW))).toMatchObject({
    code: "CONFLICT",
    message: `Steam counts game ${id}: it is Steam app 400`,
  });
});

test("a game kept by hand becomes a Steam app's that is free, under its own title, and Steam counts on from its minutes", () => {
  using database = openDatabase(":memory:");
  insertGame(database, { title: "Portal", steamAppId: 400 });
  const { id } = add(database, { title: "Portal, the second", playtime_minutes: 60 });
  const link = (appId: number) =>
    updateGame(database, { id, patch: { steam_app_id: appId } }, NOW + 1);

  expect(thrown(() => link(400))).toMatchObject({ code: "CONFLICT", field: "/patch/steam_app_id" });
  expect(link(620)).toMatchObject({ steam_app_id: 620, title: "Portal, the second" });
  setMinutes(database, id, 50);
  const sample = libraryFact(NOW + DAY_MS, [{ appId: 620, minutes: 80, name: "Portal 2" }]);
  applyLibrarySample(database, CALENDAR, sample);

  expect(getGame(database, { id })).toMatchObject({
    title: "Portal, the second",
    playtime_minutes: 80,
    library_state: "owned",
  });
  expect(countUnbalanced(database)).toBe(0);
});

function add(database: Database, game: Parameters<typeof createGame>[1]["game"]) {
  return createGame(database, { request_id: "request-1", game }, NOW);
}

function setMinutes(database: Database, id: number, minutes: number, later = 0): number {
  const patch = { playtime_minutes: minutes };
  return updateGame(database, { id, patch }, NOW + 1 + later).playtime_minutes;
}

function ledger(database: Database, id: number): unknown[] {
  return database
    .prepare(
      "SELECT kind, minutes, total_after FROM playtime_changes WHERE game_id = ? ORDER BY id",
    )
    .all(id);
}

function thrown(work: () => unknown): ServiceError | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  return undefined;
}
