import type { ServiceError } from "@tracker/contracts";
import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { invalid } from "./invalid.ts";

/** A list as one question put it: its name, filters and sort, but neither limit nor cursor. */
export type ListQuery = readonly [list: string, ...parts: unknown[]];

/** Where a page ended, as a text that its reader need not understand: bound to the query, so that it cannot continue another. */
export function encodeCursor(query: ListQuery, position: unknown): string {
  return Buffer.from(JSON.stringify([fingerprint(query), position])).toString("base64url");
}

/** Reads a cursor of the same query; undefined without one. INVALID for another query's and for anything that is no cursor. */
export function decodeCursor<T extends TSchema>(
  query: ListQuery,
  schema: T,
  cursor: string | undefined,
): Static<T> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = parse(cursor);
  if (!Array.isArray(parsed)) throw invalidCursor("a next_cursor of the page before");
  if (parsed[0] !== fingerprint(query)) {
    throw invalidCursor("the next_cursor of a page with the same filters and sort");
  }
  const position: unknown = parsed[1];
  if (!Value.Check(schema, position)) throw invalidCursor("a next_cursor of the page before");
  return position;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
}

function invalidCursor(expected: string): ServiceError {
  return invalid("/cursor", expected, "another text");
}

/** Undefined parts count as null, which JSON makes of them. */
function fingerprint(query: ListQuery): string {
  return Bun.hash(JSON.stringify(query)).toString(36);
}

/** Makes a page of up to `limit` rows out of `limit` + 1: the last one only says that there is more. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  toCursor: (row: Row) => string,
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    next_cursor: rows.length > limit && last !== undefined ? toCursor(last) : null,
  };
}
