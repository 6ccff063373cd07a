import { expect, test } from "bun:test";
import * as fc from "fast-check";
import type { SampledGame } from "./library-state.ts";
import {
  assess,
  EMPTY_LEDGER,
  type Ledger,
  type LibrarySample,
  record,
  sums,
} from "./simulated-ledger-fixture.ts";

const APP_IDS = [10, 20, 30];
const POLL_MS = 30 * 60_000;

/** One game in one sample: its change since the sample before (Steam sometimes takes back), or not listed. */
const step = fc.record({
  change: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 400 }) },
    { weight: 1, arbitrary: fc.integer({ min: -200, max: -1 }) },
  ),
  listed: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.boolean()),
  borrowed: fc.boolean(),
  dated: fc.boolean(),
});

const poll = fc.record({
  steps: fc.array(step, { minLength: APP_IDS.length, maxLength: APP_IDS.length }),
  /** What Steam lets us see. */
  view: fc.constantFrom("all", "all", "all", "all", "zeros", "nothing"),
});

const history = fc.array(poll, { minLength: 1, maxLength: 25 }).map((polls) => {
  const totals = APP_IDS.map(() => 0);
  return polls.map(({ steps, view }, n): LibrarySample => {
    const observedAt = (n + 1) * POLL_MS;
    for (const [k, { change }] of steps.entries())
      totals[k] = Math.max(0, (totals[k] ?? 0) + change);
    const games = steps.flatMap(({ listed, borrowed, dated }, k): SampledGame[] => {
      if (view === "nothing" || !listed) return [];
      return [
        {
          appId: APP_IDS[k] ?? 0,
          name: null,
          minutes: view === "zeros" ? 0 : (totals[k] ?? 0),
          lastPlayedAt: dated ? observedAt - POLL_MS : null,
          offlineMinutes: null,
          source: borrowed ? "recent" : "owned",
        },
      ];
    });
    return { observedAt, games };
  });
});

/** As they arrive: some twice, some late, some never. */
const arrivals = history.chain((samples) =>
  fc
    .array(fc.integer({ min: 0, max: samples.length - 1 }), { maxLength: samples.length * 2 })
    .map((order) => order.flatMap((index) => samples[index] ?? [])),
);

function highest(samples: readonly LibrarySample[], appId: number): number {
  const figures = samples.flatMap(({ games }) => games.filter((game) => game.appId === appId));
  return Math.max(0, ...figures.map((game) => game.minutes));
}

function storedMinutes(ledger: Ledger, appId: number): number {
  return ledger.games.find((game) => game.appId === appId)?.minutes ?? 0;
}

test("rule 7: at every moment baseline + play = stored total = the highest total ever sampled, for samples twice, late, reordered or lost", () => {
  fc.assert(
    fc.property(arrivals, (samples) => {
      let ledger = EMPTY_LEDGER;
      for (const [n, sample] of samples.entries()) {
        ledger = record(ledger, sample);
        for (const appId of APP_IDS) {
          const most = highest(samples.slice(0, n + 1), appId);
          expect(sums(ledger, appId).total).toBe(most);
          expect(storedMinutes(ledger, appId)).toBe(most);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test("rule 7: a restart at any point changes nothing", () => {
  fc.assert(
    fc.property(arrivals, fc.nat(50), (samples, stopAfter) => {
      const straight = samples.reduce(record, EMPTY_LEDGER);
      const before = samples.slice(0, stopAfter).reduce(record, EMPTY_LEDGER);
      const revived = JSON.parse(JSON.stringify(before)) as Ledger;
      const resumed = samples.slice(stopAfter).reduce(record, revived);

      expect(resumed).toEqual(straight);
    }),
    { numRuns: 1000 },
  );
});

test("applying a sample a second time writes nothing", () => {
  fc.assert(
    fc.property(arrivals, (samples) => {
      const last = samples.at(-1);
      const ledger = samples.reduce(record, EMPTY_LEDGER);
      if (last === undefined) return;

      const again = assess(ledger, last);

      expect([again.entries, again.games, again.left, again.returned]).toEqual([[], [], [], []]);
    }),
    { numRuns: 1000 },
  );
});

test("every row says what it needs: a positive change, the total after it, and since when it can have been played", () => {
  fc.assert(
    fc.property(arrivals, (samples) => {
      for (const entry of samples.reduce(record, EMPTY_LEDGER).entries) {
        expect(Math.sign(entry.minutes)).toBe(entry.kind === "correction" ? -1 : 1);
        expect(entry.offlineMinutes).toBe(0);
        if (entry.kind === "play") {
          expect(entry.previousObservedAt ?? Infinity).toBeLessThan(entry.observedAt);
        }
      }
    }),
    { numRuns: 1000 },
  );
});
