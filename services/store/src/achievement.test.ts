import { expect, test } from "bun:test";
import {
  type AchievementOutcome,
  listAchievements as contract,
  type ToldAchievement,
} from "@tracker/contracts";
import * as fc from "fast-check";
import {
  addTrackedGame,
  APP,
  record,
  statusOf,
  stored,
  told,
  TRACKED,
} from "./achievement-fixture.ts";
import { listAchievements } from "./achievement-list.ts";
import { type Database, openDatabase } from "./database.ts";
import { dump } from "./fact-fixture.ts";
import { getGame } from "./game-row.ts";
import { contractError, DAY_MS, HOUR_MS, NOW, outboxSubjects } from "./question-fixture.ts";

const SEED = Date.now() % 2 ** 31;
process.stdout.write(`achievement.test.ts: seed ${SEED}\n`);

const unlockEvents = (database: Database) =>
  outboxSubjects(database).filter((subject) => subject === "events.achievement.unlocked").length;

test("a game's achievements are kept with their instants, counted, and listed newest first", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  const answer = record(database, [
    told("LOCKED_RARE", false, { global_percent: 1.5, hidden: true }),
    told("OLD", NOW - 2 * HOUR_MS),
    told("LOCKED", false, { global_percent: 80 }),
    told("UNDATED", null),
    told("NEW", NOW - HOUR_MS),
  ]);
  const list = listAchievements(database, { game_id: id });

  expect(answer).toMatchObject({ game_id: id, unlocked: 3, total: 5, newly_unlocked: 3 });
  expect(list.items.map((item) => item.api_name)).toEqual([
    "NEW",
    "OLD",
    "UNDATED",
    "LOCKED",
    "LOCKED_RARE",
  ]);
  expect(list.items[0]?.unlocked_at).toBe(new Date(NOW - HOUR_MS).toISOString());
  expect(list.items[4]).toMatchObject({ hidden: true, global_percent: 1.5, unlocked: false });
  expect(list).toMatchObject({ unlocked: 3, total: 5, completion_percentage: 60 });
  expect(list.import).toMatchObject({ outcome: "ok", imported: true, message: null });
  expect(contractError(contract.output, list)).toBeUndefined();
  expect(getGame(database, { id })).toMatchObject({
    unlocked_achievements: 3,
    total_achievements: 5,
    completion_percentage: 60,
  });
});

// The reply to a record can be lost in a crash; the importer then sends it again.
test("the same answer recorded again changes nothing and tells nothing", () => {
  using database = openDatabase(":memory:");
  addTrackedGame(database);
  const answer = [told("A", NOW - HOUR_MS), told("B")];
  record(database, answer);
  const before = dump(database);

  const again = record(database, answer);

  expect(again).toMatchObject({ unlocked: 1, total: 2, newly_unlocked: 0, completed: false });
  expect(dump(database)).toEqual(before);
});

test.each<AchievementOutcome>([
  "none",
  "no_stats",
  "not_visible",
  "empty",
  "limited",
  "unreachable",
  "malformed",
])("a game that has achievements keeps them all when asking ends as %s", (outcome) => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  record(database, [told("A", NOW - HOUR_MS), told("B")]);
  const before = stored(database);

  const answer = record(database, [], { outcome, message: "why", job_id: 2 });

  expect(stored(database)).toEqual(before);
  expect(answer).toMatchObject({ unlocked: 1, total: 2 });
  expect(getGame(database, { id })).toMatchObject({ total_achievements: 2 });
  expect(statusOf(database)).toMatchObject({
    outcome: outcome === "none" || outcome === "no_stats" ? "empty" : outcome,
    achievements_imported: 0,
    error_message: expect.stringMatching(/why|kept/),
  });
});

test("what is unlocked stays so with the instant told first; a locked one that the game no longer has goes", () => {
  using database = openDatabase(":memory:");
  addTrackedGame(database);
  record(database, [told("A", NOW - HOUR_MS), told("B", null), told("C")]);

  record(database, [told("A"), told("B", NOW - 2 * HOUR_MS), told("D")]);
  record(database, [told("A", NOW), told("D")]);

  expect(stored(database)).toEqual([
    { api_name: "A", unlocked: 1, unlocked_at: NOW - HOUR_MS },
    { api_name: "B", unlocked: 1, unlocked_at: NOW - 2 * HOUR_MS },
    { api_name: "D", unlocked: 0, unlocked_at: null },
  ]);
});

// A first import finds thousands of old unlocks; nobody wants to be told of each.
test("unlocks since tracking began are news, once; those from before are not", () => {
  using database = openDatabase(":memory:");
  addTrackedGame(database);

  record(database, [told("BEFORE", TRACKED - 1), told("UNDATED", null), told("LATER")]);
  expect(unlockEvents(database)).toBe(0);
  record(database, [told("BEFORE", TRACKED - 1), told("UNDATED", null), told("LATER", NOW)]);
  expect(unlockEvents(database)).toBe(1);
  record(database, [told("LATER", NOW), told("NEW_UNDATED", null)]);
  expect(unlockEvents(database)).toBe(1);
});

test("what was not told leaves what is known: a refresh without texts and rarity loses none", () => {
  using database = openDatabase(":memory:");
  const id = addTrackedGame(database);
  record(database, [told("A", false, { description: "Walk.", icon_url: "https://x.test/a.jpg" })]);

  const silent = { title: null, description: null, icon_url: null, hidden: null };
  record(database, [told("A", NOW, { ...silent, global_percent: null })]);

  expect(listAchievements(database, { game_id: id }).items[0]).toMatchObject({
    title: "Title of A",
    description: "Walk.",
    icon_url: "https://x.test/a.jpg",
    global_percent: 50,
    unlocked: true,
  });
});

test("an app whose game was purged meanwhile is recorded nowhere", () => {
  using database = openDatabase(":memory:");
  const before = dump(database);

  expect(record(database, [told("A", NOW)])).toMatchObject({ game_id: null, total: 0 });
  expect(dump(database)).toEqual(before);
});

/** A model of one game: names to whether and when they were unlocked first. */
type Model = Map<string, number | null | false>;
const answers = fc.array(
  fc.uniqueArray(
    fc.record({
      name: fc.constantFrom("A", "B", "C", "D"),
      at: fc.oneof(
        fc.constant<null | false>(false),
        fc.constant<null | false>(null),
        fc.integer({ min: 0, max: 20 }).map((days) => NOW - days * DAY_MS),
      ),
    }),
    { selector: (each) => each.name, maxLength: 4 },
  ),
  { minLength: 1, maxLength: 12 },
);

function applyToModel(
  model: Model,
  answer: readonly { name: string; at: number | null | false }[],
) {
  if (answer.length === 0) return;
  for (const { name, at } of answer) {
    const found = model.get(name);
    const known = found === undefined ? false : found;
    model.set(name, known === false ? at : (known ?? (at === false ? null : at)));
  }
  const names = new Set(answer.map(({ name }) => name));
  for (const [name, known] of model) if (known === false && !names.has(name)) model.delete(name);
}

test("whatever answers come, in whatever order and however often, the rows are those of the model and each unlock is told once", () => {
  fc.assert(
    fc.property(answers, fc.infiniteStream(fc.integer({ min: 1, max: 3 })), (all, repeats) => {
      using database = openDatabase(":memory:");
      addTrackedGame(database);
      const model: Model = new Map();
      for (const answer of all) {
        const items: ToldAchievement[] = answer.map(({ name, at }) => told(name, at));
        const outcome = items.length === 0 ? "none" : "ok";
        const times = repeats.next().value ?? 1;
        for (let time = 0; time < times; time++) record(database, items, { outcome });
        applyToModel(model, answer);
      }
      const expected = [...model]
        .map(([name, at]) => ({
          api_name: name,
          unlocked: at === false ? 0 : 1,
          unlocked_at: at === false ? null : at,
        }))
        .sort((a, b) => a.api_name.localeCompare(b.api_name));
      expect(stored(database)).toEqual(expected);
      expect(unlockEvents(database)).toBeLessThanOrEqual(4);
      expect(statusOf(database, APP)).not.toBeNull();
    }),
    { numRuns: 60, seed: SEED },
  );
});
