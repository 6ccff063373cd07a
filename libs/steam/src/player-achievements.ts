import { type Static, Type } from "@sinclair/typebox";
import { ACHIEVEMENT_APIS } from "./achievement-apis.ts";
import { defineEndpoint, UNKNOWN_STEAM_ID } from "./endpoint.ts";
import { instantMs, textOrNull, Uint32 } from "./field.ts";

/** One achievement of a game as the account has it. */
export interface PlayerAchievement {
  /** The name that never changes; unique within its game. */
  readonly apiName: string;
  readonly unlocked: boolean;
  /** Epoch milliseconds; null when locked, and for an unlocked one of which Steam does not know when. */
  readonly unlockedAt: number | null;
  readonly title: string | null;
  /** Null where Steam keeps it back: a hidden achievement has none. */
  readonly description: string | null;
}

export interface PlayerAchievements {
  /** Steam's internal name of the game; it can differ from that of the store. */
  readonly gameName: string | null;
  /**
   * Null when Steam answers with success but without a list: the game has stats and no achievements, or the answer is
   * empty for no reason. Only who knows how many there should be can tell.
   */
  readonly achievements: readonly PlayerAchievement[] | null;
}

const Achievement = Type.Object({
  apiname: Type.String({ minLength: 1 }),
  achieved: Type.Integer({ minimum: 0, maximum: 1 }),
  unlocktime: Type.Optional(Uint32),
  name: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
});

/** `not_visible` is about this game: it is independent of GetOwnedGames, and a single game can be marked private. */
export const getPlayerAchievements = defineEndpoint({
  name: "GetPlayerAchievements",
  path: "/ISteamUserStats/GetPlayerAchievements/v1/",
  apis: ACHIEVEMENT_APIS,
  exceptions: [
    { status: 400, body: /has no stats/, kind: "no_stats" },
    { status: 403, body: /not public/, kind: "not_visible" },
    UNKNOWN_STEAM_ID,
  ],
  answer: Type.Object({
    playerstats: Type.Optional(
      Type.Object({
        success: Type.Optional(Type.Boolean()),
        gameName: Type.Optional(Type.String()),
        achievements: Type.Optional(Type.Array(Achievement)),
      }),
    ),
  }),
  absence: ({ playerstats }) => {
    if (playerstats?.success) return null;
    // Without a word on success nothing was said at all; a failure that comes as a success is none that is known.
    return playerstats?.success === undefined ? "empty" : "malformed";
  },
  data: ({ playerstats }): PlayerAchievements => ({
    gameName: textOrNull(playerstats?.gameName),
    achievements: playerstats?.achievements?.map(playerAchievement) ?? null,
  }),
});

function playerAchievement(achievement: Static<typeof Achievement>): PlayerAchievement {
  const unlocked = achievement.achieved === 1;
  return {
    apiName: achievement.apiname,
    unlocked,
    unlockedAt: unlocked ? instantMs(achievement.unlocktime) : null,
    title: textOrNull(achievement.name),
    description: textOrNull(achievement.description),
  };
}
