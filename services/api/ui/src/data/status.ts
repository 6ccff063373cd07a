import { queryOptions, useQuery } from "@tanstack/react-query";
import { answerOf, api } from "./client.ts";
import { KEYS } from "./key.ts";

/** How often the system's status is loaded while its page is open. */
const REFRESH_MS = 30_000;

export const systemStatus = queryOptions({
  queryKey: [KEYS.status],
  queryFn: ({ signal }) => answerOf(api.status.get({ fetch: { signal } })),
  refetchInterval: REFRESH_MS,
});

/** The zone in which the tracker's days are cut; the browser's own until it is known. */
export function useTimeZone(): string {
  return timeZoneOf(useQuery(systemStatus).data);
}

interface Zoned {
  readonly store: { readonly time_zone: string } | null;
}

/** The same where nothing is rendered. */
export function timeZoneOf(status: Zoned | undefined): string {
  return status?.store?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
