import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client.ts";
import { KEYS } from "./key.ts";

/** Every figure of a range of days, both included. */
export function statistics(range: { readonly from: string; readonly to: string }) {
  return queryOptions({
    queryKey: [KEYS.statistics, range],
    queryFn: ({ signal }) => answerOf(api.stats.get({ query: range, fetch: { signal } })),
    placeholderData: keepPreviousData,
  });
}
