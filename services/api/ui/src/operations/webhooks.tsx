import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Webhook } from "@tracker/contracts";
import { Webhook as WebhookIcon } from "lucide-react";
import { useState } from "react";
import { KEYS } from "../data/key.ts";
import { tryWebhook, useWebhook, webhooks } from "../data/webhooks.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { Button } from "../kit/button.tsx";
import { ago } from "../kit/format.ts";
import { announce } from "../kit/notice.ts";
import { Panel } from "../kit/panel.tsx";
import { DeliveryLog } from "./webhook-deliveries.tsx";
import { WebhookDialog } from "./webhook-dialog.tsx";

/** The receivers of events, and whether deliveries to them succeed. */
export function Webhooks() {
  const answer = useQuery(webhooks);
  const [editing, setEditing] = useState<Webhook | "new" | null>(null);
  return (
    <Panel
      title="Webhooks"
      hint="Events told to your own programs, to Discord, or to your phone by ntfy"
      actions={
        <Button size="small" onClick={() => setEditing("new")}>
          New webhook
        </Button>
      }
    >
      <Answer of={answer} skeleton={<Skeleton className="h-24" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={WebhookIcon} title="Nobody is told yet">
              A webhook sends what happens, as it happens, to an address of yours.
            </Empty>
          ) : (
            <ul>
              {items.map((item) => (
                <Row key={item.id} webhook={item} onEdit={() => setEditing(item)} />
              ))}
            </ul>
          )
        }
      </Answer>
      {editing !== null && (
        <WebhookDialog
          webhook={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Panel>
  );
}

interface RowProps {
  readonly webhook: Webhook;
  readonly onEdit: () => void;
}

function Row({ webhook, onEdit }: RowProps) {
  const { id, name, host, format, enabled, disabled_reason: reason } = webhook;
  const change = useWebhook(id);
  const client = useQueryClient();
  const [trying, setTrying] = useState(false);
  const [looking, setLooking] = useState(false);
  const [sure, setSure] = useState(false);
  const attempt = async () => {
    setTrying(true);
    try {
      const { delivered, status, error, duration_ms: durationMs } = await tryWebhook(id);
      const text = delivered
        ? `${name} answered ${status} after ${durationMs} ms.`
        : `${name}: ${error}.`;
      announce({ text, tone: delivered ? "good" : "bad" });
    } catch (error) {
      announce({ text: error instanceof Error ? error.message : String(error), tone: "bad" });
    } finally {
      setTrying(false);
      await client.invalidateQueries({ queryKey: [KEYS.webhooks] });
    }
  };
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1 basis-48">
          <span className="block truncate font-medium">{name}</span>
          <span className="block truncate text-xs text-muted">
            {host} · {format === "standard" ? "signed JSON" : format}
          </span>
        </span>
        <State webhook={webhook} />
      </div>
      {reason !== null && <p className="mt-1 text-xs text-bad">{reason}</p>}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button
          size="small"
          aria-label={`Try ${name}`}
          disabled={trying}
          onClick={() => void attempt()}
        >
          {trying ? "Trying…" : "Try"}
        </Button>
        <Button
          size="small"
          aria-label={`Deliveries of ${name}`}
          aria-expanded={looking}
          onClick={() => setLooking(!looking)}
        >
          Deliveries
        </Button>
        <Button size="small" aria-label={`Edit ${name}`} onClick={onEdit}>
          Edit
        </Button>
        <Button
          size="small"
          aria-label={`Switch ${enabled ? "off" : "on"} ${name}`}
          onClick={() => change.mutate({ act: enabled ? "disable" : "enable" })}
        >
          {enabled ? "Switch off" : "Switch on"}
        </Button>
        <Button
          size="small"
          look={sure ? "danger" : "quiet"}
          aria-label={sure ? `Delete ${name} for good` : `Delete ${name}`}
          onBlur={() => setSure(false)}
          onClick={() => (sure ? change.mutate({ act: "remove" }) : setSure(true))}
        >
          {sure ? "Delete for good" : "Delete…"}
        </Button>
      </div>
      {looking && <DeliveryLog webhook={webhook} />}
    </li>
  );
}

function State({ webhook }: { readonly webhook: Webhook }) {
  const { enabled, waiting, last_delivery: last } = webhook;
  if (!enabled) return <Badge>off</Badge>;
  if (last === null) return <Badge>nothing told yet</Badge>;
  if (last.state === "failed") return <Badge tone="bad">failed {ago(last.created_at)}</Badge>;
  if (last.error !== null && last.state === "waiting") {
    return (
      <Badge tone="warn">
        {waiting} wait: {last.error}
      </Badge>
    );
  }
  if (waiting > 0) return <Badge tone="accent">{waiting} on the way</Badge>;
  return <Badge tone="good">told {ago(last.created_at)}</Badge>;
}
