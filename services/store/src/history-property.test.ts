import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { countUnbalanced } from "./balance.ts";
import { openDatabase } from "./database.ts";
import { DatabaseFolder } from "./fact-fixture.ts";
import {
  expectDaysAddUp,
  expectHighestTotals,
  expectNothingNew,
  expectRebuildTheSame,
  expectSessionsApart,
  expectSnapshots,
} from "./history-check-fixture.ts";
import { deliver, fate } from "./history-delivery-fixture.ts";
import { apply, CALENDARS, facts, STARTS, step } from "./history-story-fixture.ts";

const CASES = 1_000;

const scenario = fc.record({
  start: fc.constantFrom(...STARTS),
  calendar: fc.constantFrom(...CALENDARS),
  steps: fc.array(step, { minLength: 1, maxLength: 24 }),
  fates: fc.array(fate, { minLength: 1, maxLength: 40 }),
});

test(`history holds through duplicated, late, reordered and lost facts and restarts at any point (${CASES} cases)`, () => {
  using folder = new DatabaseFolder();

  fc.assert(
    fc.property(scenario, ({ start, calendar, steps, fates }) => {
      const deliveries = deliver(facts(start, steps), fates);
      const path = folder.fresh();
      let database = openDatabase(path);
      try {
        for (const { action, restart } of deliveries) {
          apply(database, calendar, action);
          if (!restart) continue;
          database[Symbol.dispose]();
          database = openDatabase(path);
        }
        const now = start + 400 * 86_400_000;

        expect(countUnbalanced(database)).toBe(0);
        expectHighestTotals(database, deliveries);
        expectSessionsApart(database);
        expectDaysAddUp(database);
        expectSnapshots(database, calendar);
        expectNothingNew(database, calendar, deliveries);
        expectRebuildTheSame(database, calendar, now);
      } finally {
        database[Symbol.dispose]();
      }
    }),
    { numRuns: CASES },
  );
}, 120_000);
