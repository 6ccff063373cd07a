/** What the address of the library holds: its filters, so that a view can be kept and shared. */
import type { Game } from "@tracker/contracts";
import { readOrder, readText } from "../kit/address.ts";

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

/** Names every part, also one that is undefined: see kit/address.ts. */
export function readLibrarySearch(given: Record<string, unknown>): LibrarySearch {
  return {
    q: readText(given["q"]),
    status: STATUSES.find((status) => status === given["status"]),
    platform: readText(given["platform"]),
    tag: readText(given["tag"]),
    favorite: given["favorite"] === true ? true : undefined,
    archived: given["archived"] === true ? true : undefined,
    sort: SORTS.find((sort) => sort === given["sort"]),
    order: readOrder(given["order"]),
    view: given["view"] === "table" ? "table" : undefined,
  };
}
