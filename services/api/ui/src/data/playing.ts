import { queryOptions } from "@tanstack/react-query";
import type { NowPlaying } from "@tracker/contracts";
import { ask } from "./client.ts";
import { KEYS } from "./key.ts";

/** The tracker itself asks Steam once a minute. */
const REFRESH_MS = 30_000;

export const nowPlaying = queryOptions({
  queryKey: [KEYS.nowPlaying],
  queryFn: ({ signal }) => ask<NowPlaying>("/api/now-playing", { signal }),
  refetchInterval: REFRESH_MS,
});
