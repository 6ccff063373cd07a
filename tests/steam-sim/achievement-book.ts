import { partition } from "./counted-play.ts";
import { type InventedAchievement, inventedAchievements } from "./invented-achievements.ts";
import { byStart, connectionsOf, type Sitting, type Truth, type TruthGame } from "./truth.ts";

const MINUTE_MS = 60_000;
/** Play of which only the total is told went at an hour a day. */
const DAYS_PER_DAY_OF_PLAY = 24;

/** Which achievements there are and when the player got them, for every game of a truth. */
export interface AchievementBook {
  /** In the order of the game's own list; null for an app without stats, or that is not there. */
  achievementsOf(appId: number): readonly InventedAchievement[] | null;
  /**
   * The unlocked ones that Steam knows of at that instant, by their names: epoch milliseconds, or null where even Steam does
   * not know when. Play that comes later never changes them.
   */
  unlocksOf(appId: number, at: number): ReadonlyMap<string, number | null>;
}

interface Unlock {
  readonly apiName: string;
  readonly unlockedAt: number | null;
  /** When Steam learns of it. */
  readonly knownAt: number;
}

interface Page {
  readonly achievements: readonly InventedAchievement[] | null;
  readonly unlocks: readonly Unlock[];
}

/** Each unlock is in the middle of the sitting in which enough had been played for it. */
export function createAchievementBook(truth: Truth): AchievementBook {
  const games = new Map(truth.games.map((game) => [game.appId, game]));
  const sittings = Map.groupBy(byStart(truth.sittings), (sitting) => sitting.appId);
  const connections = connectionsOf(truth);
  const pages = new Map<number, Page>();
  const pageOf = (appId: number): Page => {
    const known = pages.get(appId);
    if (known) return known;
    const game = games.get(appId);
    const achievements = game ? inventedAchievements(game) : null;
    const unlocks = (achievements ?? []).flatMap((achievement) =>
      game ? unlockOf(achievement, game, sittings.get(appId) ?? [], connections) : [],
    );
    const page = { achievements, unlocks };
    pages.set(appId, page);
    return page;
  };
  return {
    achievementsOf: (appId) => pageOf(appId).achievements,
    unlocksOf: (appId, at) =>
      new Map(
        pageOf(appId)
          .unlocks.filter(({ knownAt }) => knownAt <= at)
          .map(({ apiName, unlockedAt }) => [apiName, unlockedAt]),
      ),
  };
}

function unlockOf(
  { apiName, afterMs }: InventedAchievement,
  game: TruthGame,
  sittings: readonly Sitting[],
  connections: readonly number[],
): Unlock[] {
  const beforeMs = game.minutesBefore * MINUTE_MS;
  if (afterMs <= beforeMs) {
    const { lastPlayedBefore: last } = game;
    const agoMs = (beforeMs - afterMs) * DAYS_PER_DAY_OF_PLAY;
    return [{ apiName, unlockedAt: last === null ? null : last - agoMs, knownAt: -Infinity }];
  }
  let playedMs = beforeMs;
  for (const sitting of sittings) {
    const lengthMs = (sitting.endedAt ?? Infinity) - sitting.startedAt;
    if (playedMs + lengthMs >= afterMs) {
      const unlockedAt = sitting.startedAt + afterMs - playedMs;
      return [{ apiName, unlockedAt, knownAt: knownAt(sitting, unlockedAt, connections) }];
    }
    playedMs += lengthMs;
  }
  return [];
}

/** What was unlocked offline Steam learns when the client is online again, with the instant at which it happened. */
function knownAt(
  { mode, endedAt }: Sitting,
  unlockedAt: number,
  connections: readonly number[],
): number {
  if (mode !== "offline") return unlockedAt;
  if (endedAt === null) return Infinity;
  return connections[partition(connections, (instant) => instant < endedAt)] ?? Infinity;
}
