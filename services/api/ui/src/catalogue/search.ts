/** What the address of the catalogue holds. */
import { readOrder, readText } from "../kit/address.ts";
import { readDay } from "../kit/civil-day.ts";

export const APP_SORTS = [
  "popularity",
  "name",
  "owners",
  "reviews",
  "review_share",
  "price",
  "release",
  "ccu",
] as const;

export interface CatalogueSearch {
  readonly q?: string | undefined;
  readonly type?: string | undefined;
  readonly genre?: string | undefined;
  readonly tag?: string | undefined;
  readonly min_owners?: number | undefined;
  readonly min_review_share?: number | undefined;
  readonly max_price?: number | undefined;
  readonly released_from?: string | undefined;
  readonly owned?: boolean | undefined;
  readonly active?: boolean | undefined;
  readonly sort?: (typeof APP_SORTS)[number] | undefined;
  readonly order?: "asc" | "desc" | undefined;
}

/** Names every part, also one that is undefined: see kit/address.ts. */
export function readCatalogueSearch(given: Record<string, unknown>): CatalogueSearch {
  const { sort, order, owned, active } = given;
  return {
    q: readText(given["q"]),
    type: readText(given["type"]),
    genre: readText(given["genre"]),
    tag: readText(given["tag"]),
    min_owners: number(given["min_owners"]),
    min_review_share: number(given["min_review_share"]),
    max_price: number(given["max_price"]),
    released_from: readDay(given["released_from"]),
    owned: typeof owned === "boolean" ? owned : undefined,
    active: active === false ? false : undefined,
    sort: APP_SORTS.find((known) => known === sort),
    order: readOrder(order),
  };
}

/** How many filters beside the text keep apps from being shown. */
export function narrowing({
  q: _q,
  sort: _sort,
  order: _order,
  ...filters
}: CatalogueSearch): number {
  return Object.values(filters).filter((value) => value !== undefined).length;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}
