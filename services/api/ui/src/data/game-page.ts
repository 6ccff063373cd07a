/** The first games of a list, apart from what changes them: the first page shows some. */
import { queryOptions } from "@tanstack/react-query";
import type { Client, QueryOf } from "../../../src/client.ts";
import { answerOf, api, present, type Wish } from "./client.ts";
import { KEYS } from "./key.ts";

const FOUND_MAX = 8;

/** What `GET /api/games` can be asked for. */
export type GamesWanted = Wish<QueryOf<Client["api"]["games"]["get"]>>;

/** The first games of a list. */
export function gamesPage(wanted: GamesWanted) {
  return queryOptions({
    queryKey: [KEYS.games, "page", wanted],
    queryFn: ({ signal }) => answerOf(api.games.get({ query: present(wanted), fetch: { signal } })),
  });
}

/** Games whose title holds a text, for suggestions. */
export function findGames(text: string) {
  return gamesPage({ q: text, limit: FOUND_MAX });
}
