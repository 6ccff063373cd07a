import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Statistics } from "@tracker/contracts";
import { ask, query } from "./client.ts";
import { KEYS } from "./key.ts";

/** Every figure of a range of days, both included. */
export function statistics(range: { readonly from: string; readonly to: string }) {
  return queryOptions({
    queryKey: [KEYS.statistics, range],
    queryFn: ({ signal }) => ask<Statistics>(`/api/stats${query(range)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}
