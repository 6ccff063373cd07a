import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { AnswerOf, BodyOf, Client } from "../../../src/client.ts";
import { answerOf, api, present } from "./client.ts";
import { KEYS } from "./key.ts";

export const webhooks = queryOptions({
  queryKey: [KEYS.webhooks],
  queryFn: ({ signal }) => answerOf(api.webhooks.get({ fetch: { signal } })),
});

export function deliveries(id: number) {
  return infiniteQueryOptions({
    queryKey: [KEYS.webhooks, id, "deliveries"],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.webhooks({ id }).deliveries.get({
          query: present({ limit: 20, cursor: pageParam }),
          fetch: { signal },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

type NewWebhook = BodyOf<Client["api"]["webhooks"]["post"]>;
/** One that is there keeps its address unless another is given. */
export type WebhookWish = Omit<NewWebhook, "url"> & Partial<Pick<NewWebhook, "url">>;

/** Makes a webhook, or changes the one with that id. The secret is in the answer when it is new. */
export function useSaveWebhook(id: number | null) {
  const client = useQueryClient();
  return useMutation({
    meta: { tellsItself: true },
    mutationFn: (wish: WebhookWish): Promise<{ readonly secret?: string | null }> =>
      id === null
        ? answerOf(api.webhooks.post({ url: "", ...wish }))
        : answerOf(api.webhooks({ id }).patch(wish)),
    onSettled: () => client.invalidateQueries({ queryKey: [KEYS.webhooks] }),
  });
}

type Act =
  | { readonly act: "enable" | "disable" | "remove" }
  | { readonly act: "retry"; readonly delivery: number };

export function useWebhook(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: Act): Promise<unknown> => {
      const webhook = api.webhooks({ id });
      if (what.act === "remove") return answerOf(webhook.delete());
      if (what.act === "retry") {
        return answerOf(webhook.deliveries({ delivery_id: what.delivery }).retry.post());
      }
      return answerOf(webhook.patch({ enabled: what.act === "enable" }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: [KEYS.webhooks] }),
  });
}

export type Trial = AnswerOf<ReturnType<Client["api"]["webhooks"]>["test"]["post"]>;

export function tryWebhook(id: number): Promise<Trial> {
  return answerOf(api.webhooks({ id }).test.post());
}
