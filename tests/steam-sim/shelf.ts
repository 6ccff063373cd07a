import { INVENTED_NAMES, inventedAppId } from "./invented-games.ts";
import type { Random } from "./random.ts";
import { type TruthGame, truthGame } from "./truth.ts";

export const YEAR_DAYS = 365;

/** A game and when the player is drawn to it: from one day of the year to another, how strongly, for how long at a time. */
export interface Interest {
  readonly game: TruthGame;
  readonly fromDay: number;
  readonly untilDay: number;
  readonly weight: number;
  readonly sittingMinutes: number;
}

/** How the player gets on with a game. The order is that of INVENTED_NAMES. */
type Taste =
  "steady" | "binge" | "small" | "backlog" | "free" | "unvetted" | "borrowed" | "non_steam";

const TASTES: readonly Taste[] = [
  ...Array<Taste>(4).fill("steady"),
  ...Array<Taste>(5).fill("binge"),
  ...Array<Taste>(21).fill("small"),
  ...Array<Taste>(8).fill("backlog"),
  "free",
  "unvetted",
  "borrowed",
  "non_steam",
];

/** Days of the year on which much is bought: sales in spring, summer, autumn and winter, counted from the year's first day. */
const SALE_DAYS = [28, 110, 219, 298];

/** The shelf of a year: what is owned from before, what is bought on the way, and what is played when. */
export function createShelf(
  random: Random,
  instantOf: (day: number, hour: number) => number,
): readonly Interest[] {
  const names = random.shuffled(INVENTED_NAMES.slice(0, -2)).concat(INVENTED_NAMES.slice(-2));
  return names.map((name, index) => {
    const taste = TASTES[index] ?? "small";
    const [fromDay, untilDay] = season(taste, index, random);
    const boughtOn = purchaseDay(taste, fromDay, random);
    const before = boughtOn === null ? pastOf(taste, random, instantOf) : {};
    const game = truthGame(inventedAppId(index), {
      name,
      kind: KINDS[taste],
      unvetted: taste === "unvetted",
      hasStats: random.chance(0.8),
      acquiredAt: boughtOn === null ? null : instantOf(boughtOn, random.between(9, 17)),
      ...before,
    });
    const [weight, shortest, longest] = APPEALS[taste];
    return { game, fromDay, untilDay, weight, sittingMinutes: random.between(shortest, longest) };
  });
}

const KINDS: Readonly<Record<Taste, TruthGame["kind"]>> = {
  steady: "owned",
  binge: "owned",
  small: "owned",
  backlog: "owned",
  free: "free",
  unvetted: "owned",
  borrowed: "borrowed",
  non_steam: "non_steam",
};

/** First and last day of interest. The binges follow one another through the year, the last of them reaching its end. */
function season(taste: Taste, index: number, random: Random): [number, number] {
  const days = random.between(...SEASON_DAYS[taste]);
  if (taste === "binge") {
    const order = index - TASTES.indexOf("binge");
    const end = Math.round(((order + 1) * YEAR_DAYS) / 5);
    return [end - days, end];
  }
  if (taste === "steady") return [0, YEAR_DAYS];
  const from = random.between(0, YEAR_DAYS - days);
  return [from, from + days];
}

const SEASON_DAYS: Readonly<Record<Taste, [number, number]>> = {
  steady: [YEAR_DAYS, YEAR_DAYS],
  binge: [14, 45],
  small: [3, 20],
  backlog: [0, 0],
  free: [30, 60],
  unvetted: [5, 12],
  borrowed: [10, 20],
  non_steam: [5, 9],
};

/** Weight, and the shortest and longest usual sitting in minutes. */
const APPEALS: Readonly<Record<Taste, [number, number, number]>> = {
  steady: [1, 35, 75],
  binge: [9, 60, 120],
  small: [4, 20, 55],
  backlog: [0, 1, 1],
  free: [2, 25, 50],
  unvetted: [5, 10, 25],
  borrowed: [4, 40, 80],
  non_steam: [5, 20, 45],
};

/** The day of the year on which a game is bought; null when it was there before, or is not bought at all. */
function purchaseDay(taste: Taste, fromDay: number, random: Random): number | null {
  if (taste === "steady" || KINDS[taste] !== "owned" || random.chance(0.35)) return null;
  if (taste === "binge") return fromDay;
  const sales = SALE_DAYS.filter((day) => taste === "backlog" || day <= fromDay);
  return sales.length === 0 || random.chance(0.4) ? fromDay : (sales.at(-1) ?? fromDay);
}

/** Play from before the year; half of what waits on the shelf was never started. */
function pastOf(
  taste: Taste,
  random: Random,
  instantOf: (day: number, hour: number) => number,
): Partial<TruthGame> {
  const [low, high] = PASTS[taste];
  const minutesBefore = random.chance(0.5) || taste === "steady" ? random.between(low, high) : 0;
  if (minutesBefore === 0) return {};
  return { minutesBefore, lastPlayedBefore: instantOf(-random.between(20, 900), 21) };
}

const PASTS: Readonly<Record<Taste, [number, number]>> = {
  steady: [2_000, 24_000],
  binge: [200, 3_000],
  small: [10, 900],
  backlog: [5, 2_500],
  free: [0, 0],
  unvetted: [0, 120],
  borrowed: [0, 0],
  non_steam: [0, 0],
};
