import type { Session } from "@tracker/contracts";
import { type FormEvent, useState } from "react";
import { useCorrect } from "../data/session-edits.ts";
import { useTimeZone } from "../data/status.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { textOf, TextField } from "./field.tsx";
import { clock } from "./format.ts";
import { instantOf, localOf } from "./local-time.ts";

interface SplitDialogProps {
  readonly session: Session;
  readonly endedAt: string;
  readonly onClose: () => void;
}

/** Where one session became another: in its middle unless one says when. */
export function SplitDialog({ session, endedAt, onClose }: SplitDialogProps) {
  const zone = useTimeZone();
  const correct = useCorrect();
  const [problem, setProblem] = useState<string>();
  const middle = new Date((Date.parse(session.started_at) + Date.parse(endedAt)) / 2);
  const split = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const at = instantOf(textOf(new FormData(event.currentTarget), "at"), zone);
    correct.mutate(
      { kind: "split", id: session.id, at },
      { onSuccess: onClose, onError: (error) => setProblem(error.message) },
    );
  };
  return (
    <Dialog title={`Split ${session.title}`} onClose={onClose}>
      <form onSubmit={split} className="grid gap-4">
        <TextField
          label={`The second begins (${zone})`}
          name="at"
          type="datetime-local"
          required
          defaultValue={localOf(middle.toISOString(), zone)}
          hint={`Between ${clock(session.started_at, zone)} and ${clock(endedAt, zone)}. Its minutes are shared by the length of the two.`}
          problem={problem}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={correct.isPending}>
            Split
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
