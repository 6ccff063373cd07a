import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client.ts";
import { KEYS } from "./key.ts";

/** The tracker itself asks Steam once a minute. */
const REFRESH_MS = 30_000;

export const nowPlaying = queryOptions({
  queryKey: [KEYS.nowPlaying],
  queryFn: ({ signal }) => answerOf(api["now-playing"].get({ fetch: { signal } })),
  refetchInterval: REFRESH_MS,
});
