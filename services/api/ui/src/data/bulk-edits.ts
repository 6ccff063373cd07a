/** Changes of many games at once. */
import { announce } from "../kit/notice.ts";
import { plural } from "../kit/format.ts";
import { type Edit, reverse, useEditGames } from "./games.ts";
import { PartlyDone } from "./in-turn.ts";

/**
 * Changes games and says so with one undo for all; where the tracker refuses half-way, with an undo of what was changed before it.
 * Answers how many were changed. Not a mutation's own callbacks, which are lost with the component that asked.
 */
export function useBulkEdit(): (what: string, edits: readonly Edit[]) => Promise<number> {
  const edit = useEditGames({ inForm: true });
  const undo = useEditGames();
  const tell = (text: string, tone: "plain" | "bad", done: readonly Edit[]) =>
    announce({
      text,
      tone,
      ...(done.length > 0 && { undo: () => undo.mutate(reverse(done)) }),
    });
  return async (what, edits) => {
    try {
      await edit.mutateAsync(edits);
      tell(`${what}: ${plural(edits.length, "game")}.`, "plain", edits);
      return edits.length;
    } catch (error) {
      const done = error instanceof PartlyDone ? error.done : 0;
      tell(
        error instanceof Error ? `${what}: ${error.message}` : String(error),
        "bad",
        edits.slice(0, done),
      );
      return done;
    }
  };
}
