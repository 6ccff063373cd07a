import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Backup, Job, SyncRun, Token } from "@tracker/contracts";
import { ask, query, send } from "./client.ts";
import { KEYS } from "./key.ts";
import type { Paged } from "./page.ts";

/** While something runs its bar is asked for as well as told. */
const RUNNING_MS = 2_000;
const ACTIVE: ReadonlySet<Job["state"]> = new Set(["queued", "running", "paused"]);

export function isActive({ state }: Job): boolean {
  return ACTIVE.has(state);
}

export const jobs = queryOptions({
  queryKey: [KEYS.jobs],
  queryFn: ({ signal }) => ask<Paged<Job>>("/api/jobs?limit=20", { signal }),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ state: at }) => at === "running" || at === "queued") === true
      ? RUNNING_MS
      : false,
});

/** Pauses, resumes or cancels a job. */
export function useSteerJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      verb,
    }: {
      readonly id: number;
      readonly verb: "pause" | "resume" | "cancel";
    }) => send<Job>("POST", `/api/jobs/${id}/${verb}`),
    onSettled: () => client.invalidateQueries({ queryKey: [KEYS.jobs] }),
  });
}

export const runs = infiniteQueryOptions({
  queryKey: [KEYS.runs],
  queryFn: ({ pageParam, signal }) =>
    ask<Paged<SyncRun>>(`/api/runs${query({ limit: 15, cursor: pageParam })}`, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

export const backups = queryOptions({
  queryKey: [KEYS.backups],
  queryFn: ({ signal }) => ask<{ items: readonly Backup[] }>("/api/backups", { signal }),
});

export const tokens = queryOptions({
  queryKey: [KEYS.tokens],
  queryFn: ({ signal }) => ask<{ items: readonly Token[] }>("/api/tokens", { signal }),
});

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expires_at?: string;
}

/** The answer holds the token itself, which is shown this once. */
export function createToken(token: NewToken): Promise<{ readonly token: string }> {
  return send("POST", "/api/tokens", token);
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => send("DELETE", `/api/tokens/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: [KEYS.tokens] }),
  });
}
