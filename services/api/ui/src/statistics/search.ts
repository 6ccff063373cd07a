/** What the address of the statistics holds: a named range, or two days. */
import { readRange } from "../kit/civil-day.ts";

export const RANGES = ["week", "month", "quarter", "year", "all"] as const;
export type Range = (typeof RANGES)[number];

export interface StatisticsSearch {
  readonly range?: Range | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Names every part, also one that is undefined: see kit/address.ts. */
export function readStatisticsSearch(given: Record<string, unknown>): StatisticsSearch {
  return {
    range: RANGES.find((known) => known === given["range"]),
    from: undefined,
    to: undefined,
    ...readRange(given["from"], given["to"]),
  };
}
