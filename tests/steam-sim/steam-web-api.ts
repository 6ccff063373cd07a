import type { OwnedGame, RecentGame } from "@tracker/steam";
import {
  getGlobalAchievementPercentages,
  getPlayerAchievements,
  getSchemaForGame,
  getTopAchievementsForGames,
} from "./achievement-methods.ts";
import { getAppList, getTagList } from "./app-list-methods.ts";
import type { EndpointName } from "./fault.ts";
import { BAD_STEAM_ID, json, jsonText, NO_MATCH, type Reply } from "./reply.ts";
import { steamSpyAll, steamSpyDetails } from "./steamspy-methods.ts";
import { getItems } from "./store-methods.ts";
import { storeAppDetails } from "./store-page-methods.ts";
import type { Method, Privacy, World } from "./world.ts";
import { getUserYearInReview } from "./year-in-review.ts";

export const METHODS: Readonly<Record<EndpointName, Method>> = {
  GetOwnedGames: getOwnedGames,
  GetRecentlyPlayedGames: getRecentlyPlayedGames,
  GetPlayerSummaries: getPlayerSummaries,
  ResolveVanityURL: resolveVanityUrl,
  GetPlayerAchievements: getPlayerAchievements,
  GetSchemaForGame: getSchemaForGame,
  GetGlobalAchievementPercentagesForApp: getGlobalAchievementPercentages,
  GetTopAchievementsForGames: getTopAchievementsForGames,
  GetUserYearInReview: getUserYearInReview,
  GetItems: getItems,
  GetAppList: getAppList,
  GetTagList: getTagList,
  SteamSpyAll: steamSpyAll,
  SteamSpyDetails: steamSpyDetails,
  StoreAppDetails: storeAppDetails,
};

const PRIVATE = json({ response: {} }, "private");

function getOwnedGames(world: World, parameters: URLSearchParams, privacy: Privacy): Reply {
  if (parameters.get("steamid") !== world.player.truth.steamId) {
    return BAD_STEAM_ID;
  }
  if (privacy.games) return PRIVATE;
  if (world.recordedLibrary !== null && !privacy.playtime) {
    return jsonText(world.recordedLibrary);
  }
  const games = ownedRows(world, parameters);
  return json({
    response: {
      game_count: games.length,
      ...(games.length > 0 && {
        games: privacy.playtime ? games.map(withoutPlaytime) : games,
      }),
    },
  });
}

type Row = Record<string, unknown> & { playtime_2weeks?: number };

function ownedRows(world: World, parameters: URLSearchParams): Row[] {
  if (world.recordedLibrary !== null) return recordedRows(world);
  const appinfo = flag(parameters, "include_appinfo", false);
  const playedFree = flag(parameters, "include_played_free_games", false);
  const skipUnvetted = flag(parameters, "skip_unvetted_apps", true);
  const { player, at, ownKey } = world;
  const byId = new Map(player.truth.games.map((game) => [game.appId, game]));
  return player
    .ownedGamesAt(at)
    .filter(({ appId }) => {
      const game = byId.get(appId);
      if (game?.unvetted && skipUnvetted) return false;
      return game?.kind !== "free" || playedFree;
    })
    .map((game) => ownedRow(game, appinfo, ownKey));
}

function recordedRows({ recordedLibrary }: World): Row[] {
  const recorded = JSON.parse(recordedLibrary ?? "{}") as {
    response?: { games?: Row[] };
  };
  return recorded.response?.games ?? [];
}

function ownedRow(game: OwnedGame, appinfo: boolean, ownKey: boolean): Row {
  return {
    appid: game.appId,
    ...(appinfo && { name: game.name }),
    ...(game.minutes2Weeks > 0 && { playtime_2weeks: game.minutes2Weeks }),
    playtime_forever: game.minutes,
    ...(appinfo && { img_icon_url: game.iconHash ?? "" }),
    ...(appinfo && game.hasStats && { has_community_visible_stats: true }),
    ...(ownKey && platformMinutes(game.minutes)),
    ...(ownKey && {
      rtime_last_played: (game.lastPlayedAt ?? 0) / 1_000,
      playtime_disconnected: game.offlineMinutes ?? 0,
    }),
  };
}

function platformMinutes(minutes: number) {
  return {
    playtime_windows_forever: minutes,
    playtime_mac_forever: 0,
    playtime_linux_forever: 0,
    playtime_deck_forever: 0,
  };
}

function getRecentlyPlayedGames(
  world: World,
  parameters: URLSearchParams,
  privacy: Privacy,
): Reply {
  if (parameters.get("steamid") !== world.player.truth.steamId) {
    return BAD_STEAM_ID;
  }
  if (privacy.games) return PRIVATE;
  const games =
    world.recordedLibrary === null
      ? world.player.recentlyPlayedAt(world.at).map((game) => recentRow(game, world.ownKey))
      : recordedRows(world).filter((game) => (game.playtime_2weeks ?? 0) > 0);
  const count = Number(parameters.get("count") ?? 0) || games.length;
  const rows = games.slice(0, count);
  return json({
    response: {
      total_count: games.length,
      ...(games.length > 0 && {
        games: privacy.playtime ? rows.map(withoutPlaytime) : rows,
      }),
    },
  });
}

function recentRow(game: RecentGame, ownKey: boolean): Row {
  return {
    appid: game.appId,
    name: game.name,
    playtime_2weeks: game.minutes2Weeks,
    playtime_forever: game.minutes,
    img_icon_url: game.iconHash ?? "",
    ...(ownKey && platformMinutes(game.minutes)),
  };
}

/** With the total playtime private, the games stay and every figure of minutes is 0. */
function withoutPlaytime(row: Row): Row {
  const fields = Object.entries(row)
    .filter(([name]) => name !== "playtime_2weeks")
    .map(([name, value]) => [name, name.startsWith("playtime") ? 0 : value]);
  return Object.fromEntries(fields) as Row;
}

function getPlayerSummaries(world: World, parameters: URLSearchParams, privacy: Privacy): Reply {
  const { truth } = world.player;
  const asked = (parameters.get("steamids") ?? "").split(",");
  if (!asked.includes(truth.steamId)) return json({ response: { players: [] } });
  const inGame = privacy.games ? null : world.player.presenceAt(world.at);
  const profile = {
    steamid: truth.steamId,
    communityvisibilitystate: 3,
    profilestate: 1,
    personaname: truth.personaName,
    commentpermission: 1,
    profileurl: `https://steamcommunity.com/profiles/${truth.steamId}/`,
    personastate: inGame ? 1 : 0,
    personastateflags: 0,
    ...(inGame?.name && { gameextrainfo: inGame.name }),
    ...(inGame?.appId && { gameid: String(inGame.appId) }),
  };
  return json({ response: { players: [profile] } });
}

function resolveVanityUrl(world: World, parameters: URLSearchParams): Reply {
  if (parameters.get("vanityurl") !== world.vanityName) return NO_MATCH;
  const { steamId } = world.player.truth;
  return json({ response: { steamid: steamId, success: 1 } });
}

function flag(parameters: URLSearchParams, name: string, otherwise: boolean): boolean {
  const value = parameters.get(name);
  return value === null ? otherwise : value === "1" || value === "true";
}
