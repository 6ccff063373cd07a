import { Type } from "@sinclair/typebox";
import { defineEndpoint, UNKNOWN_STEAM_ID } from "./endpoint.ts";

/** Each request counts in the achievements' own quota and in that of the whole Web API. */
const APIS = ["steam-achievements", "steam-web-api"] as const;

/**
 * `private` is about this game: it is independent of GetOwnedGames, and a single game can be marked private. A game
 * that has stats but no achievements answers without the list.
 */
export const getPlayerAchievements = defineEndpoint({
  name: "GetPlayerAchievements",
  path: "/ISteamUserStats/GetPlayerAchievements/v1/",
  apis: APIS,
  exceptions: [
    { status: 400, body: /has no stats/, kind: "no_stats" },
    { status: 403, body: /not public/, kind: "private" },
    UNKNOWN_STEAM_ID,
  ],
  answer: Type.Object({
    playerstats: Type.Object({
      success: Type.Literal(true),
      achievements: Type.Optional(Type.Array(Type.Unknown())),
    }),
  }),
  data: ({ playerstats }) => playerstats.achievements ?? [],
});

export const getSchemaForGame = defineEndpoint({
  name: "GetSchemaForGame",
  path: "/ISteamUserStats/GetSchemaForGame/v2/",
  apis: APIS,
  answer: Type.Object({
    game: Type.Object({
      availableGameStats: Type.Optional(
        Type.Object({
          achievements: Type.Optional(Type.Array(Type.Unknown())),
        }),
      ),
    }),
  }),
  absence: ({ game }) => (game.availableGameStats ? null : "no_stats"),
  data: ({ game }) => game.availableGameStats?.achievements ?? [],
});

/** Takes no key. An app that is unknown or has no stats is a 403 with JSON; a 403 with a page is Steam's edge. */
export const getGlobalAchievementPercentages = defineEndpoint({
  name: "GetGlobalAchievementPercentagesForApp",
  path: "/ISteamUserStats/GetGlobalAchievementPercentagesForApp/v2/",
  apis: APIS,
  exceptions: [{ status: 403, body: /^\s*\{/, kind: "no_stats" }],
  answer: Type.Object({
    achievementpercentages: Type.Object({
      achievements: Type.Array(Type.Unknown()),
    }),
  }),
  data: ({ achievementpercentages }) => achievementpercentages.achievements,
});
