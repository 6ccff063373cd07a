import {
  type AppSort,
  type Output,
  PAGE_LIMIT_DEFAULT,
  type searchApps as definition,
} from "@tracker/contracts";
import { type AppsInput, conditionsOf, nameQueryFor, type Piece } from "./app-filter.ts";
import { nameMatcher } from "./app-name.ts";
import { APP_COLUMNS, type AppRow, toAppSummary } from "./app-row.ts";
import {
  chooseSource,
  dynamic,
  LOOK_UPS,
  type LookUps,
  Position,
  type Search,
  type SortColumn,
  type Source,
} from "./app-search-source.ts";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";

interface Hit {
  readonly search_rank: number;
  readonly app_id: number;
  readonly key: Position[0];
}

const SORTS: Record<AppSort, SortColumn> = {
  popularity: { column: null, order: "desc" },
  name: { column: "name_key", index: "app_search_by_name", order: "asc" },
  owners: { column: "owners_low", index: "app_search_by_owners", order: "desc" },
  reviews: { column: "reviews", index: "app_search_by_reviews", order: "desc" },
  review_share: { column: "review_share", index: "app_search_by_share", order: "desc" },
  price: { column: "price", index: "app_search_by_price", order: "asc" },
  release: { column: "release_date", index: "app_search_by_release", order: "desc" },
  ccu: { column: "ccu", index: "app_search_by_ccu", order: "desc" },
};

/**
 * Apps by the sort's value and popularity; what is not known comes last in either order. A page starts after the values of the
 * last app of the page before, so that what a crawl writes meanwhile neither repeats nor hides an app that it does not move.
 */
export function searchApps(
  database: Database,
  input: AppsInput,
  lookUps: LookUps = LOOK_UPS,
): Output<typeof definition> {
  const { limit = PAGE_LIMIT_DEFAULT, cursor, sort: sortName = "popularity", ...filter } = input;
  const sort = SORTS[sortName];
  const order = input.order ?? sort.order;
  const listQuery: ListQuery = ["apps", sortName, order, ...filterParts(filter)];
  const after = decodeCursor(listQuery, Position, cursor);
  const query = nameQueryFor(input);
  const conditions = conditionsOf(database, input);
  const isReversed = order !== sort.order;
  const search = { query, q: input.q, sort, isReversed, after, lookUps, count: limit + 1 };
  const hits = conditions === null ? [] : findHits(database, { ...search, conditions });
  const summaries = readSummaries(database, hits.slice(0, limit));
  const toCursor = (hit: Hit) => encodeCursor(listQuery, [hit.key, hit.search_rank]);
  const page = pageOf(hits, limit, (hit) => summaries.get(hit.app_id), toCursor);
  return { ...page, items: page.items.filter((item) => item !== undefined) };
}

/** The filters in one order, in whatever order they were given. */
function filterParts({ order: _order, ...filter }: AppsInput): unknown[] {
  return Object.entries({ ...filter, active: filter.active ?? true })
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** All rows by popularity, or only those with a value in the sorted column, or only those without. */
type Part = "all" | "known" | "unknown";

/** Known values first, then those without, which only the order of popularity has. */
function findHits(database: Database, search: Search): Hit[] {
  const from = chooseSource(database, search);
  const { sort, after, count } = search;
  if (sort.column === null) return readHits(database, search, from, "all");
  const known = after?.[0] === null ? [] : readHits(database, search, from, "known");
  if (known.length >= count || sort.column === "name_key") return known;
  const rest = { ...search, count: count - known.length };
  return [...known, ...readHits(database, rest, from, "unknown")];
}

function readHits(database: Database, search: Search, from: Source, part: Part): Hit[] {
  const { conditions, query, q, sort, isReversed, count } = search;
  const residual = conditions.filter((condition) => !from.met.includes(condition));
  const pieces: Piece[] = [
    ...residual,
    ...(part === "known" ? [{ sql: `s.${sort.column} IS NOT NULL`, values: [] }] : []),
    ...(part === "unknown" ? [{ sql: `s.${sort.column} IS NULL`, values: [] }] : []),
    ...afterPosition(search, from.rank, part),
  ];
  const key = part === "known" ? `s.${sort.column}` : "NULL";
  const keyOrder = (sort.order === "asc") === isReversed ? "DESC" : "ASC";
  const rankOrder = isReversed ? "DESC" : "ASC";
  const walked = part === "known" ? `INDEXED BY ${sort.index}` : "NOT INDEXED";
  const sql = `SELECT s.search_rank, s.app_id, ${key} AS key FROM ${from.sql} ${from.isLookedUp ? "" : walked}
    WHERE ${["true", ...pieces.map((piece) => `(${piece.sql})`)].join(" AND ")}
    ORDER BY ${part === "known" ? `s.${sort.column} ${keyOrder}, ` : ""}${from.rank} ${rankOrder}`;
  const values = [...from.values, ...pieces.flatMap((piece) => piece.values)];
  if (query === undefined || from.named || q === undefined) {
    return dynamic<Hit>(database, `${sql} LIMIT ?`).all(...values, count);
  }
  return walkNames(database, { sql, values }, nameMatcher(q), count);
}

/** For words that very many names have: the names are compared one by one, as a page fills soon. */
function walkNames(
  database: Database,
  { sql, values }: Piece,
  matches: (name: string) => boolean,
  count: number,
): Hit[] {
  const nameOf = database.prepare<{ name: string }>("SELECT name FROM apps WHERE app_id = ?");
  const hits: Hit[] = [];
  for (const hit of dynamic<Hit>(database, sql).iterate(...values)) {
    if (matches(nameOf.get(hit.app_id)?.name ?? "")) hits.push(hit);
    if (hits.length >= count) break;
  }
  return hits;
}

function afterPosition(
  { sort, isReversed, after }: Search,
  rankColumn: string,
  part: Part,
): Piece[] {
  if (after === undefined) return [];
  const [key, rank] = after;
  const beyondRank = isReversed ? "<" : ">";
  const rankOnly = [{ sql: `${rankColumn} ${beyondRank} ?`, values: [rank] }];
  if (part === "all") return rankOnly;
  if (part === "unknown") return key === null ? rankOnly : [];
  const beyond = (sort.order === "asc") === isReversed ? "<" : ">";
  const column = `s.${sort.column}`;
  return [
    {
      // The first comparison is what lets the index begin at the place.
      sql: `${column} ${beyond}= ? AND (${column} ${beyond} ? OR s.search_rank ${beyondRank} ?)`,
      values: [key, key, rank],
    },
  ];
}

function readSummaries(database: Database, hits: readonly Hit[]) {
  const rows = database
    .prepare<AppRow>(
      `SELECT ${APP_COLUMNS} FROM json_each(?) each CROSS JOIN apps a ON a.app_id = each.value
       LEFT JOIN app_metadata m ON m.app_id = a.app_id`,
    )
    .all(JSON.stringify(hits.map((hit) => hit.app_id)));
  return new Map(rows.map((row) => [row.app_id, toAppSummary(row)]));
}
