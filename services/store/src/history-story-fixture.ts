import type { Calendar } from "@tracker/playtime";
import * as fc from "fast-check";
import type { Database } from "./database.ts";
import {
  type GameTotal,
  type LibraryFact,
  libraryFact,
  MINUTE_MS,
  type PresenceFact,
  presenceFact,
} from "./fact-fixture.ts";
import { applyLibrarySample } from "./library.ts";
import { applyPresence } from "./presence.ts";
import { writeSnapshots } from "./snapshot.ts";

const APPS = [10, 20] as const;
/** Around both of New York's clock changes, and where days are cut elsewhere. */
export const STARTS = [Date.parse("2026-03-07T21:00:00Z"), Date.parse("2026-10-31T22:30:00Z")];
export const CALENDARS: readonly Calendar[] = [
  { zone: "America/New_York", dayStartHour: 0 },
  { zone: "America/New_York", dayStartHour: 4 },
  { zone: "Asia/Kathmandu", dayStartHour: 0 },
];

interface Growth {
  readonly minutes: number;
  readonly offline: number;
  /** Minutes before the sample at which Steam says it was last played; null when it does not say. */
  readonly lastPlayedAgo: number | null;
}

type Step =
  | { readonly kind: "sample"; readonly after: number; readonly growth: readonly Growth[] }
  | { readonly kind: "hidden" | "zeros" | "lower" | "missing" | "partial"; readonly after: number }
  | {
      readonly kind: "playing";
      readonly after: number;
      readonly app: number;
      readonly looks: number;
    }
  | { readonly kind: "idle" | "night"; readonly after: number };

export type Action = LibraryFact | PresenceFact | { readonly night: number };

const after = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 90 }) },
  { weight: 1, arbitrary: fc.constantFrom(720, 1_440, 2_900, 13_000) },
);
const growth: fc.Arbitrary<Growth> = fc.record({
  minutes: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 45 }),
    fc.integer({ min: 1, max: 400 }),
  ),
  offline: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 100 })),
  lastPlayedAgo: fc.option(fc.integer({ min: 0, max: 200 })),
});
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("sample" as const),
      after,
      growth: fc.array(growth, { minLength: APPS.length, maxLength: APPS.length }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("playing" as const),
      after,
      app: fc.constantFrom(...APPS, 30),
      looks: fc.integer({ min: 1, max: 8 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("idle" as const, "night" as const), after }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "hidden" as const,
        "zeros" as const,
        "lower" as const,
        "missing" as const,
        "partial" as const,
      ),
      after,
    }),
  },
);

/** What Steam and the poller would send along a story, in order. */
export function facts(start: number, steps: readonly Step[]): Action[] {
  const player = new Player(start);
  return steps.flatMap((step) => player.live(step));
}

interface Totals {
  readonly appId: number;
  readonly source: "owned" | "recent";
  minutes: number;
  offlineMinutes: number;
}

class Player {
  #now: number;
  readonly #games: readonly Totals[] = APPS.map((appId) => ({
    appId,
    // One game is owned, one is borrowed.
    source: appId === APPS[0] ? "owned" : "recent",
    minutes: appId * 3,
    offlineMinutes: 0,
  }));

  constructor(start: number) {
    this.#now = start;
  }

  live(step: Step): Action[] {
    this.#now += step.after * MINUTE_MS;
    switch (step.kind) {
      case "sample":
        return [this.#grow(step.growth)];
      case "hidden":
        return [libraryFact(this.#now, [])];
      case "zeros":
        return [this.#sample((game) => ({ ...game, minutes: 0 }))];
      case "lower":
        return [this.#sample((game) => ({ ...game, minutes: Math.floor(game.minutes / 2) }))];
      case "missing":
        return [libraryFact(this.#now, this.#games.slice(1))];
      case "partial":
        return [libraryFact(this.#now, this.#games.slice(0, 1), { outcome: "partial" })];
      case "playing":
        return this.#play(step.app, step.looks);
      case "idle":
        return [presenceFact(this.#now, null)];
      case "night":
        break;
    }
    return [{ night: this.#now }];
  }

  #sample(shown: (game: Totals, index: number) => GameTotal): LibraryFact {
    return libraryFact(
      this.#now,
      this.#games.map((game, index) => shown(game, index)),
    );
  }

  #grow(growth: readonly Growth[]): LibraryFact {
    for (const [index, game] of this.#games.entries()) {
      const { minutes, offline } = growth[index] ?? { minutes: 0, offline: 0 };
      game.minutes += minutes;
      game.offlineMinutes += Math.min(offline, minutes);
    }
    return this.#sample((game, index) => {
      const ago = growth[index]?.lastPlayedAgo ?? null;
      return { ...game, lastPlayedAt: ago === null ? null : this.#now - ago * MINUTE_MS };
    });
  }

  #play(app: number, looks: number): PresenceFact[] {
    const from = this.#now;
    this.#now += looks * MINUTE_MS;
    return Array.from({ length: looks }, (_, index) => presenceFact(from + index * MINUTE_MS, app));
  }
}

/** Does what a delivery says. */
export function apply(database: Database, calendar: Calendar, action: Action): void {
  if ("night" in action) writeSnapshots(database, calendar, action.night);
  else if ("games" in action) applyLibrarySample(database, calendar, action);
  else applyPresence(database, calendar, action);
}
