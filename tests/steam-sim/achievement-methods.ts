import type { InventedAchievement } from "./invented-achievements.ts";
import { BAD_STEAM_ID, json, KEY_REFUSED, type Reply, unknownMethod } from "./reply.ts";
import type { Privacy, World } from "./world.ts";

const ICONS = "https://steamcdn-a.akamaihd.net/steamcommunity/public/images/apps";

const NO_STATS: Reply = {
  ...json({ playerstats: { error: "Requested app has no stats", success: false } }, "no_stats"),
  status: 400,
};
const NOT_PUBLIC: Reply = {
  ...json({ playerstats: { error: "Profile is not public", success: false } }, "not_public"),
  status: 403,
};
const NO_PERCENTAGES: Reply = { ...json({}, "no_stats"), status: 403 };

export function getPlayerAchievements(
  world: World,
  parameters: URLSearchParams,
  privacy: Privacy,
): Reply {
  const { steamId } = world.player.truth;
  if (parameters.get("steamid") !== steamId) return BAD_STEAM_ID;
  if (privacy.games) return NOT_PUBLIC;
  const appId = Number(parameters.get("appid"));
  const achievements = world.achievements.achievementsOf(appId);
  if (achievements === null) return NO_STATS;
  const unlocks = world.achievements.unlocksOf(appId, world.at);
  const withTexts = parameters.has("l");
  const rows = achievements.map((achievement) => playerRow(achievement, unlocks, withTexts));
  return json({
    playerstats: {
      steamID: steamId,
      gameName: internalName(world, appId),
      ...(rows.length > 0 && { achievements: rows }),
      success: true,
    },
  });
}

function playerRow(
  achievement: InventedAchievement,
  unlocks: ReadonlyMap<string, number | null>,
  withTexts: boolean,
) {
  const { apiName, title } = achievement;
  return {
    apiname: apiName,
    achieved: unlocks.has(apiName) ? 1 : 0,
    unlocktime: Math.floor((unlocks.get(apiName) ?? 0) / 1_000),
    ...(withTexts && { name: title, description: shownText(achievement) ?? "" }),
  };
}

/** Without stats some apps answer with nothing at all, others with their name. */
export function getSchemaForGame(world: World, parameters: URLSearchParams): Reply {
  const appId = Number(parameters.get("appid"));
  const achievements = world.achievements.achievementsOf(appId);
  const game = { gameName: internalName(world, appId), gameVersion: "13" };
  if (achievements === null) {
    return json({ game: appId % 20 === 0 ? game : {} }, "no_stats");
  }
  const stats = [{ name: "STAT_STEPS", defaultvalue: 0, displayName: "Steps" }];
  const rows = achievements.map((achievement) => schemaRow(appId, achievement));
  const availableGameStats = { ...(rows.length > 0 && { achievements: rows }), stats };
  return json({ game: { ...game, availableGameStats } });
}

function schemaRow(appId: number, achievement: InventedAchievement) {
  const { apiName, title, hidden } = achievement;
  const description = shownText(achievement);
  return {
    name: apiName,
    defaultvalue: 0,
    displayName: title,
    hidden: hidden ? 1 : 0,
    ...(description !== null && { description }),
    icon: `${ICONS}/${appId}/${iconName(appId, apiName)}`,
    icongray: `${ICONS}/${appId}/${iconName(appId, `${apiName} gray`)}`,
  };
}

/** The most common first; without a key. */
export function getGlobalAchievementPercentages(
  { achievements: book, settings }: World,
  parameters: URLSearchParams,
): Reply {
  const achievements = book.achievementsOf(Number(parameters.get("gameid")));
  if (achievements === null) return NO_PERCENTAGES;
  const rows = achievements
    .toSorted((one, other) => other.percent - one.percent)
    .map(({ apiName, percent }) => ({
      name: apiName,
      percent: settings.percentages === "text" ? percent.toFixed(1) : Math.fround(percent),
    }));
  return json({ achievementpercentages: { achievements: rows } });
}

/** Unless it is asked for more, it lists a few of the unlocked ones. */
const LISTED_UNLESS_ASKED = 8;

export function getTopAchievementsForGames(
  world: World,
  parameters: URLSearchParams,
  privacy: Privacy,
): Reply {
  const { topAchievements } = world.settings;
  if (topAchievements === 401) return { ...KEY_REFUSED, outcome: "token_only" };
  if (topAchievements === 404) return unknownMethod("IPlayerService", "GetTopAchievementsForGames");
  const isOther = parameters.get("steamid") !== world.player.truth.steamId;
  if (isOther || privacy.games) return json({ response: {} }, "private");
  const listedMax = Number(parameters.get("max_achievements") ?? LISTED_UNLESS_ASKED);
  const known = new Set(world.player.truth.games.map(({ appId }) => appId));
  const games = [...parameters]
    .filter(([name]) => /^appids\[\d+\]$/.test(name))
    .map(([, value]) => Number(value))
    .filter((appId) => known.has(appId))
    .map((appId) => topRow(world, appId, listedMax));
  return json({ response: { games } });
}

function topRow({ achievements: book, at }: World, appId: number, listedMax: number) {
  const achievements = book.achievementsOf(appId) ?? [];
  const unlocks = book.unlocksOf(appId, at);
  const rows = achievements.flatMap((achievement, index) => {
    const { apiName, title, hidden, percent } = achievement;
    if (!unlocks.has(apiName)) return [];
    return {
      statid: Math.floor(index / 32) + 1,
      bit: index % 32,
      name: title,
      desc: achievement.description,
      icon: iconName(appId, apiName),
      icon_gray: iconName(appId, `${apiName} gray`),
      hidden,
      player_percent_unlocked: percent.toFixed(1),
    };
  });
  return {
    appid: appId,
    total_achievements: achievements.length,
    ...(rows.length > 0 && { achievements: rows.slice(0, listedMax) }),
  };
}

function shownText({ hidden, description }: InventedAchievement): string | null {
  return hidden ? null : description;
}

/** One game in ten bears a name here that no shop would show. */
function internalName({ player }: World, appId: number): string {
  const name = player.truth.games.find((game) => game.appId === appId)?.name ?? "";
  return appId % 100 === 0 ? `ValveTestApp${appId}` : name;
}

function iconName(appId: number, name: string): string {
  return `${new Bun.CryptoHasher("sha1").update(`${appId} ${name}`).digest("hex")}.jpg`;
}
