import { type Input, type searchApps } from "@tracker/contracts";
import type { SQLQueryBindings } from "bun:sqlite";
import { nameQueryOf } from "./app-name.ts";
import { findWord } from "./app-word.ts";
import type { Database } from "./database.ts";
import { readDay } from "./day-range.ts";
import { invalid } from "./invalid.ts";

export type AppsInput = Input<typeof searchApps>;

/** A piece of SQL with the values of its question marks. */
export interface Piece {
  readonly sql: string;
  readonly values: readonly SQLQueryBindings[];
}

/** One filter: a condition on a row `s` of app_search, and, where an index finds its rows, a query of their ranks. */
export interface Condition extends Piece {
  readonly ranks?: Piece;
  /** A cheaper query with the same number of rows, used for counting. */
  readonly counted?: Piece;
}

/** The conditions of a search but for the words of its `q`. Null when a tag or genre is asked for that no app has. */
export function conditionsOf(database: Database, input: AppsInput): Condition[] | null {
  const words = wordConditions(database, input);
  if (words === null) return null;
  return [
    activeCondition(input.active ?? true),
    ...words,
    ...figureConditions(input),
    ...ownedConditions(input),
  ];
}

/** The name index's question for `q`; undefined without one. INVALID when it holds nothing to look for. */
export function nameQueryFor({ q }: AppsInput): string | undefined {
  if (q === undefined) return undefined;
  const query = nameQueryOf(q);
  if (query !== null) return query;
  throw invalid("/q", "letters, digits or signs", "none");
}

function activeCondition(active: boolean): Condition {
  const condition = { sql: "s.is_active = ?", values: [Number(active)] };
  if (active) return condition;
  return {
    ...condition,
    ranks: { sql: "SELECT search_rank FROM app_search WHERE is_active = 0", values: [] },
  };
}

function wordConditions(database: Database, { tag, genre }: AppsInput): Condition[] | null {
  const conditions: Condition[] = [];
  for (const [kind, table, name] of [
    ["tag", "app_tags", tag],
    ["genre", "app_genres", genre],
  ] as const) {
    if (name === undefined) continue;
    const id = findWord(database, kind, name);
    if (id === null) return null;
    conditions.push({
      sql: `EXISTS (SELECT 1 FROM ${table} w WHERE w.word_id = ? AND w.app_id = s.app_id)`,
      values: [id],
      ranks: {
        sql: `SELECT r.search_rank FROM ${table} w CROSS JOIN app_search r ON r.app_id = w.app_id WHERE w.word_id = ?`,
        values: [id],
      },
      counted: { sql: `SELECT 1 FROM ${table} WHERE word_id = ?`, values: [id] },
    });
  }
  return conditions;
}

function figureConditions(input: AppsInput): Condition[] {
  const bounds: [column: string, operator: string, value: string | number | undefined][] = [
    ["type", "=", input.type],
    ["owners_low", ">=", input.min_owners],
    ["owners_high", "<=", input.max_owners],
    ["reviews", ">=", input.min_reviews],
    ["review_share", ">=", input.min_review_share],
    ["review_share", "<=", input.max_review_share],
    ["price", ">=", input.min_price],
    ["price", "<=", input.max_price],
    ["release_date", ">=", dayOf(input.released_from, "/released_from")],
    ["release_date", "<=", dayOf(input.released_to, "/released_to")],
  ];
  return bounds.flatMap(([column, operator, value]) => {
    if (value === undefined) return [];
    const condition = { sql: `s.${column} ${operator} ?`, values: [value] };
    if (!INDEXED.has(column)) return [condition];
    const ranks = {
      sql: `SELECT search_rank FROM app_search WHERE ${column} ${operator} ?`,
      values: [value],
    };
    return [{ ...condition, ranks }];
  });
}

/** Columns of app_search that have an index. */
const INDEXED = new Set(["type", "owners_low", "reviews", "review_share", "price", "release_date"]);

function dayOf(day: string | undefined, field: string): string | undefined {
  return day === undefined ? undefined : readDay(day, field);
}

function ownedConditions({ owned }: AppsInput): Condition[] {
  if (owned === undefined) return [];
  const sql = `EXISTS (SELECT 1 FROM games g WHERE g.steam_app_id = s.app_id AND g.archived_at IS NULL)`;
  if (!owned) return [{ sql: `NOT ${sql}`, values: [] }];
  const ranks = {
    sql: `SELECT r.search_rank FROM games g CROSS JOIN app_search r ON r.app_id = g.steam_app_id WHERE g.archived_at IS NULL`,
    values: [],
  };
  const counted = { sql: "SELECT 1 FROM games WHERE steam_app_id IS NOT NULL", values: [] };
  return [{ sql, values: [], ranks, counted }];
}
