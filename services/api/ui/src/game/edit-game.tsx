import type { GameDetail } from "@tracker/contracts";
import { type GamePatch, reverse, useEditGames } from "../data/games.ts";
import { Dialog } from "../kit/dialog.tsx";
import { SelectField, textOf, TextField } from "../kit/field.tsx";
import { Form } from "../kit/form.tsx";
import { announce } from "../kit/notice.ts";

const VISIBILITIES = ["public", "totals", "hidden"] as const;

/** What a person may set of a game. No sync ever writes over it. */
export function EditGame({
  game,
  onClose,
}: {
  readonly game: GameDetail;
  readonly onClose: () => void;
}) {
  const edit = useEditGames({ inForm: true });
  const undo = useEditGames();
  const save = async (form: FormData) => {
    const patch = changesIn(form, game);
    if (Object.keys(patch).length > 0) {
      const edits = [{ game, patch }];
      await edit.mutateAsync(edits);
      announce({ text: "Saved.", tone: "good", undo: () => undo.mutate(reverse(edits)) });
    }
    onClose();
  };
  return (
    <Dialog title={`Edit ${game.title}`} onClose={onClose}>
      <Form send={save} submit="Save" onCancel={onClose}>
        {(problemAt) => (
          <>
            <TextField
              label="Title"
              name="title"
              defaultValue={game.title}
              maxLength={300}
              required
              problem={problemAt("/title")}
            />
            <div className="grid grid-cols-2 gap-4">
              <TextField
                label="Platform"
                name="platform"
                defaultValue={game.platform}
                maxLength={50}
                required
                problem={problemAt("/platform")}
              />
              <SelectField label="Who may see it" name="visibility" defaultValue={game.visibility}>
                <option value="public">Everything is public</option>
                <option value="totals">Totals, but not when</option>
                <option value="hidden">Nobody: hidden</option>
              </SelectField>
            </div>
            <TextField
              label="Tags"
              name="tags"
              defaultValue={game.tags.join(", ")}
              hint="Between commas."
              problem={problemAt("/tags")}
            />
            <TextField
              label="Completed on"
              name="completion_date"
              type="date"
              defaultValue={game.completion_date ?? ""}
              problem={problemAt("/completion_date")}
            />
            {game.library_state === null && (
              <TextField
                label="Minutes played in all"
                name="playtime_minutes"
                type="number"
                min={0}
                max={10_000_000}
                defaultValue={game.playtime_minutes}
                hint="With its sessions; one added later is added to it."
                problem={problemAt("/playtime_minutes")}
              />
            )}
          </>
        )}
      </Form>
    </Dialog>
  );
}

function changesIn(form: FormData, game: GameDetail): GamePatch {
  const tags = [
    ...new Set(
      textOf(form, "tags")
        .split(",")
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ""),
    ),
  ];
  const date = textOf(form, "completion_date") || null;
  const visibility = VISIBILITIES.find((known) => known === textOf(form, "visibility"));
  const total = textOf(form, "playtime_minutes");
  return {
    ...(textOf(form, "title") === game.title ? {} : { title: textOf(form, "title") }),
    ...(textOf(form, "platform") === game.platform ? {} : { platform: textOf(form, "platform") }),
    ...(visibility === undefined || visibility === game.visibility ? {} : { visibility }),
    ...(tags.join(",") === game.tags.join(",") ? {} : { tags }),
    ...(date === game.completion_date ? {} : { completion_date: date }),
    ...(total === "" || Number(total) === game.playtime_minutes
      ? {}
      : { playtime_minutes: Number(total) }),
  };
}
