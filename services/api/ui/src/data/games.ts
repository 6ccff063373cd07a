import { queryOptions } from "@tanstack/react-query";
import type { Game } from "@tracker/contracts";
import { ask, query } from "./client.ts";
import { KEYS } from "./key.ts";
import type { Paged } from "./page.ts";

const FOUND_MAX = 8;

/** Games whose title holds a text, for suggestions. */
export function findGames(text: string) {
  return queryOptions({
    queryKey: [KEYS.games, "find", text],
    queryFn: ({ signal }) =>
      ask<Paged<Game>>(`/api/games${query({ q: text, limit: FOUND_MAX })}`, { signal }),
  });
}
