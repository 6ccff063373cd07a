import { type Static, Type } from "@sinclair/typebox";
import { textOrNull, Uint32 } from "./field.ts";
import { type Price, storePrice } from "./price.ts";

/** Counts that SteamSpy estimates or passes on, the same in its pages and its details. */
export interface SteamSpyApp {
  readonly appId: number;
  /** Null where it has none. */
  readonly name: string | null;
  readonly developer: string | null;
  readonly publisher: string | null;
  readonly positive: number;
  readonly negative: number;
  /** How many accounts own it, both ends included: SteamSpy knows a range only. */
  readonly ownersLow: number;
  readonly ownersHigh: number;
  /** Most players at once yesterday. */
  readonly ccu: number;
  /** In US cents; null when not told. */
  readonly price: Price | null;
  /** In minutes. SteamSpy's figures have been dead (0 for every app) since 2024, so 0 is null: unknown. */
  readonly averageMinutes: number | null;
  readonly averageMinutes2Weeks: number | null;
  readonly medianMinutes: number | null;
  readonly medianMinutes2Weeks: number | null;
}

/** The id that stands in for every app that SteamSpy hides on its developer's request. */
export const HIDDEN_APP_ID = 999_999;

const Text = Type.Union([Type.String(), Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
const Amount = Type.Union([Count, Type.String({ pattern: String.raw`^\d{1,9}$` }), Type.Null()]);

export const SteamSpyRow = Type.Object({
  appid: Uint32,
  name: Text,
  developer: Text,
  publisher: Text,
  positive: Count,
  negative: Count,
  owners: Type.String({ pattern: String.raw`^[\d,]{1,15} \.\. [\d,]{1,15}$` }),
  average_forever: Type.Optional(Count),
  average_2weeks: Type.Optional(Count),
  median_forever: Type.Optional(Count),
  median_2weeks: Type.Optional(Count),
  price: Type.Optional(Amount),
  initialprice: Type.Optional(Amount),
  discount: Type.Optional(Amount),
  ccu: Count,
});
export type SteamSpyRow = Static<typeof SteamSpyRow>;

export function steamSpyApp(row: SteamSpyRow): SteamSpyApp {
  const [ownersLow = 0, ownersHigh = 0] = row.owners
    .split(" .. ")
    .map((count) => Number(count.replaceAll(",", "")));
  return {
    appId: row.appid,
    name: textOrNull(row.name),
    developer: textOrNull(row.developer),
    publisher: textOrNull(row.publisher),
    positive: row.positive,
    negative: row.negative,
    ownersLow,
    ownersHigh,
    ccu: row.ccu,
    price: storePrice(row.price, row.initialprice, row.discount),
    averageMinutes: minutesOrNull(row.average_forever),
    averageMinutes2Weeks: minutesOrNull(row.average_2weeks),
    medianMinutes: minutesOrNull(row.median_forever),
    medianMinutes2Weeks: minutesOrNull(row.median_2weeks),
  };
}

function minutesOrNull(minutes: number | undefined): number | null {
  return minutes === undefined || minutes === 0 ? null : minutes;
}
