import type { Session } from "@tracker/contracts";
import { useState } from "react";
import { ApiProblem } from "../data/client.ts";
import { type SessionWish, useCorrect } from "../data/session-edits.ts";
import { useTimeZone } from "../data/status.ts";
import { Dialog } from "./dialog.tsx";
import { textOf, TextField } from "./field.tsx";
import { Form } from "./form.tsx";
import { localOf } from "./local-time.ts";
import { isWhole, minutesAt, spanOf, type Times } from "./session-times.ts";

interface SessionDialogProps {
  /** Absent for a session that is to be added. */
  readonly session?: Session;
  /** Of the session that is to be added. */
  readonly gameId?: number;
  readonly onClose: () => void;
}

/** When a session really was, how much of it was played, or that it ran idle. Times are the tracker's. */
export function SessionDialog({ session, gameId, onClose }: SessionDialogProps) {
  const zone = useTimeZone();
  const correct = useCorrect({ inForm: true });
  // Another tab may correct it meanwhile: what was changed here is what differs from what one saw.
  const [opened] = useState(session);
  const [times, setTimes] = useState<Times>({
    from: opened === undefined ? "" : localOf(opened.started_at, zone),
    until: opened?.ended_at ? localOf(opened.ended_at, zone) : "",
  });
  const [typed, setTyped] = useState<string>();
  const follows = opened === undefined ? "" : (minutesAt(times, opened, zone) ?? opened.minutes);
  const save = async (form: FormData) => {
    const wish =
      opened === undefined ? additionIn(form, gameId ?? 0, zone) : wishFor(opened, form, zone);
    if (wish !== null) await correct.mutateAsync(wish).catch(sayIfGone);
    onClose();
  };
  return (
    <Dialog
      title={opened === undefined ? "Add a session" : `Correct ${opened.title}`}
      onClose={onClose}
    >
      <Form send={save} submit="Save" onCancel={onClose}>
        {(problemAt) => (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                label={`From (${zone})`}
                name="from"
                type="datetime-local"
                required
                value={times.from}
                onChange={({ target }) => setTimes({ ...times, from: target.value })}
                problem={problemAt("/started_at")}
              />
              <TextField
                label="Until"
                name="until"
                type="datetime-local"
                required
                value={times.until}
                onChange={({ target }) => setTimes({ ...times, until: target.value })}
                problem={problemAt("/ended_at")}
              />
            </div>
            <TextField
              label="Minutes played"
              name="minutes"
              type="number"
              min={1}
              max={10_080}
              value={typed ?? follows}
              onChange={({ target }) => setTyped(target.value)}
              hint={
                opened === undefined
                  ? "Empty: the whole time."
                  : isWhole(opened)
                    ? "They follow the times until they are changed."
                    : "Not the whole time: they stay where the times change."
              }
              problem={problemAt("/minutes")}
            />
            {opened !== undefined && (
              <TextField
                label="Or: minutes that it ran idle"
                name="idle"
                type="number"
                min={1}
                max={opened.minutes}
                hint="They are taken away; the times stay."
                problem={problemAt("/idle_minutes")}
              />
            )}
            <p className="text-xs text-muted">
              The total of a game that Steam counts stays Steam’s; of any other, its sessions are
              part. The correction is kept beside what was seen, and can be undone.
            </p>
          </>
        )}
      </Form>
    </Dialog>
  );
}

/** It was open here when another tab took it out; its number, of which the tracker speaks, says nothing to a person. */
function sayIfGone(error: unknown): never {
  if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
  throw new Error(
    "It is not there any longer: it was taken out or corrected elsewhere meanwhile. What stands here can be added as a session.",
  );
}

function timesIn(form: FormData): Times {
  return { from: textOf(form, "from"), until: textOf(form, "until") };
}

function minutesIn(form: FormData): { readonly minutes?: number } {
  const minutes = textOf(form, "minutes");
  return minutes === "" ? {} : { minutes: Number(minutes) };
}

function additionIn(form: FormData, gameId: number, zone: string): SessionWish {
  const span = spanOf(timesIn(form), undefined, zone);
  return { kind: "add", gameId, span: { ...span, ...minutesIn(form) } };
}

/** What was changed in the form; null for nothing. */
function wishFor(opened: Session, form: FormData, zone: string): SessionWish | null {
  const { id } = opened;
  const idle = textOf(form, "idle");
  const times = timesIn(form);
  const fits = minutesAt(times, opened, zone);
  const { minutes = fits } = minutesIn(form);
  const span = spanOf(times, opened, zone);
  const isMoved =
    span.started_at !== opened.started_at ||
    span.ended_at !== opened.ended_at ||
    minutes !== opened.minutes;
  if (idle !== "" && isMoved) {
    throw new Error(
      "A session is moved, or it ran idle: one at a time. Empty the last field, or leave the others as they were.",
    );
  }
  if (idle !== "") return { kind: "idle", id, minutes: Number(idle) };
  if (!isMoved) return null;
  return { kind: "move", id, span: { ...span, ...(minutes === undefined ? {} : { minutes }) } };
}
