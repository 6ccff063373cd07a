import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Job } from "@tracker/contracts";
import type { BodyOf, Client } from "../../../src/client.ts";
import { answerOf, api, present } from "./client.ts";
import { KEYS } from "./key.ts";
import { failedAgainMs } from "./query-client.ts";

/** While a job runs, its progress is polled besides coming as events. */
const RUNNING_MS = 2_000;
const ACTIVE: ReadonlySet<Job["state"]> = new Set(["queued", "running", "paused"]);

export function isActive({ state }: Job): boolean {
  return ACTIVE.has(state);
}

export const jobs = queryOptions({
  queryKey: [KEYS.jobs],
  queryFn: ({ signal }) => answerOf(api.jobs.get({ query: { limit: 20 }, fetch: { signal } })),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ state: at }) => at === "running" || at === "queued") === true
      ? RUNNING_MS
      : failedAgainMs(state),
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
    }) => answerOf(api.jobs({ id })[verb].post()),
    onSettled: () => client.invalidateQueries({ queryKey: [KEYS.jobs] }),
  });
}

export const runs = infiniteQueryOptions({
  queryKey: [KEYS.runs],
  queryFn: ({ pageParam, signal }) =>
    answerOf(api.runs.get({ query: present({ limit: 15, cursor: pageParam }), fetch: { signal } })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

export const backups = queryOptions({
  queryKey: [KEYS.backups],
  queryFn: ({ signal }) => answerOf(api.backups.get({ fetch: { signal } })),
});

export const schedules = queryOptions({
  queryKey: [KEYS.schedules],
  queryFn: ({ signal }) => answerOf(api.schedules.get({ fetch: { signal } })),
});

export const tokens = queryOptions({
  queryKey: [KEYS.tokens],
  queryFn: ({ signal }) => answerOf(api.tokens.get({ fetch: { signal } })),
});

/** The answer holds the token itself, which is shown this once. */
export function createToken(token: BodyOf<Client["api"]["tokens"]["post"]>) {
  return answerOf(api.tokens.post(token));
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => answerOf(api.tokens({ id }).delete()),
    onSettled: () => client.invalidateQueries({ queryKey: [KEYS.tokens] }),
  });
}
