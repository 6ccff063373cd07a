/** What an app costs, in minor units of its currency (cents), because a float cannot hold money. Zero is free. */
export interface Price {
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
  readonly final: number;
  /** Before the discount; the same as `final` without one. */
  readonly initial: number;
  /** 0 to 100. */
  readonly discountPercent: number;
}

/** The country whose prices are asked for, and what it pays in: without one, the caller's address decides. */
export const STORE_COUNTRY = "US";
const STORE_CURRENCY = "USD";

/** A price in the store's currency. Texts, for Steam tells its 64-bit numbers so; null without a final price. */
export function storePrice(
  final: string | number | null | undefined,
  initial: string | number | null | undefined,
  discountPercent: string | number | null | undefined,
): Price | null {
  if (final === null || final === undefined) return null;
  return {
    currency: STORE_CURRENCY,
    final: Number(final),
    initial: Number(initial ?? final),
    discountPercent: Number(discountPercent ?? 0),
  };
}
