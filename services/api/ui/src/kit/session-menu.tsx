import { Ellipsis, Pencil, Scissors, Trash2 } from "lucide-react";
import type { Session } from "@tracker/contracts";
import { useState } from "react";
import { useCorrect } from "../data/session-edits.ts";
import { useTimeZone } from "../data/status.ts";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";
import { moment } from "./format.ts";
import { useOpenCorrection } from "./session-dialogs.tsx";

/** What may be corrected of a session that has ended, each with its undo; on a phone behind one button. */
export function SessionMenu({ session }: { readonly session: Session }) {
  const correct = useCorrect();
  const zone = useTimeZone();
  const open = useOpenCorrection();
  const [unfolded, setUnfolded] = useState(false);
  if (session.live || session.ended_at === null) return null;
  const endedAt = session.ended_at;
  const name = `${session.title}, ${moment(session.started_at, zone)}`;
  return (
    <span className="flex">
      <IconButton
        label={`What to do with the session of ${name}`}
        aria-expanded={unfolded}
        className="sm:hidden"
        onClick={() => setUnfolded(!unfolded)}
      >
        <Ellipsis className="size-4" aria-hidden="true" />
      </IconButton>
      <span className={classes("sm:flex", unfolded ? "flex" : "hidden")}>
        <IconButton
          label={`Correct the session of ${name}`}
          onClick={() => open({ kind: "edit", session })}
        >
          <Pencil className="size-4" aria-hidden="true" />
        </IconButton>
        {session.precision !== "gap" && session.minutes > 1 && (
          <IconButton
            label={`Split the session of ${name}`}
            onClick={() => open({ kind: "split", session, endedAt })}
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
      </span>
    </span>
  );
}
