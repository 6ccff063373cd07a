import { PARTS_MAX, type Statistics } from "@tracker/contracts";
import type { Database } from "./database.ts";
import type { GamePlay } from "./statistics-play.ts";

/** A played game, as it is named and sorted now. */
export interface PlayedGame extends Readonly<GamePlay> {
  readonly game_id: number;
  readonly title: string;
  readonly cover_url: string | null;
  readonly platform: string;
  readonly status: string;
  readonly appId: number | null;
}

/** Everything that parts are made of: the games with minutes, the most played first. */
export function playedGames(
  database: Database,
  play: ReadonlyMap<number, Readonly<GamePlay>>,
): PlayedGame[] {
  const rows = database
    .prepare<Omit<PlayedGame, keyof GamePlay>>(
      `SELECT g.id AS game_id, coalesce(g.title_override, g.title) AS title,
         coalesce(g.cover_override, g.cover_url) AS cover_url,
         coalesce(g.platform_override, g.platform) AS platform, g.status, g.steam_app_id AS appId
       FROM games g WHERE g.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...play.keys()]));
  return rows
    .map((game) => Object.assign(game, play.get(game.game_id) ?? { minutes: 0, sessions: 0 }))
    .sort((a, b) => b.minutes - a.minutes || a.game_id - b.game_id);
}

type Part = Statistics["by_tag"][number];
type Breakdown = Pick<
  Statistics,
  "by_platform" | "by_status" | "by_tag" | "by_genre" | "by_catalogue_tag"
>;

/** Minutes by what the games are. */
export function breakDown(database: Database, games: readonly PlayedGame[]): Breakdown {
  const tags = tagsOf(database);
  const genres = genresOf(database);
  const catalogueTags = catalogueTagsOf(database, games);
  return {
    by_platform: partsBy(games, ({ platform }) => [platform]),
    by_status: partsBy(games, ({ status }) => [status]),
    by_tag: partsBy(games, ({ game_id: id }) => tags.get(id) ?? []),
    by_genre: partsBy(games, ({ game_id: id }) => genres.get(id) ?? []),
    by_catalogue_tag: partsBy(
      games,
      ({ game_id: id }) => catalogueTags.get(id) ?? tags.get(id) ?? [],
    ),
  };
}

/** A game with several names counts for each. */
function partsBy(
  games: readonly PlayedGame[],
  namesOf: (game: PlayedGame) => readonly string[],
): Part[] {
  const parts = new Map<string, Part>();
  for (const game of games) {
    for (const name of namesOf(game)) {
      const part = parts.get(name);
      if (part === undefined) {
        parts.set(name, { name, minutes: game.minutes, games: 1 });
        continue;
      }
      part.minutes += game.minutes;
      part.games += 1;
    }
  }
  return [...parts.values()]
    .sort((a, b) => b.minutes - a.minutes || (a.name < b.name ? -1 : 1))
    .slice(0, PARTS_MAX);
}

type NamesByGame = ReadonlyMap<number, readonly string[]>;

function tagsOf(database: Database): NamesByGame {
  return readNames(
    database,
    "SELECT gt.game_id, t.name FROM game_tags gt JOIN tags t ON t.id = gt.tag_id",
  );
}

function genresOf(database: Database): NamesByGame {
  return readNames(
    database,
    `SELECT g.id AS game_id, w.name FROM games g
     JOIN app_genres ag ON ag.app_id = g.steam_app_id JOIN app_words w ON w.id = ag.word_id`,
  );
}

const CATALOGUE_TAGS = 5;

/** The heaviest tags of each game that the catalogue knows any of. */
function catalogueTagsOf(database: Database, games: readonly PlayedGame[]): NamesByGame {
  const heaviest = database.prepare<{ name: string }>(
    `SELECT w.name FROM app_tags t JOIN app_words w ON w.id = t.word_id
     WHERE t.app_id = ? ORDER BY t.weight DESC, w.name LIMIT ${CATALOGUE_TAGS}`,
  );
  const names = new Map<number, string[]>();
  for (const { game_id: id, appId } of games) {
    if (appId === null) continue;
    const found = heaviest.all(appId).map(({ name }) => name);
    if (found.length > 0) names.set(id, found);
  }
  return names;
}

function readNames(database: Database, sql: string): NamesByGame {
  const names = new Map<number, string[]>();
  for (const { game_id: id, name } of database
    .prepare<{ game_id: number; name: string }>(sql)
    .all()) {
    const known = names.get(id);
    if (known === undefined) names.set(id, [name]);
    else known.push(name);
  }
  return names;
}
