import { useInfiniteQuery } from "@tanstack/react-query";
import type { Webhook, WebhookDelivery } from "@tracker/contracts";
import { useTimeZone } from "../data/status.ts";
import { deliveries, useWebhook } from "../data/webhooks.ts";
import { Failure, Skeleton } from "../kit/answer.tsx";
import { Badge, type Tone } from "../kit/badge.tsx";
import { Button } from "../kit/button.tsx";
import { moment } from "../kit/format.ts";

const TONES: Readonly<Record<WebhookDelivery["state"], Tone>> = {
  waiting: "accent",
  delivered: "good",
  failed: "bad",
  skipped: "plain",
};

/** The outcome of each delivery, newest first. */
export function DeliveryLog({ webhook }: { readonly webhook: Webhook }) {
  const answer = useInfiniteQuery(deliveries(webhook.id));
  const change = useWebhook(webhook.id);
  const timeZone = useTimeZone();
  if (answer.isError) {
    return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  }
  if (answer.data === undefined) return <Skeleton className="mt-3 h-24" />;
  const items = answer.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="mt-3 text-muted">Nothing happened yet.</p>;
  return (
    <div className="mt-3">
      <ul className="rounded-md bg-sunken px-3">
        {items.map((item) => (
          <li
            key={item.id}
            className="flex flex-wrap items-center gap-2 border-b border-line py-2 text-xs last:border-b-0"
          >
            <span className="min-w-0 flex-1 basis-40">
              <span className="block font-medium">{item.event}</span>
              <span className="figures text-muted">{moment(item.created_at, timeZone)}</span>
            </span>
            <span className="min-w-0 text-muted">{said(item)}</span>
            <Badge tone={TONES[item.state]}>{item.state}</Badge>
            {item.state !== "skipped" && (
              <Button
                size="small"
                look="quiet"
                aria-label={`Deliver ${item.event} of ${moment(item.created_at, timeZone)} again`}
                disabled={change.isPending}
                onClick={() => change.mutate({ act: "retry", delivery: item.id })}
              >
                Again
              </Button>
            )}
          </li>
        ))}
      </ul>
      {answer.hasNextPage && (
        <Button size="small" className="mt-2" onClick={() => void answer.fetchNextPage()}>
          Older ones
        </Button>
      )}
    </div>
  );
}

function said({ status, error, duration_ms: durationMs, attempts }: WebhookDelivery): string {
  const tries = attempts > 1 ? ` · ${attempts} attempts` : "";
  if (error !== null) return `${error}${tries}`;
  return status === null ? "" : `${status} · ${durationMs ?? 0} ms${tries}`;
}
