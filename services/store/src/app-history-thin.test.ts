import { expect, test } from "bun:test";
import * as fc from "fast-check";
import {
  DETAILED_MS,
  monthOf,
  outlived,
  thinAppHistory,
  type ThinnedRow,
  WEEKLY_MS,
  weekOf,
} from "./app-history-thin.ts";
import { getAppHistory } from "./app-read.ts";
import { record } from "./catalogue-fixture.ts";
import { openDatabase } from "./database.ts";
import { DAY_MS, NOW } from "./question-fixture.ts";

/** An app's history over some years, of rows that each differ from the one before. */
const HISTORY = fc
  .array(
    fc.record({
      afterMs: fc.integer({ min: 1, max: 12 * DAY_MS }),
      priced: fc.integer({ min: 0, max: 12 }).map((dice) => (dice === 0 ? 1 : 0)),
      players: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 300, size: "max" },
  )
  .map((steps) => {
    let [at, price, players] = [NOW - 1_500 * DAY_MS, 0, 0];
    return steps.map((step): ThinnedRow => {
      at += step.afterMs;
      price += step.priced;
      players = (players + step.players) % 4;
      return { at, price: String(price), figures: String(players) };
    });
  });
const NIGHTS = fc.array(fc.integer({ min: 0, max: 1_200 }), { maxLength: 6 });

/** Shrinking a history of hundreds of rows takes minutes; the seed tells as much. */
const PROPERTY = { numRuns: 60, endOnFailure: true } as const;

function thinned(rows: readonly ThinnedRow[], now: number): ThinnedRow[] {
  const gone = new Set(outlived(rows, now));
  return rows.filter(({ at }) => !gone.has(at));
}

/** What the history says of an instant. */
function asOf(rows: readonly ThinnedRow[], at: number): ThinnedRow | undefined {
  return rows.findLast((row) => row.at <= at);
}

/** The last row of each stretch. */
function ends(rows: readonly ThinnedRow[], stretchOf: (at: number) => string): ThinnedRow[] {
  return rows.filter((row, index) => stretchOf(row.at) !== stretchOf(rows[index + 1]?.at ?? 0));
}

// Somebody looks up what an app cost two summers ago, or how its players went up and down over the years.
test("however often a history is thinned: prices stay to the moment, 90 days whole, then each week's and each month's end", () => {
  fc.assert(
    fc.property(HISTORY, NIGHTS, (full, daysBack) => {
      let kept = full;
      let now = NOW;
      const nights = daysBack.toSorted((a, b) => b - a).map((days) => NOW - days * DAY_MS);
      for (now of [...nights, NOW]) {
        kept = [
          ...thinned(
            kept.filter(({ at }) => at <= now),
            now,
          ),
          ...kept.filter(({ at }) => at > now),
        ];
      }
      const known = full.filter(({ at }) => at <= NOW);
      kept = kept.filter(({ at }) => at <= NOW);

      expect([kept[0], kept.at(-1)]).toEqual([known[0], known.at(-1)]);
      for (const { at, price } of known) expect(asOf(kept, at)?.price).toBe(price);
      for (const row of known) {
        if (NOW - row.at <= DETAILED_MS) expect(asOf(kept, row.at)).toBe(row);
      }
      const old = known.filter(({ at }) => NOW - at > WEEKLY_MS);
      const weekly = known.filter(({ at }) => NOW - at <= WEEKLY_MS);
      for (const { at, figures } of [...ends(old, monthOf).slice(0, -1), ...ends(weekly, weekOf)])
        expect(asOf(kept, at)?.figures).toBe(figures);
      expect(outlived(kept, NOW)).toEqual([]);
    }),
    PROPERTY,
  );
});

// Without this the file would grow by a row an app and day for ever.
test("a thinned history has a row for each month and week at most, besides prices, and no month says what the one before said", () => {
  fc.assert(
    fc.property(HISTORY, (full) => {
      const known = full.filter(({ at }) => at <= NOW);
      const kept = thinned(known, NOW);

      const isPriced = (row: ThinnedRow) => {
        const index = known.indexOf(row);
        return index === 0 || known[index - 1]?.price !== row.price;
      };
      const spare = kept.filter(
        (row) => NOW - row.at > DETAILED_MS && !isPriced(row) && row !== kept.at(-1),
      );
      const firstRecent = known.findIndex(({ at }) => NOW - at <= DETAILED_MS);
      const stretches = spare
        .filter((row) => known.indexOf(row) !== firstRecent - 1)
        .map(({ at }) => (NOW - at <= WEEKLY_MS ? weekOf(at) : monthOf(at)));
      expect(new Set(stretches).size).toBe(stretches.length);
      const months = kept.slice(0, -1).filter(({ at }) => NOW - at > WEEKLY_MS);
      for (const [index, row] of months.slice(1).entries()) {
        const { price, figures } = months[index] ?? row;
        expect([row.price, row.figures]).not.toEqual([price, figures]);
      }
    }),
    PROPERTY,
  );
});

test("the histories of all apps are thinned step by step, and what an app's page shows stays whole where it is recent", () => {
  using database = openDatabase(":memory:");
  const days = Array.from({ length: 400 }, (_, index) => 399 - index);
  for (const day of days) {
    const facts = { name: "Portal", ccu: 1_000 + day };
    const apps = Object.fromEntries([10, 20, 30].map((appId) => [appId, facts]));
    record(database, apps, { at: NOW - day * DAY_MS });
  }
  const before = getAppHistory(database, { app_id: 20, limit: 1_000 }).items;

  const steps = thinAppHistory(database, NOW);
  let step = steps.next();
  while (step.done !== true) step = steps.next();

  const after = getAppHistory(database, { app_id: 20, limit: 1_000 }).items;
  expect(before).toHaveLength(400);
  expect(after.slice(0, 91)).toEqual(before.slice(0, 91));
  expect(after.length).toBeLessThan(91 + 60);
  expect(after.at(-1)).toEqual(before.at(-1));
  expect(step.value).toBe(3 * (before.length - after.length));
});
