import { nameKeyOf, searchTextOf } from "./app-name.ts";
import { searchRankOf } from "./app-popularity.ts";
import { reviewShareOf } from "./app-row.ts";
import type { Database } from "./database.ts";

interface Source {
  readonly name: string;
  readonly type: string | null;
  readonly is_active: number;
  readonly is_free: number | null;
  readonly release_date: string | null;
  readonly owners_low: number | null;
  readonly owners_high: number | null;
  readonly positive: number | null;
  readonly negative: number | null;
  readonly price_final: number | null;
  readonly ccu: number | null;
}

const SOURCE = `SELECT a.name, a.type, a.is_active, m.is_free, m.release_date, m.owners_low, m.owners_high, m.positive,
    m.negative, m.price_final, m.ccu
  FROM apps a LEFT JOIN app_metadata m ON m.app_id = a.app_id WHERE a.app_id = ?`;
const COLUMNS = `search_rank, app_id, is_active, type, name_key, owners_low, owners_high, reviews, review_share, price,
  release_date, ccu`;
const INSERT = `INSERT INTO app_search (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const UPDATE = `UPDATE app_search SET is_active = ?, type = ?, name_key = ?, owners_low = ?, owners_high = ?, reviews = ?,
  review_share = ?, price = ?, release_date = ?, ccu = ? WHERE search_rank = ?`;

/** Brings what search looks at up to date with an app; `renamed` when its name may differ from what is indexed. */
export function indexApp(database: Database, appId: number, renamed: boolean): void {
  const source = database.prepare<Source>(SOURCE).get(appId);
  if (source === null) return;
  const { positive, negative } = source;
  const reviews = positive === null || negative === null ? null : positive + negative;
  const rank = searchRankOf(appId, {
    ownersLow: source.owners_low,
    reviews,
    ccu: source.ccu,
  });
  const values = [
    source.is_active,
    source.type,
    nameKeyOf(source.name),
    source.owners_low,
    source.owners_high,
    reviews,
    reviewShareOf(positive, negative),
    // What is free costs nothing, whether or not a source said so with a price.
    source.is_free === 1 ? 0 : source.price_final,
    source.release_date,
    source.ccu,
  ];
  const before = database
    .prepare<{ search_rank: number }>("SELECT search_rank FROM app_search WHERE app_id = ?")
    .get(appId)?.search_rank;
  if (before === rank) database.prepare(UPDATE).run(...values, rank);
  else {
    if (before !== undefined) {
      database.prepare("DELETE FROM app_search WHERE search_rank = ?").run(before);
    }
    database.prepare(INSERT).run(rank, appId, ...values);
  }
  if (before === rank && !renamed) return;
  if (before !== undefined) {
    database.prepare("DELETE FROM app_names WHERE rowid = ?").run(before);
  }
  database
    .prepare("INSERT INTO app_names (rowid, words) VALUES (?, ?)")
    .run(rank, searchTextOf(source.name));
}
