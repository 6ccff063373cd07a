import { queryOptions } from "@tanstack/react-query";
import type { Achievement, GameDetail } from "@tracker/contracts";
import { ask } from "./client.ts";
import { KEYS } from "./key.ts";

export function game(id: number) {
  return queryOptions({
    queryKey: [KEYS.games, "one", id],
    queryFn: ({ signal }) => ask<GameDetail>(`/api/games/${id}`, { signal }),
  });
}

/** As `GET /api/games/:id/achievements` answers. */
export interface Achievements {
  readonly items: readonly Achievement[];
  readonly unlocked: number;
  readonly total: number;
  readonly import: { readonly message: string | null } | null;
}

export function achievements(id: number) {
  return queryOptions({
    queryKey: [KEYS.achievements, id],
    queryFn: ({ signal }) => ask<Achievements>(`/api/games/${id}/achievements`, { signal }),
  });
}
