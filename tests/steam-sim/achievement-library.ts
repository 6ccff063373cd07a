import { INVENTED_NAMES, inventedAppId } from "./invented-games.ts";
import { ACHIEVEMENTS_MAX } from "./invented-achievements.ts";
import { createRandom, type Random } from "./random.ts";
import { type Sitting, type Truth, type TruthGame, truthGame } from "./truth.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export interface AchievementLibraryOptions {
  /** The same seed, end and number of games give the same library. */
  readonly seed: number;
  /** Epoch milliseconds: "now". Nothing runs then. */
  readonly endsAt: number;
  /** 300 unless told. */
  readonly games?: number;
  /** How many years of sittings there are before `endsAt`; 3 unless told. */
  readonly years?: number;
  /** SteamID64; 76561190000000001 unless told. */
  readonly steamId?: string;
}

/**
 * A large library of invented games, for imports: of ten games one has no stats, one has stats and no achievements, one is
 * complete, one was never played, and the rest is somewhere on the way; some are delisted. Play from before the sittings is
 * in some totals, so that their oldest unlocks are older than every sitting.
 */
export function achievementLibrary(options: AchievementLibraryOptions): Truth {
  const { seed, endsAt, games: count = 300, years = 3 } = options;
  const random = createRandom(seed);
  const games: TruthGame[] = [];
  const sittings: Sitting[] = [];
  const from = endsAt - years * 365 * DAY_MS;
  for (let index = 0; index < count; index += 1) {
    const game = libraryGame(index, from, random);
    games.push(game);
    if (index % 10 !== 3) sittings.push(...sittingsOf(game, from, endsAt, random));
  }
  return {
    steamId: options.steamId ?? "76561190000000001",
    personaName: "Simulated Player",
    games,
    sittings: sittings.toSorted((one, other) => one.startedAt - other.startedAt),
    reconnects: [],
  };
}

function libraryGame(index: number, from: number, random: Random): TruthGame {
  const place = index % 10;
  const isComplete = place === 2;
  const isUnplayed = place === 3;
  const hasPast = isComplete || (!isUnplayed && random.chance(0.4));
  const pastMinutes = isComplete ? 61 * 60 : random.between(5, 900);
  return truthGame(inventedAppId(index), {
    name: nameOf(index),
    hasStats: place !== 0,
    achievementCount: place === 1 ? 0 : random.between(1, ACHIEVEMENTS_MAX),
    delisted: random.chance(0.03),
    ...(hasPast && {
      minutesBefore: pastMinutes,
      lastPlayedBefore: from - random.between(30, 400) * DAY_MS,
    }),
  });
}

/** Up to a dozen sittings, none within another of the same game. */
function sittingsOf(game: TruthGame, from: number, until: number, random: Random): Sitting[] {
  const count = random.between(1, 12);
  const stepMs = (until - from) / (count + 1);
  return Array.from({ length: count }, (_, index) => {
    const startedAt = Math.round(from + (index + random.next() * 0.5) * stepMs);
    const endedAt = startedAt + random.between(5, 240) * MINUTE_MS + random.between(0, 59_999);
    return { appId: game.appId, startedAt, endedAt, mode: "online" };
  });
}

function nameOf(index: number): string {
  const name = INVENTED_NAMES[index % INVENTED_NAMES.length] ?? "";
  const part = Math.floor(index / INVENTED_NAMES.length) + 1;
  return part === 1 ? name : `${name} ${part}`;
}
