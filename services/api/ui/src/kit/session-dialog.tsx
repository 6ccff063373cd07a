import type { Session } from "@tracker/contracts";
import { type SessionSpan, type SessionWish, useCorrect } from "../data/session-edits.ts";
import { useTimeZone } from "../data/status.ts";
import { Dialog } from "./dialog.tsx";
import { textOf, TextField } from "./field.tsx";
import { Form } from "./form.tsx";
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
  const correct = useCorrect({ inForm: true });
  const save = async (form: FormData) => {
    const wish =
      session === undefined
        ? ({ kind: "add", gameId: gameId ?? 0, span: spanIn(form, zone) } as const)
        : wishFor(session, form, zone);
    if (wish !== null) await correct.mutateAsync(wish);
    onClose();
  };
  return (
    <Dialog
      title={session === undefined ? "Add a session" : `Correct ${session.title}`}
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
                defaultValue={session === undefined ? "" : localOf(session.started_at, zone)}
                problem={problemAt("/started_at")}
              />
              <TextField
                label="Until"
                name="until"
                type="datetime-local"
                required
                defaultValue={session?.ended_at ? localOf(session.ended_at, zone) : ""}
                problem={problemAt("/ended_at")}
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
              problem={problemAt("/minutes")}
            />
            {session !== undefined && (
              <TextField
                label="Or: minutes that it ran idle"
                name="idle"
                type="number"
                min={1}
                max={session.minutes}
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

function spanIn(form: FormData, zone: string): SessionSpan {
  const minutes = textOf(form, "minutes");
  return {
    started_at: instantOf(textOf(form, "from"), zone),
    ended_at: instantOf(textOf(form, "until"), zone),
    ...(minutes === "" ? {} : { minutes: Number(minutes) }),
  };
}

/** What was changed in the form; null for nothing. A time that was left as it is keeps its seconds. */
function wishFor(session: Session, form: FormData, zone: string): SessionWish | null {
  const { id, started_at: from, ended_at: until } = session;
  const isMoved =
    textOf(form, "from") !== localOf(from, zone) ||
    until === null ||
    textOf(form, "until") !== localOf(until, zone) ||
    textOf(form, "minutes") !== String(session.minutes);
  const idle = textOf(form, "idle");
  if (idle !== "" && isMoved) {
    throw new Error(
      "A session is moved, or it ran idle: one at a time. Empty the last field, or leave the others as they were.",
    );
  }
  if (idle !== "") return { kind: "idle", id, minutes: Number(idle) };
  if (!isMoved) return null;
  const span = spanIn(form, zone);
  const same = (field: string, instant: string | null) =>
    instant !== null && textOf(form, field) === localOf(instant, zone) ? instant : undefined;
  return {
    kind: "move",
    id,
    span: {
      ...span,
      started_at: same("from", from) ?? span.started_at,
      ended_at: same("until", until) ?? span.ended_at,
    },
  };
}
