import * as fc from "fast-check";
import type { Action } from "./history-story-fixture.ts";

/** What happens to a fact on its way: it is lost, comes twice, or comes late by so many places; the store may restart after it. */
interface Fate {
  readonly lost: boolean;
  readonly twice: boolean;
  readonly late: number;
  readonly restart: boolean;
}

/** Most facts arrive as they should; one in six has its fate. */
export const fate: fc.Arbitrary<Fate> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constant({ lost: false, twice: false, late: 0, restart: false }),
  },
  fc.record({
    lost: fc.boolean(),
    twice: fc.boolean(),
    late: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 6 })),
    restart: fc.boolean(),
  }),
);

export interface Delivery {
  readonly action: Action;
  readonly restart: boolean;
}

/** Facts in the order in which they reach the store. */
export function deliver(sent: readonly Action[], fates: readonly Fate[]): Delivery[] {
  const places = sent.flatMap((action, index) => {
    const fate = fates[index % fates.length];
    if (fate === undefined) return [{ place: index, action, restart: false }];
    if (fate.lost) return [];
    const once = { place: index + (fate.late === 0 ? 0 : fate.late + 0.5), action, ...fate };
    return fate.twice ? [once, { ...once, place: once.place + 2.5 }] : [once];
  });
  return places.sort((a, b) => a.place - b.place);
}
