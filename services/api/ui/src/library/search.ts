/** What the address of the library holds: its filters, so that a view can be kept and shared. */
import type { Game } from "@tracker/contracts";

export const STATUSES = [
  "Playing",
  "Completed",
  "Backlog",
  "Dropped",
  "Wishlist",
] as const satisfies readonly Game["status"][];
export const SORTS = [
  "title",
  "hours_played",
  "rating",
  "created_at",
  "last_played_at",
  "completion",
] as const;
export type Sort = (typeof SORTS)[number];

export interface LibrarySearch {
  readonly q?: string | undefined;
  readonly status?: Game["status"] | undefined;
  readonly platform?: string | undefined;
  readonly tag?: string | undefined;
  readonly favorite?: true | undefined;
  readonly archived?: true | undefined;
  readonly sort?: Sort | undefined;
  readonly order?: "asc" | "desc" | undefined;
  readonly view?: "table" | undefined;
}

/**
 * Reads an address that anybody may have typed: what does not fit is undefined. It is named all the same, as the router lays what
 * is read over what was typed.
 */
export function readLibrarySearch(given: Record<string, unknown>): LibrarySearch {
  return {
    q: text(given["q"]),
    status: STATUSES.find((status) => status === given["status"]),
    platform: text(given["platform"]),
    tag: text(given["tag"]),
    favorite: given["favorite"] === true ? true : undefined,
    archived: given["archived"] === true ? true : undefined,
    sort: SORTS.find((sort) => sort === given["sort"]),
    order: given["order"] === "asc" || given["order"] === "desc" ? given["order"] : undefined,
    view: given["view"] === "table" ? "table" : undefined,
  };
}

function text(value: unknown): string | undefined {
  const given = typeof value === "number" ? String(value) : value;
  return typeof given === "string" && given !== "" ? given : undefined;
}
