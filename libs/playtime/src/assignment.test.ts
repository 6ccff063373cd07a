import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { assign, type Demand } from "./assignment.ts";

const SLOTS = 7;

const demand = fc
  .record({
    units: fc.integer({ min: 0, max: 3 }),
    window: fc.tuple(fc.nat(SLOTS), fc.nat(SLOTS)),
    costs: fc.array(fc.oneof({ weight: 4, arbitrary: fc.nat(50) }, fc.constant(Infinity)), {
      minLength: SLOTS,
      maxLength: SLOTS,
    }),
  })
  .map(({ units, window: [one, other], costs }): Demand => {
    const first = Math.min(one, other);
    const end = Math.max(one, other);
    return { units, first, end, costs: Float64Array.from(costs.slice(first, end)) };
  });

const demands = fc
  .array(demand, { minLength: 1, maxLength: 3 })
  .map((list) => list.toSorted((a, b) => a.end - b.end));

interface Score {
  readonly placed: number;
  readonly cost: number;
}

/** Tries every order-preserving way to hand out the slots from `slot` on. */
function best(list: readonly Demand[], k: number, given: number, slot: number): Score {
  const current = list[k];
  if (current === undefined || slot === SLOTS) return { placed: 0, cost: 0 };
  const options = [best(list, k + 1, 0, slot), best(list, k, given, slot + 1)];
  const cost = costOf(current, slot);
  if (given < current.units && cost !== Infinity) {
    const rest = best(list, k, given + 1, slot + 1);
    options.push({ placed: rest.placed + 1, cost: rest.cost + cost });
  }
  return options.reduce((one, other) =>
    other.placed > one.placed || (other.placed === one.placed && other.cost < one.cost)
      ? other
      : one,
  );
}

function costOf({ first, end, costs }: Demand, slot: number): number {
  return slot < first || slot >= end ? Infinity : (costs[slot - first] ?? Infinity);
}

test("an assignment places as many units as any, at the least cost, as trying every way shows", () => {
  fc.assert(
    fc.property(demands, (list) => {
      const taken = assign(list, SLOTS);

      const score = { placed: 0, cost: 0 };
      for (const [k, current] of list.entries()) {
        for (const slot of taken[k] ?? []) {
          score.placed += 1;
          score.cost += costOf(current, slot);
        }
      }
      expect(score).toEqual(best(list, 0, 0, 0));
    }),
    { numRuns: 3000 },
  );
});

test("an assignment keeps units in order, one to a slot, and gives no demand more than it asks for", () => {
  fc.assert(
    fc.property(demands, (list) => {
      const taken = assign(list, SLOTS);

      const slots = taken.flat();
      expect(slots).toEqual([...new Set(slots)].sort((a, b) => a - b));
      for (const [k, own] of taken.entries()) {
        expect(own.length).toBeLessThanOrEqual(list[k]?.units ?? 0);
      }
    }),
    { numRuns: 1000 },
  );
});
