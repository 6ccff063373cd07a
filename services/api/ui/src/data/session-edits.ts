/** A person's corrections of sessions, each with its undo. */
import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { SessionEdit, SessionEditOutcome } from "@tracker/contracts";
import { moment } from "../kit/format.ts";
import { announce } from "../kit/notice.ts";
import { answerOf, api, present } from "./client.ts";
import { KEYS } from "./key.ts";
import { useTimeZone } from "./status.ts";

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
    answerOf(
      api.sessions.edits.get({
        query: present({ limit: 20, cursor: pageParam }),
        fetch: { signal },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

export interface SessionSpan {
  readonly started_at: string;
  readonly ended_at: string;
  readonly minutes?: number;
}

/** An edit of sessions, as a person asks for it. */
export type SessionWish =
  | { readonly kind: "add"; readonly gameId: number; readonly span: SessionSpan }
  | { readonly kind: "move"; readonly id: number; readonly span: SessionSpan }
  | { readonly kind: "idle"; readonly id: number; readonly minutes: number }
  | { readonly kind: "split"; readonly id: number; readonly at: string }
  | { readonly kind: "merge"; readonly ids: readonly number[] }
  | { readonly kind: "remove"; readonly id: number };

function tell(wish: SessionWish): Promise<SessionEditOutcome> {
  const { sessions } = api;
  if (wish.kind === "add") return answerOf(sessions.post({ game_id: wish.gameId, ...wish.span }));
  if (wish.kind === "merge") return answerOf(sessions.merge.post({ ids: [...wish.ids] }));
  const session = sessions({ id: wish.id });
  if (wish.kind === "move") return answerOf(session.patch(wish.span));
  if (wish.kind === "idle") return answerOf(session.patch({ idle_minutes: wish.minutes }));
  if (wish.kind === "split") return answerOf(session.split.post({ at: wish.at }));
  return answerOf(session.delete());
}

/** What a correction says, with the time that it speaks of. */
export function toldOf({ summary, at }: SessionEdit, zone: string): string {
  return `${summary} (${moment(at, zone)})`;
}

/** Corrects, says so, and offers to take it back. A form says itself what was refused. */
export function useCorrect({ inForm = false } = {}) {
  const client = useQueryClient();
  const zone = useTimeZone();
  const undo = useUndoEdit();
  return useMutation({
    meta: { tellsItself: inForm },
    mutationFn: tell,
    onSuccess: ({ edit }) =>
      announce({ text: toldOf(edit, zone), tone: "good", undo: () => undo.mutate(edit.id) }),
    onSettled: () =>
      Promise.all(CHANGED.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

export function useUndoEdit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => answerOf(api.sessions.edits({ id }).undo.post()),
    onSuccess: () => announce({ text: "Taken back.", tone: "good" }),
    onSettled: () =>
      Promise.all(CHANGED.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
