/** What was played when. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { FeedItem, Gap, GameHistory, PlayedDay, Session } from "@tracker/contracts";
import { ask, query } from "./client.ts";
import { KEYS } from "./key.ts";
import type { Paged } from "./page.ts";

/** As `GET /api/days` answers. */
export interface Days {
  readonly from: string;
  readonly to: string;
  readonly time_zone: string;
  readonly minutes: number;
  readonly items: readonly PlayedDay[];
  readonly gaps: readonly Gap[];
}

/** As `GET /api/days/:date` answers. */
export interface OneDay extends Omit<PlayedDay, "games"> {
  readonly time_zone: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly games: PlayedDay["games"];
  readonly sessions: readonly Session[];
  readonly gaps: readonly Gap[];
}

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
    queryFn: ({ signal }) => ask<Days>(`/api/days${query({ ...range })}`, { signal }),
  });
}

export function oneDay(day: string) {
  return queryOptions({
    queryKey: [KEYS.days, "one", day],
    queryFn: ({ signal }) => ask<OneDay>(`/api/days/${day}`, { signal }),
  });
}

const PAGE_SIZE = 50;

export function sessions(wanted: SessionsWanted = {}) {
  return infiniteQueryOptions({
    queryKey: [KEYS.sessions, wanted],
    queryFn: ({ pageParam, signal }) =>
      ask<Paged<Session>>(
        `/api/sessions${query({ ...wanted, limit: PAGE_SIZE, cursor: pageParam })}`,
        {
          signal,
        },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export const feed = infiniteQueryOptions({
  queryKey: [KEYS.feed],
  queryFn: ({ pageParam, signal }) =>
    ask<Paged<FeedItem>>(`/api/feed${query({ limit: 20, cursor: pageParam })}`, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

export function gameHistory(id: number) {
  return queryOptions({
    queryKey: [KEYS.history, id],
    queryFn: ({ signal }) => ask<GameHistory>(`/api/games/${id}/history`, { signal }),
  });
}
