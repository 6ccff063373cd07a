import { expect, test } from "bun:test";
import { addTrackedGame, record, told, TRACKED } from "./achievement-fixture.ts";
import { type Database, openDatabase } from "./database.ts";
import { getGame } from "./game-row.ts";
import { updateGame } from "./game-write.ts";
import { DAY_MS, HOUR_MS, NOW, outboxSubjects } from "./question-fixture.ts";

const completions = (database: Database) =>
  outboxSubjects(database).filter((subject) => subject === "events.game.completed").length;

test("a game whose last achievement is unlocked is Completed on the civil day of the latest unlock, and told once", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  record(database, [told("A", TRACKED), told("B")]);
  expect(getGame(database, { id }).status).toBe("Backlog");

  // Half past one at night in UTC is the evening before in New York.
  const at = Date.parse("2026-11-19T01:30:00.000Z");
  const answer = [told("A", TRACKED), told("B", at)];
  const recorded = record(database, answer);
  record(database, answer);

  expect(recorded.completed).toBe(true);
  expect(getGame(database, { id })).toMatchObject({
    status: "Completed",
    completion_date: "2026-11-18",
    completion_percentage: 100,
  });
  expect(completions(database)).toBe(1);
});

test("where no unlock is dated it is today", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  record(database, [told("A", null), told("B", null)]);

  expect(getGame(database, { id })).toMatchObject({
    status: "Completed",
    completion_date: "2026-11-20",
  });
});

test("a game without achievements is never completed by them", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  record(database, []);
  record(database, [], { outcome: "none" });

  expect(getGame(database, { id })).toMatchObject({ status: "Backlog", completion_date: null });
});

// Somebody plays a finished game again: no nightly sync may take their status away.
test("a status that a person sets afterwards stays, whatever later syncs find", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  record(database, [told("A", NOW - DAY_MS)]);
  updateGame(database, { id, patch: { status: "Playing" } }, NOW - HOUR_MS);

  record(database, [told("A", NOW - DAY_MS)]);
  record(database, [told("A", NOW - DAY_MS), told("B")], {}, NOW + HOUR_MS);
  record(database, [told("A", NOW - DAY_MS), told("B", NOW)], {}, NOW + HOUR_MS);

  expect(getGame(database, { id }).status).toBe("Playing");
  expect(completions(database)).toBe(1);
});

test("a status that a person set after the last unlock stays also when that unlock is found only now", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  updateGame(database, { id, patch: { status: "Dropped" } }, NOW - HOUR_MS);

  record(database, [told("A", NOW - 2 * HOUR_MS)]);

  expect(getGame(database, { id })).toMatchObject({ status: "Dropped", completion_date: null });
  expect(completions(database)).toBe(0);
});

test("a status from before the last unlock gives way to it", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  updateGame(database, { id, patch: { status: "Playing" } }, NOW - 2 * HOUR_MS);

  record(database, [told("A", NOW - HOUR_MS)]);

  expect(getGame(database, { id }).status).toBe("Completed");
});

test("a game that grows after its completion keeps status and date, and shows the new percentage", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  record(database, [told("A", NOW - DAY_MS)]);

  record(database, [told("A", NOW - DAY_MS), told("B"), told("C"), told("D")]);
  const grown = getGame(database, { id });
  record(database, [told("A", NOW - DAY_MS), ...["B", "C", "D"].map((name) => told(name, NOW))]);
  const whole = getGame(database, { id });

  const completed = { status: "Completed", completion_date: "2026-11-19" } as const;
  expect(grown).toMatchObject({ ...completed, completion_percentage: 25 });
  expect(whole).toMatchObject({ ...completed, completion_percentage: 100 });
  expect(completions(database)).toBe(1);
});

test("a completion date that a person wrote is kept", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  const patch = { status: "Completed", completion_date: "2020-02-02" } as const;
  updateGame(database, { id, patch }, NOW - DAY_MS);

  record(database, [told("A", NOW - HOUR_MS)]);

  expect(getGame(database, { id })).toMatchObject(patch);
  expect(completions(database)).toBe(0);
});
