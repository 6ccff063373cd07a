import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AnswerOf, Client, QueryOf } from "../../../src/client.ts";
import { answerOf, api, present, type Wish } from "./client.ts";
import { KEYS } from "./key.ts";

type AppsWanted = QueryOf<Client["api"]["apps"]["get"]>;

/** A search at every letter loads no more than the first screens show. */
const FIRST_PAGE = 60;
const PAGE = 200;

/** The catalogue, page by page as one scrolls. */
export function apps(wanted: Wish<AppsWanted>) {
  return infiniteQueryOptions({
    queryKey: [KEYS.apps, "list", wanted],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.apps.get({
          query: present({
            ...wanted,
            limit: pageParam === null ? FIRST_PAGE : PAGE,
            cursor: pageParam,
          }),
          fetch: { signal },
        }),
      ),
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
      answerOf(api.apps.get({ query: { q: text, limit: 6 }, fetch: { signal } })),
    placeholderData: keepPreviousData,
  });
}

export function app(appId: number) {
  return queryOptions({
    queryKey: [KEYS.apps, "one", appId],
    queryFn: ({ signal }) => answerOf(api.apps({ app_id: appId }).get({ fetch: { signal } })),
  });
}

/** What was seen of an app when one of it changed. */
export type AppChange = AnswerOf<
  ReturnType<Client["api"]["apps"]>["history"]["get"]
>["items"][number];

export function appHistory(appId: number) {
  return queryOptions({
    queryKey: [KEYS.apps, "history", appId],
    queryFn: ({ signal }) =>
      answerOf(
        api.apps({ app_id: appId }).history.get({ query: { limit: 1_000 }, fetch: { signal } }),
      ),
  });
}
