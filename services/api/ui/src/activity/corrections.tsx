import { useInfiniteQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { sessionEdits, useUndoEdit } from "../data/session-edits.ts";
import { Badge } from "../kit/badge.tsx";
import { Button } from "../kit/button.tsx";
import { ago } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { ShowMore } from "../kit/show-more.tsx";

/** What was corrected by hand; shown once there is something. */
export function Corrections() {
  const answer = useInfiniteQuery(sessionEdits);
  const undo = useUndoEdit();
  const edits = answer.data?.pages.flatMap((page) => page.items) ?? [];
  if (edits.length === 0) return null;
  return (
    <Panel title="Corrections" hint="Kept beside what was seen, and taken back one by one">
      <ul>
        {edits.map(({ id, title, summary, created_at: at, undone_at: undoneAt, applied }) => (
          <li
            key={id}
            className="flex flex-wrap items-center gap-3 border-b border-line py-2 last:border-b-0"
          >
            <span className="min-w-0 flex-1 basis-60">
              <span className="block truncate font-medium">{title}</span>
              <span className="block text-xs text-muted">
                {summary} {ago(at)}
              </span>
            </span>
            {undoneAt !== null && <Badge>undone</Badge>}
            {undoneAt === null && !applied && <Badge tone="warn">finds its session no more</Badge>}
            {undoneAt === null && (
              <Button size="small" aria-label={`Undo: ${summary}`} onClick={() => undo.mutate(id)}>
                <Undo2 className="size-4" aria-hidden="true" /> Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ShowMore pages={answer} />
    </Panel>
  );
}
