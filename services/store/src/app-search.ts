import {
  type AppSort,
  type Output,
  PAGE_LIMIT_DEFAULT,
  type searchApps as definition,
} from "@tracker/contracts";
import type { SQLQueryBindings } from "bun:sqlite";
import { type Static, Type } from "@sinclair/typebox";
import {
  type AppsInput,
  type Condition,
  conditionsOf,
  nameQueryFor,
  type Piece,
} from "./app-filter.ts";
import { nameMatcher } from "./app-name.ts";
import { APP_COLUMNS, type AppRow, toAppSummary } from "./app-row.ts";
import { decodeCursor, encodeCursor, type ListQuery, pageOf } from "./cursor.ts";
import type { Database } from "./database.ts";

/** The value sorted by (null where it is not known), and the rank. */
const Position = Type.Tuple([
  Type.Union([Type.String(), Type.Number(), Type.Null()]),
  Type.Integer(),
]);
type Position = Static<typeof Position>;

interface Hit {
  readonly search_rank: number;
  readonly app_id: number;
  readonly key: Position[0];
}

interface SortColumn {
  /** Null for popularity, which is the order of the table itself. */
  readonly column: string | null;
  /** The index that has its order; SQLite would rather sort all that one of the filters leaves. */
  readonly index?: string;
  readonly order: "asc" | "desc";
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
 * Up to how many rows a filter (or the words of `q`) may leave for them to be looked up and sorted; otherwise rows are walked in
 * their order until a page is full. Names are found faster than other things, and comparing one while walking costs more.
 */
export interface LookUps {
  readonly rows: number;
  readonly names: number;
}
const LOOK_UPS: LookUps = { rows: 2_000, names: 10_000 };

interface Search {
  readonly conditions: readonly Condition[];
  readonly query: string | undefined;
  readonly q: string | undefined;
  readonly sort: SortColumn;
  /** Against the order that is natural to the sort, which its index has. */
  readonly isReversed: boolean;
  readonly after: Position | undefined;
  readonly lookUps: LookUps;
  /** One more than a page holds. */
  readonly count: number;
}

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

/** All rows by popularity, or those of which the value sorted by is known, or is not. */
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

interface Source extends Piece {
  /** Conditions that the rows of this source meet already. */
  readonly met: readonly Condition[];
  /** Whether `q` is met as well. */
  readonly named: boolean;
  /** The column that the order of popularity is read from. */
  readonly rank: string;
  /** Whether its rows come from an index of their own, rather than from the sort's. */
  readonly isLookedUp: boolean;
}

/** The smallest set of rows that an index finds, if it is small enough; else all of them, in the order wanted. */
function chooseSource(database: Database, search: Search): Source {
  const { conditions, query, sort, lookUps } = search;
  let smallest: { count: number; ranks: Piece; condition: Condition | null } | undefined;
  const consider = (ranks: Piece, counted: Piece, condition: Condition | null, max: number) => {
    const count = countUpTo(database, counted, Math.min(max, smallest?.count ?? max));
    if (count !== undefined) smallest = { count, ranks, condition };
  };
  for (const condition of conditions) {
    const { ranks } = condition;
    if (ranks !== undefined) consider(ranks, condition.counted ?? ranks, condition, lookUps.rows);
  }
  if (query !== undefined && sort.column !== null) {
    const ranks = { sql: NAME_RANKS, values: [query] };
    consider(ranks, ranks, null, lookUps.names);
  }
  if (smallest !== undefined) {
    const { ranks, condition } = smallest;
    return {
      sql: `(${ranks.sql}) found CROSS JOIN app_search s ON s.search_rank = found.search_rank`,
      values: ranks.values,
      rank: "s.search_rank",
      met: condition === null ? [] : [condition],
      named: condition === null,
      isLookedUp: true,
    };
  }
  if (query !== undefined && sort.column === null) return { ...NAMES_IN_ORDER, values: [query] };
  return ALL;
}

const NAME_RANKS = "SELECT rowid AS search_rank FROM app_names WHERE app_names MATCH ?";
const ALL: Source = {
  sql: "app_search s",
  values: [],
  rank: "s.search_rank",
  met: [],
  named: false,
  isLookedUp: false,
};
/** The name index gives its rows in the order of popularity, so that the walk ends with the page. */
const NAMES_IN_ORDER: Source = {
  sql: "app_names n CROSS JOIN app_search s ON s.search_rank = n.rowid AND n.app_names MATCH ?",
  values: [],
  rank: "n.rowid",
  met: [],
  named: true,
  isLookedUp: true,
};

/** SQL made of any of many filters: the driver keeps the newest 20, where keeping all would keep thousands. */
function dynamic<Row>(database: Database, sql: string) {
  return database.raw.query<Row, SQLQueryBindings[]>(sql);
}

/** How many rows there are, if not more than `max`. */
function countUpTo(database: Database, ranks: Piece, max: number): number | undefined {
  const row = dynamic<{ n: number }>(
    database,
    `SELECT count(*) AS n FROM (${ranks.sql} LIMIT ?)`,
  ).get(...ranks.values, max + 1);
  return row === null || row.n > max ? undefined : row.n;
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

/** So many names fit that a page is soon full: they are compared one by one. */
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
