/** What the address of the statistics holds: a named range, or two days. */
export const RANGES = ["week", "month", "quarter", "year", "all"] as const;
export type Range = (typeof RANGES)[number];

export interface StatisticsSearch {
  readonly range?: Range | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Reads an address that anybody may have typed: what does not fit is left out. */
export function readStatisticsSearch(given: Record<string, unknown>): StatisticsSearch {
  const range = RANGES.find((known) => known === given["range"]);
  const [from, to] = [day(given["from"]), day(given["to"])];
  return {
    ...(range === undefined ? {} : { range }),
    ...(from === undefined || to === undefined || from > to ? {} : { from, to }),
  };
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
}
