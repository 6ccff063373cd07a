import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { App, AppSummary } from "@tracker/contracts";
import { ask, query } from "./client.ts";
import { KEYS } from "./key.ts";
import type { Paged } from "./page.ts";

export type AppsWanted = Readonly<Record<string, string | number | boolean | undefined>>;

/** The catalogue, page by page as one scrolls. */
export function apps(wanted: AppsWanted) {
  return infiniteQueryOptions({
    queryKey: [KEYS.apps, "list", wanted],
    queryFn: ({ pageParam, signal }) =>
      ask<Paged<AppSummary>>(`/api/apps${query({ ...wanted, limit: 200, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** A few apps by their name, for suggestions. */
export function findApps(text: string) {
  return queryOptions({
    queryKey: [KEYS.apps, "find", text],
    queryFn: ({ signal }) =>
      ask<Paged<AppSummary>>(`/api/apps${query({ q: text, limit: 6 })}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function app(appId: number) {
  return queryOptions({
    queryKey: [KEYS.apps, "one", appId],
    queryFn: ({ signal }) => ask<App>(`/api/apps/${appId}`, { signal }),
  });
}

/** What was seen of an app when one of it changed, as `GET /api/apps/:app_id/history` answers. */
export interface AppChange {
  readonly at: string;
  readonly owners: App["owners"];
  readonly reviews: { readonly positive: number; readonly negative: number } | null;
  readonly ccu: number | null;
  readonly price: App["price"];
}

export function appHistory(appId: number) {
  return queryOptions({
    queryKey: [KEYS.apps, "history", appId],
    queryFn: ({ signal }) =>
      ask<Paged<AppChange>>(`/api/apps/${appId}/history?limit=1000`, { signal }),
  });
}
