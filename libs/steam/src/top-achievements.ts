import { Type } from "@sinclair/typebox";
import { ACHIEVEMENT_APIS } from "./achievement-apis.ts";
import { defineEndpoint, METHOD_REFUSED } from "./endpoint.ts";
import { Uint32 } from "./field.ts";

/** How far the account is in one game: counts only, neither names nor instants. */
export interface AchievementCount {
  readonly appId: number;
  readonly total: number;
  readonly unlocked: number;
}

/** Between the 50 and the 400 apps a request that are in use elsewhere; the answer lists every unlocked achievement in full. */
export const TOP_ACHIEVEMENTS_APPS_MAX = 100;

/** More than any game has: without it only a handful of the unlocked ones is listed, and could not be counted. */
export const TOP_ACHIEVEMENTS_FLAGS = { language: "english", max_achievements: "10000" } as const;

/** Undocumented, so it may stop answering any day. Lists the unlocked achievements; a game without any has no list. */
export const getTopAchievementsForGames = defineEndpoint({
  name: "GetTopAchievementsForGames",
  path: "/IPlayerService/GetTopAchievementsForGames/v1/",
  apis: ACHIEVEMENT_APIS,
  exceptions: [METHOD_REFUSED],
  answer: Type.Object({
    response: Type.Object({
      games: Type.Optional(
        Type.Array(
          Type.Object({
            appid: Uint32,
            total_achievements: Type.Optional(Type.Integer({ minimum: 0 })),
            achievements: Type.Optional(Type.Array(Type.Unknown())),
          }),
        ),
      ),
    }),
  }),
  absence: ({ response }) => (response.games ? null : "empty"),
  // A game whose total is not told, or is less than what is unlocked, is one of which nothing is known.
  data: ({ response }): readonly AchievementCount[] =>
    (response.games ?? []).flatMap(({ appid, total_achievements: total, achievements = [] }) => {
      const unlocked = achievements.length;
      return total === undefined || unlocked > total ? [] : [{ appId: appid, total, unlocked }];
    }),
});
