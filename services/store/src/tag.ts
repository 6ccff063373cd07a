import type { listTags as definition, Output } from "@tracker/contracts";
import type { Database } from "./database.ts";
import { fold } from "./fold.ts";

/** Every tag with how many games of the library carry it; archived games keep their tags but do not count. */
export function listTags(database: Database): Output<typeof definition> {
  const items = database
    .prepare<{ name: string; games: number }>(
      `SELECT t.name, count(g.id) AS games FROM tags t
       LEFT JOIN game_tags gt ON gt.tag_id = t.id
       LEFT JOIN games g ON g.id = gt.game_id AND g.archived_at IS NULL
       GROUP BY t.id ORDER BY fold(t.name)`,
    )
    .all();
  return { items };
}

/** Gives a game exactly these tags, making those that are new and removing those that nothing carries any more. Answers whether that changed anything. */
export function setGameTags(database: Database, gameId: number, names: readonly string[]): boolean {
  const wanted = new Set(names.map((name) => tagId(database, name.trim())));
  const present = new Set(
    database
      .prepare<{ tag_id: number }>("SELECT tag_id FROM game_tags WHERE game_id = ?")
      .all(gameId)
      .map((row) => row.tag_id),
  );
  const added = wanted.difference(present);
  const removed = present.difference(wanted);
  for (const id of added) {
    database.prepare("INSERT INTO game_tags (game_id, tag_id) VALUES (?, ?)").run(gameId, id);
  }
  for (const id of removed) {
    database.prepare("DELETE FROM game_tags WHERE game_id = ? AND tag_id = ?").run(gameId, id);
  }
  if (removed.size > 0) removeUnusedTags(database);
  return added.size + removed.size > 0;
}

export function removeUnusedTags(database: Database): void {
  database.prepare("DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM game_tags)").run();
}

/** The tag of that name, however it is written; the first spelling stays. */
function tagId(database: Database, name: string): number {
  const known = database
    .prepare<{ id: number }>("SELECT id FROM tags WHERE fold(name) = ? LIMIT 1")
    .get(fold(name));
  if (known !== null) return known.id;
  const { lastInsertRowid } = database.prepare("INSERT INTO tags (name) VALUES (?)").run(name);
  return Number(lastInsertRowid);
}
