import type { Webhook, WebhookEvent, WebhookFormat } from "@tracker/contracts";
import { useState } from "react";
import { useSaveWebhook } from "../data/webhooks.ts";
import { Dialog } from "../kit/dialog.tsx";
import { SelectField, textOf, TextField } from "../kit/field.tsx";
import { Form } from "../kit/form.tsx";
import { ShownOnce } from "./shown-once.tsx";

const EVENTS = {
  "session.started": "A session starts",
  "session.ended": "A session ends",
  "session.changed": "A session’s minutes change",
  "achievement.unlocked": "An achievement is unlocked",
  "game.completed": "A game is completed",
  "game.added": "A game comes into the library",
  "game.changed": "A game is edited",
  "library.synced": "Steam was looked at",
  "job.changed": "A job starts or ends",
} as const satisfies Readonly<Record<WebhookEvent, string>>;
const USUAL: readonly WebhookEvent[] = [
  "session.started",
  "session.ended",
  "achievement.unlocked",
  "game.completed",
];
const FORMATS = {
  standard: "Signed JSON (Standard Webhooks)",
  discord: "Discord",
  ntfy: "ntfy",
} as const satisfies Readonly<Record<WebhookFormat, string>>;

interface WebhookDialogProps {
  /** Null for a new one. */
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
}

/** Makes or changes a webhook; a new one's secret is shown once. */
export function WebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const save = useSaveWebhook(webhook?.id ?? null);
  const [format, setFormat] = useState<WebhookFormat>(webhook?.format ?? "standard");
  const secret = save.data?.secret ?? null;
  const submit = async (form: FormData) => {
    const url = textOf(form, "url");
    const wish = {
      name: textOf(form, "name"),
      format,
      events: form.getAll("event") as WebhookEvent[],
      ...(url === "" ? {} : { url }),
    };
    const saved = await save.mutateAsync(wish);
    if ((saved.secret ?? null) === null || format !== "standard") onClose();
  };
  if (secret !== null && format === "standard") {
    return (
      <ShownOnce title="The signing secret" label="Secret" secret={secret} onClose={onClose}>
        It is shown this once. With it your program checks that a message comes from here, as the
        Standard Webhooks specification says.
      </ShownOnce>
    );
  }
  return (
    <Dialog title={webhook === null ? "New webhook" : `Edit ${webhook.name}`} onClose={onClose}>
      <Form send={submit} submit={webhook === null ? "Create" : "Save"} onCancel={onClose}>
        {(problemAt) => (
          <>
            <TextField
              label="Name"
              name="name"
              required
              maxLength={100}
              defaultValue={webhook?.name}
              problem={problemAt("/name")}
            />
            <SelectField
              label="For"
              value={format}
              onChange={({ target }) => setFormat(target.value as WebhookFormat)}
            >
              {Object.entries(FORMATS).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </SelectField>
            <TextField
              label="Address"
              name="url"
              type="url"
              required={webhook === null}
              maxLength={2_000}
              placeholder={format === "ntfy" ? "https://ntfy.sh/my-topic" : "https://…"}
              hint={
                webhook === null
                  ? "It is kept on the tracker’s own disk and not shown again."
                  : `Empty: it stays the one at ${webhook.host}.`
              }
              problem={problemAt("/url")}
            />
            <fieldset>
              <legend className="mb-1 text-xs font-medium text-muted">When</legend>
              <div className="grid gap-1 sm:grid-cols-2">
                {Object.entries(EVENTS).map(([event, label]) => (
                  <label key={event} className="flex min-h-8 items-center gap-2 text-sm">
                    <input
                      type="checkbox"
                      name="event"
                      value={event}
                      defaultChecked={(webhook?.events ?? USUAL).includes(event as WebhookEvent)}
                      className="size-4 accent-accent"
                    />
                    {label}
                  </label>
                ))}
              </div>
              {format !== "standard" && (
                <p className="mt-1 text-xs text-muted">
                  Only of games that are public: others can read along there.
                </p>
              )}
            </fieldset>
          </>
        )}
      </Form>
    </Dialog>
  );
}
