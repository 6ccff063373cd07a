import { type Static, Type } from "@sinclair/typebox";
import { ACHIEVEMENT_APIS } from "./achievement-apis.ts";
import { defineEndpoint } from "./endpoint.ts";
import { textOrNull } from "./field.ts";

/** One achievement as its game defines it, the same for every player. */
export interface SchemaAchievement {
  readonly apiName: string;
  readonly title: string | null;
  /** Null for a hidden achievement: Steam keeps it back. */
  readonly description: string | null;
  readonly hidden: boolean;
  /** Absolute; of the unlocked and of the locked state. */
  readonly iconUrl: string | null;
  readonly iconGrayUrl: string | null;
}

export interface GameSchema {
  /** Often an internal name such as ValveTestApp260: the name of GetOwnedGames is the better one. */
  readonly gameName: string | null;
  readonly gameVersion: string | null;
  /** Empty for a game that has stats only. */
  readonly achievements: readonly SchemaAchievement[];
}

const Achievement = Type.Object({
  name: Type.String({ minLength: 1 }),
  displayName: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  hidden: Type.Optional(Type.Integer()),
  icon: Type.Optional(Type.String()),
  icongray: Type.Optional(Type.String()),
});

/** A game without stats is a 200 with an empty game, or with its name alone. */
export const getSchemaForGame = defineEndpoint({
  name: "GetSchemaForGame",
  path: "/ISteamUserStats/GetSchemaForGame/v2/",
  apis: ACHIEVEMENT_APIS,
  answer: Type.Object({
    game: Type.Object({
      gameName: Type.Optional(Type.String()),
      gameVersion: Type.Optional(Type.String()),
      availableGameStats: Type.Optional(
        Type.Object({ achievements: Type.Optional(Type.Array(Achievement)) }),
      ),
    }),
  }),
  absence: ({ game }) => (game.availableGameStats ? null : "no_stats"),
  data: ({ game }): GameSchema => ({
    gameName: textOrNull(game.gameName),
    gameVersion: textOrNull(game.gameVersion),
    achievements: (game.availableGameStats?.achievements ?? []).map(schemaAchievement),
  }),
});

function schemaAchievement(achievement: Static<typeof Achievement>): SchemaAchievement {
  return {
    apiName: achievement.name,
    title: textOrNull(achievement.displayName),
    description: textOrNull(achievement.description),
    hidden: (achievement.hidden ?? 0) !== 0,
    iconUrl: textOrNull(achievement.icon),
    iconGrayUrl: textOrNull(achievement.icongray),
  };
}
