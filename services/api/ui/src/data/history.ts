/** What was played when. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Session } from "@tracker/contracts";
import { answerOf, api, present } from "./client.ts";
import { KEYS } from "./key.ts";

export interface DayRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly game_id?: number | undefined;
  readonly tag?: string | undefined;
}

/** Which sessions a list is to hold. */
export interface SessionsWanted extends DayRange {
  readonly precision?: Session["precision"] | undefined;
  readonly corrected?: boolean | undefined;
  readonly min_minutes?: number | undefined;
}

/** Minutes by day; without a range the last 30 days up to the tracker's today. */
export function days(range: DayRange = {}) {
  return queryOptions({
    queryKey: [KEYS.days, range],
    queryFn: ({ signal }) => answerOf(api.days.get({ query: present(range), fetch: { signal } })),
  });
}

export function oneDay(day: string) {
  return queryOptions({
    queryKey: [KEYS.days, "one", day],
    queryFn: ({ signal }) => answerOf(api.days({ date: day }).get({ fetch: { signal } })),
  });
}

const PAGE_SIZE = 50;

export function sessions(wanted: SessionsWanted = {}) {
  return infiniteQueryOptions({
    queryKey: [KEYS.sessions, wanted],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.sessions.get({
          query: present({ ...wanted, limit: PAGE_SIZE, cursor: pageParam }),
          fetch: { signal },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export const feed = infiniteQueryOptions({
  queryKey: [KEYS.feed],
  queryFn: ({ pageParam, signal }) =>
    answerOf(api.feed.get({ query: present({ limit: 20, cursor: pageParam }), fetch: { signal } })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

export function gameHistory(id: number) {
  return queryOptions({
    queryKey: [KEYS.history, id],
    queryFn: ({ signal }) => answerOf(api.games({ id }).history.get({ fetch: { signal } })),
  });
}
