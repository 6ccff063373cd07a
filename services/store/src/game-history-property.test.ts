import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { countUnbalanced } from "./balance.ts";
import { type Database, openDatabase } from "./database.ts";
import { DatabaseFolder, dumpDerived } from "./fact-fixture.ts";
import { getGameHistory } from "./game-history.ts";
import { deliver, fate } from "./history-delivery-fixture.ts";
import { apply, CALENDARS, facts, STARTS, step } from "./history-story-fixture.ts";
import { yearAnswer } from "./review-fixture.ts";
import { recordYear } from "./year-in-review.ts";

const CASES = 1_000;
const APPS = [10, 20, 30] as const;
const DAY_MS = 86_400_000;

const months = fc.dictionary(
  fc.integer({ min: 1, max: 12 }).map((month) => String(month).padStart(2, "0")),
  fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40_000 })),
  { minKeys: 1, maxKeys: 5 },
);
/** Years in any order and more than once, asked for before, during and after what is tracked. */
const answers = fc.array(
  fc.record({
    year: fc.oneof(fc.integer({ min: 2022, max: 2027 }), fc.constant(2026)),
    app: fc.constantFrom(...APPS),
    months,
    afterDays: fc.integer({ min: -10, max: 60 }),
    /** After how many deliveries it is recorded. */
    place: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 8 },
);
const scenario = fc.record({
  start: fc.constantFrom(...STARTS),
  calendar: fc.constantFrom(...CALENDARS),
  steps: fc.array(step, { minLength: 1, maxLength: 16 }),
  fates: fc.array(fate, { minLength: 1, maxLength: 20 }),
  answers,
});

test(`whatever is tracked and whatever the years tell, a game's history is its total to the minute, and its days are as without (${CASES} cases)`, () => {
  using folder = new DatabaseFolder();
  using plainFolder = new DatabaseFolder();
  let told = 0;

  fc.assert(
    fc.property(scenario, ({ start, calendar, steps, fates, answers }) => {
      const deliveries = deliver(facts(start, steps), fates);
      using plain = openDatabase(plainFolder.fresh());
      using database = openDatabase(folder.fresh());
      const record = (wanted: (place: number) => boolean) => {
        for (const { year, app, months, afterDays, place } of answers) {
          if (!wanted(place)) continue;
          const askedAt = new Date(start + afterDays * DAY_MS).toISOString();
          recordYear(database, yearAnswer(year, { [app]: months }, { asked_at: askedAt }));
        }
      };
      for (const [index, { action }] of deliveries.entries()) {
        record((place) => place === index);
        apply(database, calendar, action);
        apply(plain, calendar, action);
      }
      record((place) => place >= deliveries.length);

      expect(dumpDerived(database)).toEqual(dumpDerived(plain));
      expect(countUnbalanced(database)).toBe(0);
      for (const id of gameIds(database)) told += expectAddsUp(database, id, calendar);
    }),
    { numRuns: CASES },
  );
  expect(told).toBeGreaterThan(CASES / 10);
}, 240_000);

/** Answers how many months were told. */
function expectAddsUp(
  database: Database,
  id: number,
  calendar: Parameters<typeof getGameHistory>[2],
): number {
  const history = getGameHistory(database, { id }, calendar);
  const { before, days, gaps, corrections } = history;
  const sum = (parts: readonly { minutes: number }[]) =>
    parts.reduce((total, { minutes }) => total + minutes, 0);

  expect(history.reconciles).toBe(true);
  expect(before.unknown_minutes).toBeGreaterThanOrEqual(0);
  expect(before.unknown_minutes + sum(before.months)).toBe(before.minutes);
  expect(before.minutes).toBe(baselineOf(database, id));
  expect(before.minutes + sum(days) + sum(gaps) + corrections.minutes).toBe(history.steam_total);
  expect(before.months.every(({ minutes }) => minutes > 0)).toBe(true);
  return before.months.length;
}

function gameIds(database: Database): number[] {
  return database.raw
    .query<{ id: number }, []>("SELECT id FROM games")
    .all()
    .map(({ id }) => id);
}

function baselineOf(database: Database, id: number): number {
  const row = database.raw
    .query<{ minutes: number }, [number]>(
      "SELECT coalesce(sum(minutes), 0) AS minutes FROM playtime_changes WHERE game_id = ? AND kind = 'baseline'",
    )
    .get(id);
  return row?.minutes ?? 0;
}
