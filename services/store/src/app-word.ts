import type { Database } from "./database.ts";
import { fold } from "./fold.ts";

export type WordKind = "tag" | "genre";

interface Carried {
  readonly word_id: number;
  readonly weight: number;
}

/** Steam's word of that name, however it is written; the first spelling stays. */
function wordId(database: Database, kind: WordKind, name: string): number {
  const known = findWord(database, kind, name);
  if (known !== null) return known;
  const { lastInsertRowid } = database
    .prepare("INSERT INTO app_words (kind, name, key) VALUES (?, ?, ?)")
    .run(kind, name.trim(), wordKeyOf(name));
  return Number(lastInsertRowid);
}

export function findWord(database: Database, kind: WordKind, name: string): number | null {
  const row = database
    .prepare<{ id: number }>("SELECT id FROM app_words WHERE kind = ? AND key = ?")
    .get(kind, wordKeyOf(name));
  return row?.id ?? null;
}

function wordKeyOf(name: string): string {
  return fold(name.trim());
}

/** Gives an app exactly these tags; only rows that differ are written. Answers whether any did. */
export function setAppTags(
  database: Database,
  appId: number,
  tags: readonly { readonly name: string; readonly weight: number }[],
): boolean {
  const wanted = new Map<number, number>();
  for (const { name, weight } of tags) {
    if (name.trim() === "") continue;
    const id = wordId(database, "tag", name);
    wanted.set(id, Math.max(weight, wanted.get(id) ?? 0));
  }
  const present = database
    .prepare<Carried>("SELECT word_id, weight FROM app_tags WHERE app_id = ?")
    .all(appId);
  let changed = false;
  for (const { word_id: id, weight } of present) {
    if (wanted.get(id) === weight) wanted.delete(id);
    else if (!wanted.has(id)) {
      database.prepare("DELETE FROM app_tags WHERE word_id = ? AND app_id = ?").run(id, appId);
      changed = true;
    }
  }
  for (const [id, weight] of wanted) {
    database
      .prepare(
        `INSERT INTO app_tags (word_id, app_id, weight) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET weight = excluded.weight`,
      )
      .run(id, appId, weight);
    changed = true;
  }
  return changed;
}

/** Gives an app exactly these genres. Answers whether that changed anything. */
export function setAppGenres(database: Database, appId: number, names: readonly string[]): boolean {
  const wanted = new Set(
    names.filter((name) => name.trim() !== "").map((name) => wordId(database, "genre", name)),
  );
  const present = new Set(
    database
      .prepare<{ word_id: number }>("SELECT word_id FROM app_genres WHERE app_id = ?")
      .all(appId)
      .map((row) => row.word_id),
  );
  const added = wanted.difference(present);
  const removed = present.difference(wanted);
  for (const id of removed) {
    database.prepare("DELETE FROM app_genres WHERE word_id = ? AND app_id = ?").run(id, appId);
  }
  for (const id of added) {
    database.prepare("INSERT INTO app_genres (word_id, app_id) VALUES (?, ?)").run(id, appId);
  }
  return added.size + removed.size > 0;
}
