import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "./client.ts";
import { KEYS } from "./key.ts";

export function game(id: number) {
  return queryOptions({
    queryKey: [KEYS.games, "one", id],
    queryFn: ({ signal }) => answerOf(api.games({ id }).get({ fetch: { signal } })),
  });
}

export function achievements(id: number) {
  return queryOptions({
    queryKey: [KEYS.achievements, id],
    queryFn: ({ signal }) => answerOf(api.games({ id }).achievements.get({ fetch: { signal } })),
  });
}
