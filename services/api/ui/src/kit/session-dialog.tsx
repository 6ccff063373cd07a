import type { Session } from "@tracker/contracts";
import { type FormEvent, useState } from "react";
import { ApiProblem } from "../data/client.ts";
import { type SessionWish, useCorrect } from "../data/session-edits.ts";
import { useTimeZone } from "../data/status.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { textOf, TextField } from "./field.tsx";
import { instantOf, localOf } from "./local-time.ts";

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
  const correct = useCorrect();
  const [problem, setProblem] = useState<string>();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const idle = Number(textOf(form, "idle"));
    const minutes = textOf(form, "minutes");
    const span = {
      started_at: instantOf(textOf(form, "from"), zone),
      ended_at: instantOf(textOf(form, "until"), zone),
      ...(minutes === "" ? {} : { minutes: Number(minutes) }),
    };
    const wish: SessionWish =
      session === undefined
        ? { kind: "add", gameId: gameId ?? 0, span }
        : idle > 0
          ? { kind: "idle", id: session.id, minutes: idle }
          : { kind: "move", id: session.id, span };
    correct.mutate(wish, {
      onSuccess: onClose,
      onError: (error) => setProblem(error instanceof ApiProblem ? error.message : String(error)),
    });
  };
  return (
    <Dialog
      title={session === undefined ? "Add a session" : `Correct ${session.title}`}
      onClose={onClose}
    >
      <form onSubmit={save} className="grid gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={`From (${zone})`}
            name="from"
            type="datetime-local"
            required
            defaultValue={session === undefined ? "" : localOf(session.started_at, zone)}
          />
          <TextField
            label="Until"
            name="until"
            type="datetime-local"
            required
            defaultValue={session?.ended_at ? localOf(session.ended_at, zone) : ""}
          />
        </div>
        <TextField
          label="Minutes played"
          name="minutes"
          type="number"
          min={1}
          max={10_080}
          defaultValue={session?.minutes ?? ""}
          hint={session === undefined ? "Empty: the whole time." : undefined}
        />
        {session !== undefined && (
          <TextField
            label="Or: minutes that it ran idle"
            name="idle"
            type="number"
            min={1}
            max={session.minutes}
            hint="They are taken away; the times stay."
          />
        )}
        {problem !== undefined && (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        )}
        <p className="text-xs text-muted">
          The total of a game that Steam counts stays Steam’s; of any other, its sessions are part.
          The correction is kept beside what was seen, and can be undone.
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={correct.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
