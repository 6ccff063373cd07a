import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Webhook, WebhookDelivery, WebhookEvent, WebhookFormat } from "@tracker/contracts";
import { ask, query, send } from "./client.ts";
import { KEYS } from "./key.ts";
import type { Paged } from "./page.ts";

export const webhooks = queryOptions({
  queryKey: [KEYS.webhooks],
  queryFn: ({ signal }) => ask<{ items: readonly Webhook[] }>("/api/webhooks", { signal }),
});

export function deliveries(id: number) {
  return infiniteQueryOptions({
    queryKey: [KEYS.webhooks, id, "deliveries"],
    queryFn: ({ pageParam, signal }) =>
      ask<Paged<WebhookDelivery>>(
        `/api/webhooks/${id}/deliveries${query({ limit: 20, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export interface WebhookWish {
  readonly name: string;
  readonly format: WebhookFormat;
  readonly events: readonly WebhookEvent[];
  readonly url?: string;
}

/** Makes a webhook, or changes the one with that id. The secret is in the answer when it is new. */
export function useSaveWebhook(id: number | null) {
  const client = useQueryClient();
  return useMutation({
    meta: { tellsItself: true },
    mutationFn: (wish: WebhookWish) =>
      id === null
        ? send<{ secret: string | null }>("POST", "/api/webhooks", wish)
        : send<{ secret: string | null }>("PATCH", `/api/webhooks/${id}`, wish),
    onSettled: () => client.invalidateQueries({ queryKey: [KEYS.webhooks] }),
  });
}

type Act =
  | { readonly act: "enable" | "disable" | "remove" }
  | { readonly act: "retry"; readonly delivery: number };

export function useWebhook(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: Act) => {
      const path = `/api/webhooks/${id}`;
      if (what.act === "remove") return send("DELETE", path);
      if (what.act === "retry") return send("POST", `${path}/deliveries/${what.delivery}/retry`);
      return send("PATCH", path, { enabled: what.act === "enable" });
    },
    onSettled: () => client.invalidateQueries({ queryKey: [KEYS.webhooks] }),
  });
}

export interface Trial {
  readonly delivered: boolean;
  readonly status: number | null;
  readonly error: string | null;
  readonly duration_ms: number;
}

export function tryWebhook(id: number): Promise<Trial> {
  return send("POST", `/api/webhooks/${id}/test`);
}
