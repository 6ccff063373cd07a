import { createRandom, type Random } from "./random.ts";
import type { TruthGame } from "./truth.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** One achievement of a game that does not exist. */
export interface InventedAchievement {
  readonly apiName: string;
  readonly title: string;
  readonly description: string;
  readonly hidden: boolean;
  /** How many of all players have it, 0 to 100 with one decimal. */
  readonly percent: number;
  /** Milliseconds of play, counted from the first ever, after which the player has it. */
  readonly afterMs: number;
}

export const ACHIEVEMENTS_MAX = 80;

const FIRST_WORDS =
  "Reluctant,Gilded,Midnight,Seventh,Salty,Borrowed,Café,Polite,Hollow,Double,Unlikely,Brass".split(
    ",",
  );
const LAST_WORDS =
  "Pilgrim,Ledger,Umbrella,Protégé,Lighthouse,Turnip,Overture,Cartographer,Mooring,Encore".split(
    ",",
  );

/**
 * The achievements of a game, the same each time for the same app id and number; null for an app without stats. They come
 * one after the other as the game is played: the first within minutes, the last after 2 to 60 hours. A game may have none.
 */
export function inventedAchievements(game: TruthGame): readonly InventedAchievement[] | null {
  if (!game.hasStats || game.kind === "non_steam") return null;
  const random = createRandom(game.appId);
  const drawn = random.chance(0.05) ? 0 : random.between(1, ACHIEVEMENTS_MAX);
  const count = game.achievementCount ?? drawn;
  const lengthMs = random.between(2, 60) * HOUR_MS;
  const titles = random.shuffled(
    FIRST_WORDS.flatMap((first) => LAST_WORDS.map((last) => `${first} ${last}`)),
  );
  const inOrder = Array.from({ length: count }, (_, index) =>
    achievement(index, { share: share(index, count), lengthMs, random, title: titles[index] }),
  );
  // A game lists its achievements in no order of difficulty.
  return random.shuffled(inOrder);
}

interface Draft {
  /** From 0 for the easiest to 1 for the hardest. */
  readonly share: number;
  readonly lengthMs: number;
  readonly random: Random;
  readonly title: string | undefined;
}

function achievement(index: number, { share, lengthMs, random, title = "" }: Draft) {
  const number = String(index + 1).padStart(2, "0");
  const rarity = 96 * Math.exp(-4.5 * share) * (0.85 + 0.15 * random.next());
  return {
    apiName: `ACH_${number}`,
    title: title || `Number ${number}`,
    description: `Play on until number ${number}.`,
    hidden: random.chance(0.2),
    percent: Math.round(rarity * 10) / 10,
    afterMs: Math.round(3 * MINUTE_MS * (lengthMs / (3 * MINUTE_MS)) ** share),
  };
}

function share(index: number, count: number): number {
  return count === 1 ? 1 : index / (count - 1);
}
