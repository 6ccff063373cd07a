/** A person's corrections of sessions, each with its undo. */
import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { SessionEdit, SessionEditOutcome } from "@tracker/contracts";
import { announce } from "../kit/notice.ts";
import { ask, query, send } from "./client.ts";
import { KEYS } from "./key.ts";
import type { Paged } from "./page.ts";

const CHANGED = [
  KEYS.sessions,
  KEYS.days,
  KEYS.feed,
  KEYS.history,
  KEYS.statistics,
  KEYS.games,
  KEYS.edits,
];

export const sessionEdits = infiniteQueryOptions({
  queryKey: [KEYS.edits],
  queryFn: ({ pageParam, signal }) =>
    ask<Paged<SessionEdit>>(`/api/sessions/edits${query({ limit: 20, cursor: pageParam })}`, {
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

export interface SessionSpan {
  readonly started_at: string;
  readonly ended_at: string;
  readonly minutes?: number;
}

/** What can be said of sessions, and how the API is told. */
export type SessionWish =
  | { readonly kind: "add"; readonly gameId: number; readonly span: SessionSpan }
  | { readonly kind: "move"; readonly id: number; readonly span: SessionSpan }
  | { readonly kind: "idle"; readonly id: number; readonly minutes: number }
  | { readonly kind: "split"; readonly id: number; readonly at: string }
  | { readonly kind: "merge"; readonly ids: readonly number[] }
  | { readonly kind: "remove"; readonly id: number };

function tell(wish: SessionWish): Promise<SessionEditOutcome> {
  if (wish.kind === "add")
    return send("POST", "/api/sessions", { game_id: wish.gameId, ...wish.span });
  if (wish.kind === "merge") return send("POST", "/api/sessions/merge", { ids: wish.ids });
  const path = `/api/sessions/${wish.id}`;
  if (wish.kind === "move") return send("PATCH", path, wish.span);
  if (wish.kind === "idle") return send("PATCH", path, { idle_minutes: wish.minutes });
  if (wish.kind === "split") return send("POST", `${path}/split`, { at: wish.at });
  return send("DELETE", path);
}

/** Corrects, says so, and offers to take it back. */
export function useCorrect() {
  const client = useQueryClient();
  const undo = useUndoEdit();
  return useMutation({
    mutationFn: tell,
    onSuccess: ({ edit }) =>
      announce({ text: edit.summary, tone: "good", undo: () => undo.mutate(edit.id) }),
    onSettled: () =>
      Promise.all(CHANGED.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

export function useUndoEdit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => send<SessionEditOutcome>("POST", `/api/sessions/edits/${id}/undo`),
    onSuccess: () => announce({ text: "Taken back.", tone: "good" }),
    onSettled: () =>
      Promise.all(CHANGED.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
