import { Pencil, Scissors, Trash2 } from "lucide-react";
import type { Session } from "@tracker/contracts";
import { useState } from "react";
import { useCorrect } from "../data/session-edits.ts";
import { IconButton } from "./button.tsx";
import { SessionDialog } from "./session-dialog.tsx";

/** What may be corrected of a session that has ended; each with its undo. */
export function SessionMenu({ session }: { readonly session: Session }) {
  const correct = useCorrect();
  const [editing, setEditing] = useState(false);
  if (session.live || session.ended_at === null) return null;
  const end = session.ended_at;
  const name = `${session.title}, ${session.started_at.slice(0, 10)}`;
  const halfway = () =>
    new Date((Date.parse(session.started_at) + Date.parse(end)) / 2).toISOString();
  return (
    <span className="flex">
      <IconButton label={`Correct the session of ${name}`} onClick={() => setEditing(true)}>
        <Pencil className="size-4" aria-hidden="true" />
      </IconButton>
      {session.precision !== "gap" && session.minutes > 1 && (
        <IconButton
          label={`Split the session of ${name} in the middle`}
          onClick={() => correct.mutate({ kind: "split", id: session.id, at: halfway() })}
        >
          <Scissors className="size-4" aria-hidden="true" />
        </IconButton>
      )}
      <IconButton
        label={`Take out the session of ${name}`}
        onClick={() => correct.mutate({ kind: "remove", id: session.id })}
      >
        <Trash2 className="size-4" aria-hidden="true" />
      </IconButton>
      {editing && <SessionDialog session={session} onClose={() => setEditing(false)} />}
    </span>
  );
}
