import type { Statistics } from "@tracker/contracts";
import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { coverOf, platformOf, titleOf } from "./game-row.ts";
import { instantOf } from "./instant.ts";

/** What was played of one game in a range. */
export interface PlayedGame {
  readonly game_id: number;
  readonly title: string;
  readonly cover_url: string | null;
  readonly platform: string;
  readonly status: string;
  readonly minutes: number;
  readonly sessions: number;
}

type Part = Statistics["by_tag"][number];

/** Minutes by game from days and from gaps, most played first. `days` and `span` are the same range. */
export function playedGames(
  database: Database,
  days: { from: string; to: string },
  span: { start: number; end: number },
): PlayedGame[] {
  return database.drizzle.all<PlayedGame>(sql`
    WITH played AS (
      SELECT s.id, s.game_id, sum(d.minutes) AS minutes, 1 AS sessions
      FROM session_days d CROSS JOIN play_sessions s ON s.id = d.session_id
      WHERE d.day BETWEEN ${days.from} AND ${days.to} GROUP BY s.id
      UNION ALL SELECT id, game_id, minutes, 0 FROM play_sessions
      WHERE precision = 'gap' AND not_before >= ${span.start}
        AND coalesce(not_after, ended_at) <= ${span.end})
    SELECT g.id AS game_id, ${titleOf} AS title, ${coverOf} AS cover_url, ${platformOf} AS platform, g.status,
      sum(p.minutes) AS minutes, sum(p.sessions) AS sessions
    FROM played p JOIN games g ON g.id = p.game_id
    GROUP BY g.id HAVING sum(p.minutes) > 0 ORDER BY minutes DESC, g.id`);
}

/** Minutes and games by what `namesOf` says of each game; a game with several names counts for each. */
export function partsBy(
  games: readonly PlayedGame[],
  namesOf: (game: PlayedGame) => readonly string[],
): Part[] {
  const parts = new Map<string, { minutes: number; games: number }>();
  for (const game of games) {
    for (const name of namesOf(game)) {
      const part = parts.get(name) ?? { minutes: 0, games: 0 };
      parts.set(name, { minutes: part.minutes + game.minutes, games: part.games + 1 });
    }
  }
  return Array.from(parts, ([name, part]) => ({ name, ...part })).sort(
    (a, b) => b.minutes - a.minutes || (a.name < b.name ? -1 : 1),
  );
}

/** The library's own tags, and the catalogue's genres, by game. */
export function wordsOfGames(database: Database): {
  readonly tags: ReadonlyMap<number, readonly string[]>;
  readonly genres: ReadonlyMap<number, readonly string[]>;
} {
  const tags = database.drizzle.all<{ game_id: number; name: string }>(sql`
    SELECT gt.game_id, t.name FROM game_tags gt JOIN tags t ON t.id = gt.tag_id`);
  const genres = database.drizzle.all<{ game_id: number; name: string }>(sql`
    SELECT g.id AS game_id, w.name FROM games g
    JOIN app_genres ag ON ag.app_id = g.steam_app_id JOIN app_words w ON w.id = ag.word_id`);
  return { tags: namesByGame(tags), genres: namesByGame(genres) };
}

function namesByGame(
  rows: readonly { readonly game_id: number; readonly name: string }[],
): Map<number, string[]> {
  const names = new Map<number, string[]>();
  for (const { game_id: id, name } of rows) {
    const known = names.get(id);
    if (known === undefined) names.set(id, [name]);
    else known.push(name);
  }
  return names;
}

/** The sitting with the most minutes of those that began in the range. */
export function longestSession(
  database: Database,
  span: { start: number; end: number },
): Statistics["longest_session"] {
  const [row] = database.drizzle.all<{
    session_id: number;
    game_id: number;
    title: string;
    cover_url: string | null;
    started_at: number;
    minutes: number;
  }>(sql`
    SELECT s.id AS session_id, s.game_id, ${titleOf} AS title, ${coverOf} AS cover_url, s.started_at, s.minutes
    FROM play_sessions s JOIN games g ON g.id = s.game_id
    WHERE s.started_at >= ${span.start} AND s.started_at < ${span.end} AND s.precision NOT IN ('gap', 'month')
      AND s.minutes > 0
    ORDER BY s.minutes DESC, s.started_at DESC LIMIT 1`);
  return row === undefined ? null : { ...row, started_at: instantOf(row.started_at) };
}
