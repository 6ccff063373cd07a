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
  /** Ids with commas between them: of the owner's tags, of the catalogue's genres, and of its heaviest tags. */
  readonly tags: string | null;
  readonly genres: string | null;
  readonly catalogue_tags: string | null;
}

const CATALOGUE_TAGS = 5;

/** Everything that parts are made of: the games with minutes, the most played first. */
export function playedGames(
  database: Database,
  play: ReadonlyMap<number, Readonly<GamePlay>>,
): PlayedGame[] {
  const rows = database
    .prepare<Omit<PlayedGame, keyof GamePlay>>(
      `SELECT g.id AS game_id, coalesce(g.title_override, g.title) AS title,
         coalesce(g.cover_override, g.cover_url) AS cover_url,
         coalesce(g.platform_override, g.platform) AS platform, g.status,
         (SELECT group_concat(tag_id) FROM game_tags WHERE game_id = g.id) AS tags,
         (SELECT group_concat(word_id) FROM app_genres WHERE app_id = g.steam_app_id) AS genres,
         (SELECT group_concat(word_id) FROM (SELECT word_id FROM app_tags WHERE app_id = g.steam_app_id
           ORDER BY weight DESC, word_id DESC LIMIT ${CATALOGUE_TAGS})) AS catalogue_tags
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
  const tags = namesById(database, "SELECT id, name FROM tags");
  const words = namesById(database, "SELECT id, name FROM app_words");
  const named = (ids: string | null, names: ReadonlyMap<string, string>) =>
    ids === null ? [] : ids.split(",").map((id) => names.get(id) ?? id);
  return {
    by_platform: partsBy(games, ({ platform }) => [platform]),
    by_status: partsBy(games, ({ status }) => [status]),
    by_tag: partsBy(games, (game) => named(game.tags, tags)),
    by_genre: partsBy(games, (game) => named(game.genres, words)),
    by_catalogue_tag: partsBy(games, (game) =>
      game.catalogue_tags === null ? named(game.tags, tags) : named(game.catalogue_tags, words),
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

function namesById(database: Database, sql: string): ReadonlyMap<string, string> {
  const rows = database.prepare<{ id: number; name: string }>(sql).all();
  return new Map(rows.map(({ id, name }) => [String(id), name]));
}
