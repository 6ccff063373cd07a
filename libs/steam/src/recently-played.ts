import { type Static, Type } from "@sinclair/typebox";
import { defineEndpoint, UNKNOWN_STEAM_ID } from "./endpoint.ts";
import { textOrNull, Uint32, WholeMinutes } from "./field.ts";

/** A game played in the last two weeks. Only here are games seen that are borrowed from the family. */
export interface RecentGame {
  readonly appId: number;
  readonly name: string | null;
  /** playtime_forever, in whole minutes. */
  readonly minutes: number;
  readonly minutes2Weeks: number;
  readonly iconHash: string | null;
}

export interface RecentlyPlayed {
  readonly games: readonly RecentGame[];
}

const Game = Type.Object({
  appid: Uint32,
  name: Type.Optional(Type.String()),
  playtime_forever: WholeMinutes,
  playtime_2weeks: Type.Optional(WholeMinutes),
  img_icon_url: Type.Optional(Type.String()),
});

export const getRecentlyPlayedGames = defineEndpoint({
  name: "GetRecentlyPlayedGames",
  path: "/IPlayerService/GetRecentlyPlayedGames/v1/",
  apis: ["steam-web-api"],
  exceptions: [UNKNOWN_STEAM_ID],
  answer: Type.Object({
    response: Type.Object({
      total_count: Type.Optional(Type.Integer({ minimum: 0 })),
      games: Type.Optional(Type.Array(Game)),
    }),
  }),
  absence: ({ response: { total_count, games } }) => {
    if (games) return null;
    // Nothing played in two weeks is a count of 0 without a list; without any count the game details are private.
    if (total_count === undefined) return "private";
    return total_count === 0 ? null : "malformed";
  },
  data: ({ response }): RecentlyPlayed => ({
    games: (response.games ?? []).map(recentGame),
  }),
});

function recentGame(game: Static<typeof Game>): RecentGame {
  return {
    appId: game.appid,
    name: textOrNull(game.name),
    minutes: game.playtime_forever,
    minutes2Weeks: game.playtime_2weeks ?? 0,
    iconHash: textOrNull(game.img_icon_url),
  };
}
