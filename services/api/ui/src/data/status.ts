import { queryOptions, useQuery } from "@tanstack/react-query";
import { today } from "../kit/civil-day.ts";
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

/** The tracker's civil day of this moment. */
export function useToday(): string {
  const { data } = useQuery(systemStatus);
  return today(timeZoneOf(data), data?.store?.day_start_hour);
}

/** Whether a Steam account is followed; undefined until it is known. */
export function useFollowsSteam(): boolean | undefined {
  return useQuery(systemStatus).data?.poller?.configured;
}

interface Zoned {
  readonly store: { readonly time_zone: string } | null;
}

/** The same where nothing is rendered. */
export function timeZoneOf(status: Zoned | undefined): string {
  return status?.store?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
