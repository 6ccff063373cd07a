import { type Static, Type } from "@sinclair/typebox";
import { defineEndpoint } from "./endpoint.ts";
import { textOrNull } from "./field.ts";

/** What is being played. A game that is not Steam's (a shortcut) has a name only; now and then Steam tells only the app id. */
export interface InGame {
  readonly appId: number | null;
  readonly name: string | null;
}

/** A profile as everybody sees it. */
export interface PlayerSummary {
  readonly steamId: string;
  readonly personaName: string;
  /** Of the profile as a whole: it stays public when only the game details are private. */
  readonly visibility: "public" | "private";
  /** Null when the profile shows no game: not playing, invisible, offline or private. */
  readonly inGame: InGame | null;
}

/** Steam takes no more than this many ids at once. */
export const SUMMARIES_MAX = 100;

/** A profile that everybody may see; every other state hides it. */
const PUBLIC = 3;

const Player = Type.Object({
  steamid: Type.String(),
  personaname: Type.String(),
  communityvisibilitystate: Type.Integer(),
  gameid: Type.Optional(Type.String()),
  gameextrainfo: Type.Optional(Type.String()),
});

export const getPlayerSummaries = defineEndpoint({
  name: "GetPlayerSummaries",
  path: "/ISteamUser/GetPlayerSummaries/v2/",
  apis: ["steam-web-api"],
  answer: Type.Object({
    response: Type.Object({ players: Type.Array(Player) }),
  }),
  data: ({ response }): readonly PlayerSummary[] => response.players.map(playerSummary),
});

function playerSummary(player: Static<typeof Player>): PlayerSummary {
  const visible = player.communityvisibilitystate === PUBLIC;
  return {
    steamId: player.steamid,
    personaName: player.personaname,
    visibility: visible ? "public" : "private",
    inGame: inGame(player),
  };
}

function inGame({ gameid, gameextrainfo }: Static<typeof Player>) {
  const name = textOrNull(gameextrainfo);
  const appId = appIdOf(gameid);
  const playing = name !== null || textOrNull(gameid) !== null;
  return playing ? { appId, name } : null;
}

/** A game id is a 64-bit number, of which only those below 2^32 are app ids; the others are shortcuts and mods. */
function appIdOf(gameId = ""): number | null {
  if (!/^\d{1,10}$/.test(gameId)) return null;
  const id = Number(gameId);
  return id > 0 && id < 2 ** 32 ? id : null;
}
