import type { AppSummary, Owners, Price } from "@tracker/contracts";

/** Figures as app_metadata and app_history keep them. */
export interface FigureRow {
  readonly owners_low: number | null;
  readonly owners_high: number | null;
  readonly positive: number | null;
  readonly negative: number | null;
  readonly ccu: number | null;
  readonly currency: string | null;
  readonly price_initial: number | null;
  readonly price_final: number | null;
  readonly discount_percent: number | null;
}

/** An app as {@link APP_COLUMNS} selects it. */
export interface AppRow extends FigureRow {
  readonly app_id: number;
  readonly name: string;
  readonly type: string | null;
  readonly is_active: number;
  readonly is_free: number | null;
  readonly coming_soon: number | null;
  readonly release_date: string | null;
  readonly header_url: string | null;
  readonly game_id: number | null;
}

/** Everything that {@link toAppSummary} needs of `apps a LEFT JOIN app_metadata m`. */
export const APP_COLUMNS = `a.app_id, a.name, a.type, a.is_active, m.is_free, m.coming_soon, m.release_date, m.header_url,
  m.owners_low, m.owners_high, m.positive, m.negative, m.ccu, m.currency, m.price_initial, m.price_final, m.discount_percent,
  (SELECT g.id FROM games g WHERE g.steam_app_id = a.app_id AND g.archived_at IS NULL) AS game_id`;

export function toAppSummary(row: AppRow): AppSummary {
  const reviews = reviewsOf(row);
  return {
    app_id: row.app_id,
    name: row.name,
    type: row.type,
    is_active: row.is_active === 1,
    is_free: truthOf(row.is_free),
    coming_soon: truthOf(row.coming_soon),
    release_date: row.release_date,
    price: priceOf(row),
    owners: ownersOf(row),
    reviews: reviews && {
      ...reviews,
      percent_positive: reviewShareOf(reviews.positive, reviews.negative),
    },
    ccu: row.ccu,
    header_url: row.header_url,
    game_id: row.game_id,
  };
}

export function ownersOf({ owners_low: low, owners_high: high }: FigureRow): Owners | null {
  return low === null || high === null ? null : { low, high };
}

export function reviewsOf({
  positive,
  negative,
}: FigureRow): { positive: number; negative: number } | null {
  return positive === null || negative === null ? null : { positive, negative };
}

export function priceOf(row: FigureRow): Price | null {
  const { currency, price_initial: initial, price_final: final, discount_percent: discount } = row;
  if (currency === null || initial === null || final === null || discount === null) return null;
  return { currency, initial, final, discount_percent: discount };
}

/** Percent with one decimal; null without reviews. */
export function reviewShareOf(positive: number | null, negative: number | null): number | null {
  if (positive === null || negative === null || positive + negative === 0) return null;
  return Math.round((1_000 * positive) / (positive + negative)) / 10;
}

function truthOf(value: number | null): boolean | null {
  return value === null ? null : value === 1;
}
