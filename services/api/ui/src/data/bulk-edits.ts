/** Changes of games where they stand in a list, which they may leave by it. */
import { announce } from "../kit/notice.ts";
import { plural } from "../kit/format.ts";
import { isSignedOut } from "./client.ts";
import { type Edit, reverse, useEditGames } from "./games.ts";
import { doneBefore } from "./in-turn.ts";

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
    const [first] = edits;
    const alone = edits.length === 1 ? first?.game.title : undefined;
    try {
      await edit.mutateAsync(edits);
      const said = alone === undefined ? [what, plural(edits.length, "game")] : [alone, what];
      tell(`${said.join(": ")}.`, "plain", edits);
      return edits.length;
    } catch (error) {
      const done = doneBefore(error);
      const reason = error instanceof Error ? error.message : String(error);
      if (!isSignedOut(error) || done > 0)
        tell(`${alone ?? what}: ${reason}`, "bad", edits.slice(0, done));
      return done;
    }
  };
}
