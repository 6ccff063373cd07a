import type { SQLQueryBindings } from "bun:sqlite";
import { type Static, Type } from "@sinclair/typebox";
import type { Condition, Piece } from "./app-filter.ts";
import type { Database } from "./database.ts";

/** The value sorted by (null where it is not known), and the rank. */
export const Position = Type.Tuple([
  Type.Union([Type.String(), Type.Number(), Type.Null()]),
  Type.Integer(),
]);
export type Position = Static<typeof Position>;

export interface SortColumn {
  /** Null for popularity, which is the order of the table itself. */
  readonly column: string | null;
  /** The index that has its order; SQLite would rather sort all that one of the filters leaves. */
  readonly index?: string;
  readonly order: "asc" | "desc";
}

/**
 * Up to how many rows a filter (or the words of `q`) may leave for them to be looked up and sorted; otherwise rows are walked in
 * their order until a page is full. Names are found faster than other things, and comparing one while walking costs more.
 */
export interface LookUps {
  readonly rows: number;
  readonly names: number;
}
export const LOOK_UPS: LookUps = { rows: 2_000, names: 10_000 };

/** A search as it is run. */
export interface Search {
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

/** Where rows are read from. */
export interface Source extends Piece {
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
export function chooseSource(database: Database, search: Search): Source {
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
export function dynamic<Row>(database: Database, sql: string) {
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
