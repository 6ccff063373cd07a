import { useInfiniteQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import type { SessionEdit } from "@tracker/contracts";
import { sessionEdits, toldOf, useUndoEdit } from "../data/session-edits.ts";
import { useTimeZone } from "../data/status.ts";
import { Badge } from "../kit/badge.tsx";
import { Button } from "../kit/button.tsx";
import { ago } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { ShowMore } from "../kit/show-more.tsx";

/** What was corrected by hand; shown once there is something. */
export function Corrections() {
  const answer = useInfiniteQuery(sessionEdits);
  const edits = answer.data?.pages.flatMap((page) => page.items) ?? [];
  if (edits.length === 0) return null;
  return (
    <Panel title="Corrections" hint="Kept beside what was seen, and taken back one by one">
      <ul>
        {edits.map((edit) => (
          <Entry key={edit.id} edit={edit} />
        ))}
      </ul>
      <ShowMore pages={answer} />
    </Panel>
  );
}

function Entry({ edit }: { readonly edit: SessionEdit }) {
  const undo = useUndoEdit();
  const told = toldOf(edit, useTimeZone());
  const isUndone = edit.undone_at !== null;
  return (
    <li className="flex flex-wrap items-center gap-3 border-b border-line py-2 last:border-b-0">
      <span className="min-w-0 flex-1 basis-60">
        <span className="block truncate font-medium">{edit.title}</span>
        <span className="block text-xs text-muted">
          {told} {ago(edit.created_at)}
        </span>
      </span>
      {isUndone && <Badge>undone</Badge>}
      {!isUndone && !edit.applied && <Badge tone="warn">finds its session no more</Badge>}
      {!isUndone && (
        <Button size="small" aria-label={`Undo: ${told}`} onClick={() => undo.mutate(edit.id)}>
          <Undo2 className="size-4" aria-hidden="true" /> Undo
        </Button>
      )}
    </li>
  );
}
