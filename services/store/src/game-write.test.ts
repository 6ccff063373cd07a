import { expect, test } from "bun:test";
import { createGame as contract, type Game, ServiceError } from "@tracker/contracts";
import { type Database, openDatabase } from "./database.ts";
import { archiveGame, purgeGame } from "./game-archive.ts";
import { listGames } from "./game-list.ts";
import { getGame } from "./game-row.ts";
import { createGame, updateGame } from "./game-write.ts";
import {
  contractError,
  insertGame,
  insertSession,
  NOW,
  outboxSubjects,
} from "./question-fixture.ts";
import { games } from "./schema.ts";
import { listTags } from "./tag.ts";

const LATER = NOW + 1_000;
const add = (
  database: Database,
  game: Parameters<typeof createGame>[1]["game"],
  id = "request-1",
) => createGame(database, { request_id: id, game }, NOW);

test("a game added by hand carries what its creator said, and sensible defaults", () => {
  using database = openDatabase(":memory:");
  const game = add(database, {
    title: "  Tetris ",
    platform: "Game Boy",
    tags: ["puzzle"],
    rating: 9.5,
  });
  const plain = add(database, { title: "Plain" }, "request-2");

  expect(game).toMatchObject({
    title: "Tetris",
    platform: "Game Boy",
    tags: ["puzzle"],
    rating: 9.5,
  });
  expect(plain).toMatchObject({ platform: "PC", status: "Backlog", visibility: "public" });
  expect(plain).toMatchObject({ library_state: null, playtime_minutes: 0, archived_at: null });
  expect(contractError(contract.output, game)).toBeUndefined();
  expect(outboxSubjects(database)).toEqual(["events.game.added", "events.game.added"]);
});

// The reply to a create can be lost; the page then asks again.
test("the same request sent twice adds one game and tells it once", () => {
  using database = openDatabase(":memory:");
  const first = add(database, { title: "Once", playtime_minutes: 60 });
  const second = add(database, { title: "Once", playtime_minutes: 60 });

  expect(second).toEqual(first);
  expect(listGames(database, {}).items).toHaveLength(1);
  expect(outboxSubjects(database)).toHaveLength(1);
  expect(ledger(database, first.id)).toHaveLength(1);
});

// A script that makes its keys wrongly would believe that its game was added.
test("a request id that asks for another game than before adds nothing and says so", () => {
  using database = openDatabase(":memory:");
  const first = add(database, { title: "Par", platform: "Switch" });

  const again = add(database, { platform: "Switch", title: "Par" });
  const other = thrown(() => add(database, { title: "Other", platform: "Switch" }));
  database.drizzle.update(games).set({ requestHash: null }).run();
  const old = add(database, { title: "Other" });

  expect(again).toEqual(first);
  expect(other).toMatchObject({ code: "INVALID", field: "/request_id" });
  expect(other?.message).toContain(`expected what game ${first.id}, “Par”, was added with`);
  expect(old).toEqual(first);
  expect(listGames(database, {}).items).toHaveLength(1);
});

test("a Steam app is in the library once: the conflict names the game, and says when it is archived", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database, { title: "Portal", steamAppId: 400 });

  const taken = thrown(() => add(database, { title: "Portal", steam_app_id: 400 }));
  archiveGame(database, { id }, NOW);
  const archived = thrown(() => add(database, { title: "Portal", steam_app_id: 400 }));

  expect(taken).toMatchObject({ code: "CONFLICT", field: "/game/steam_app_id" });
  expect(taken?.message).toBe(`Steam app 400 is game ${id}, “Portal”, already`);
  expect(archived?.message).toContain("which is archived: bring it back instead");
  expect(listGames(database, {}).items).toHaveLength(0);
});

// Conservation: baseline + play = stored total, also for what a person said.
test("minutes given with a new game are a baseline in the ledger", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Game", playtime_minutes: 754 });

  expect(getGame(database, { id })).toMatchObject({ playtime_minutes: 754, hours_played: 12.6 });
  expect(ledger(database, id)).toEqual([
    { kind: "baseline", source: "person", minutes: 754, total_after: 754, observed_at: NOW },
  ]);
});

test("a change writes what it names and nothing else, and null gives a field back to the sync", () => {
  using database = openDatabase(":memory:");
  const id = insertGame(database, {
    title: "Steam's",
    coverUrl: "https://steam/cover",
    steamAppId: 1,
  });
  const edits = { title: "Mine", platform: "Deck", cover_url: "https://my/cover", rating: 7 };

  const edited = updateGame(database, { id, patch: edits }, NOW);
  const given = { title: null, platform: null, cover_url: null, rating: null };
  const restored = updateGame(database, { id, patch: given }, LATER);

  expect(edited).toMatchObject({ ...edits, status: "Backlog", updated_at: iso(NOW) });
  expect(restored).toMatchObject({ title: "Steam's", platform: "PC", rating: null });
  expect(restored).toMatchObject({ cover_url: "https://steam/cover", updated_at: iso(LATER) });
  expect(outboxSubjects(database)).toEqual(["events.game.changed", "events.game.changed"]);
});

test("a change to what is so already writes nothing and is no event", () => {
  using database = openDatabase(":memory:");
  const game = add(database, { title: "Game", tags: ["a", "b"], notes: "x" });
  const patch = { notes: "x", tags: ["B", "a"], status: game.status, archived: false };

  expect(updateGame(database, { id: game.id, patch }, LATER)).toEqual(game);
  expect(outboxSubjects(database)).toEqual(["events.game.added"]);
});

test("a change that names nothing is refused; a null title of a hand-kept game is the one that it was added with", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Chess" });
  updateGame(database, { id, patch: { title: "Schach" } }, LATER);

  expect(() => updateGame(database, { id, patch: {} }, LATER)).toThrow(/at least one field/);
  expect(updateGame(database, { id, patch: { title: null } }, LATER).title).toBe("Chess");
});

test("tags are made when first used, told apart without case, and gone with their last game", () => {
  using database = openDatabase(":memory:");
  const one = add(database, { title: "One", tags: ["Été", "rpg", " RPG "] });
  const two = add(database, { title: "Two", tags: ["ÉTÉ"] }, "request-2");

  expect(one.tags).toEqual(["Été", "rpg"]);
  expect(two.tags).toEqual(["Été"]);
  expect(listTags(database).items).toEqual([
    { name: "Été", games: 2 },
    { name: "rpg", games: 1 },
  ]);

  updateGame(database, { id: one.id, patch: { tags: [] } }, LATER);

  expect(listTags(database).items).toEqual([{ name: "Été", games: 1 }]);
});

test("a day that no calendar has is refused", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Game" });
  const patch = { completion_date: "2026-02-30" };

  expect(thrown(() => updateGame(database, { id, patch }, NOW))).toMatchObject({
    code: "INVALID",
    field: "/completion_date",
  });
});

test("archiving twice, bringing back and archiving by a change tell each step once", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Game" });

  const archived = archiveGame(database, { id }, LATER);
  expect(archiveGame(database, { id }, LATER + 1)).toEqual(archived);
  expect(updateGame(database, { id, patch: { archived: false } }, LATER).archived_at).toBeNull();
  expect(updateGame(database, { id, patch: { archived: true } }, LATER).archived_at).toBe(
    iso(LATER),
  );

  expect(changes(database)).toEqual(["archived", "restored", "archived"]);
});

test("only an archived game can be purged", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Game" });

  expect(thrown(() => purgeGame(database, { id }, NOW))).toMatchObject({ code: "CONFLICT" });
  expect(thrown(() => purgeGame(database, { id: 99 }, NOW))).toMatchObject({ code: "NOT_FOUND" });
  expect(getGame(database, { id }).title).toBe("Game");
});

test("purging takes the whole history with it, out of the nightly totals too, and nothing of another game", () => {
  using database = openDatabase(":memory:");
  const [gone, kept] = [
    add(database, { title: "Gone", playtime_minutes: 60, steam_app_id: 7, tags: ["x"] }),
    add(database, { title: "Kept", playtime_minutes: 30 }, "request-2"),
  ];
  for (const { id } of [gone, kept]) insertSession(database, id, NOW, {}, { "2026-11-20": 60 });
  database.raw.run(
    `INSERT INTO daily_snapshots VALUES ('2026-11-18', 30, 1), ('2026-11-19', 90, 2), ('2026-11-20', 95, 2)`,
  );
  database.raw.run(`INSERT INTO daily_game_snapshots (game_id, date, game_title, minutes) VALUES
    (${kept.id}, '2026-11-18', 'Kept', 30), (${gone.id}, '2026-11-19', 'Gone', 60), (${gone.id}, '2026-11-20', 'Gone', 65)`);
  archiveGame(database, gone, NOW);

  purgeGame(database, gone, LATER);

  expect(thrown(() => getGame(database, gone))).toMatchObject({ code: "NOT_FOUND" });
  expect(ledger(database, gone.id)).toEqual([]);
  expect(ledger(database, kept.id)).toHaveLength(1);
  expect(count(database, "play_sessions")).toBe(1);
  expect(count(database, "tags")).toBe(0);
  expect(database.raw.query("SELECT * FROM daily_snapshots").values()).toEqual([
    ["2026-11-18", 30, 1],
    ["2026-11-19", 30, 1],
    ["2026-11-20", 30, 1],
  ]);
  expect(changes(database).at(-1)).toBe("purged");
  expect(count(database, "purged_apps")).toBe(1);

  add(database, { title: "Gone again", steam_app_id: 7 }, "request-3");
  expect(count(database, "purged_apps")).toBe(0);
});

function thrown(work: () => unknown): ServiceError | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  return undefined;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function count(database: Database, table: string): number {
  return database.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;
}

function ledger(database: Database, gameId: Game["id"]): unknown[] {
  return database
    .prepare(
      "SELECT kind, source, minutes, total_after, observed_at FROM playtime_changes WHERE game_id = ?",
    )
    .all(gameId);
}

function changes(database: Database): string[] {
  return database
    .prepare<{ change: string }>(
      `SELECT CAST(body AS TEXT) ->> 'change' AS change FROM outbox
       WHERE subject = 'events.game.changed' ORDER BY id`,
    )
    .all()
    .map(({ change }) => change);
}

test("a game is completed on a day that has been, in any zone of the earth", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Done" });
  const complete = (day: string | null) =>
    updateGame(database, { id, patch: { completion_date: day } }, NOW).completion_date;

  const kept = ["1970-01-01", "2026-11-20", "2026-11-21", null].map(complete);

  expect(kept).toEqual(["1970-01-01", "2026-11-20", "2026-11-21", null]);
  for (const day of ["0001-01-01", "1969-12-31", "2026-11-22", "2030-01-01"]) {
    expect(() => complete(day)).toThrow(
      `/completion_date: expected a day from 1970-01-01 to 2026-11-21, got ${day}`,
    );
    expect(() => add(database, { title: "New", completion_date: day }, "request-9")).toThrow(
      ServiceError,
    );
  }
});

// Two who save in the same moment have both read the note before either wrote.
test("a note is not written over another that was written meanwhile, and the same change may come twice", () => {
  using database = openDatabase(":memory:");
  const { id } = add(database, { title: "Chess" });
  const write = (notes: string | null, notes_before: string | null) =>
    updateGame(database, { id, patch: { notes, notes_before } }, LATER).notes;

  expect(write("mine", null)).toBe("mine");
  expect(() => write("theirs", "")).toThrow("/notes_before: expected what the note says now");
  expect(write("mine", "")).toBe("mine");
  expect(write(null, "mine")).toBeNull();
  expect(() => updateGame(database, { id, patch: { notes_before: "" } }, LATER)).toThrow(
    "expected at least one field",
  );
  expect(() =>
    updateGame(database, { id, patch: { rating: 9, notes_before: "mine" } }, LATER),
  ).toThrow("changed meanwhile");
  expect(getGame(database, { id })).toMatchObject({ notes: null, rating: null });
});
