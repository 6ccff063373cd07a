import { type Static, Type } from "@sinclair/typebox";
import { defineEndpoint, UNKNOWN_STEAM_ID } from "./endpoint.ts";
import { instantMs, textOrNull, Uint32, WholeMinutes } from "./field.ts";

/** A game of the account, as GetOwnedGames tells it. Null is "not told"; it never stands for zero. */
export interface OwnedGame {
  readonly appId: number;
  readonly name: string | null;
  /** playtime_forever: whole minutes, offline play included. */
  readonly minutes: number;
  /** Steam leaves it out when it is zero, so its absence is a zero. */
  readonly minutes2Weeks: number;
  /** Epoch milliseconds of the last play that Steam knows of; null when never, or when the key is not the account's own. */
  readonly lastPlayedAt: number | null;
  /** playtime_disconnected, a part of `minutes`; null when the key is not the account's own. */
  readonly offlineMinutes: number | null;
  /** Names the file of the icon. */
  readonly iconHash: string | null;
  /** Steam's stats flag; it is either true or left out, so its absence is a no. */
  readonly hasStats: boolean;
}

export interface OwnedLibrary {
  readonly games: readonly OwnedGame[];
}

const Game = Type.Object({
  appid: Uint32,
  name: Type.Optional(Type.String()),
  playtime_forever: WholeMinutes,
  playtime_2weeks: Type.Optional(WholeMinutes),
  img_icon_url: Type.Optional(Type.String()),
  has_community_visible_stats: Type.Optional(Type.Boolean()),
  rtime_last_played: Type.Optional(Uint32),
  playtime_disconnected: Type.Optional(WholeMinutes),
});

/** Everything that Steam is willing to list: names, free games that were played, and apps that it has not vetted. */
export const OWNED_GAMES_FLAGS = {
  include_appinfo: "1",
  include_extended_appinfo: "1",
  include_played_free_games: "1",
  include_free_sub: "1",
  skip_unvetted_apps: "0",
} as const;

export const getOwnedGames = defineEndpoint({
  name: "GetOwnedGames",
  path: "/IPlayerService/GetOwnedGames/v1/",
  apis: ["steam-web-api"],
  exceptions: [UNKNOWN_STEAM_ID],
  answer: Type.Object({
    response: Type.Object({
      game_count: Type.Optional(Type.Integer({ minimum: 0 })),
      games: Type.Optional(Type.Array(Game)),
    }),
  }),
  absence: ({ response: { game_count, games } }) => {
    if (games) return null;
    // An empty library says so with a count of 0; without any count the game details are private.
    if (game_count === undefined) return "private";
    return game_count === 0 ? null : "malformed";
  },
  data: ({ response }): OwnedLibrary => ({
    games: (response.games ?? []).map(ownedGame),
  }),
});

function ownedGame(game: Static<typeof Game>): OwnedGame {
  return {
    appId: game.appid,
    name: textOrNull(game.name),
    minutes: game.playtime_forever,
    minutes2Weeks: game.playtime_2weeks ?? 0,
    lastPlayedAt: instantMs(game.rtime_last_played),
    offlineMinutes: game.playtime_disconnected ?? null,
    iconHash: textOrNull(game.img_icon_url),
    hasStats: game.has_community_visible_stats ?? false,
  };
}
