import type { GameDetail } from "@tracker/contracts";
import type { FormEvent } from "react";
import { type GamePatch, reverse, useEditGames } from "../data/games.ts";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { SelectField, textOf, TextField } from "../kit/field.tsx";
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
  const edit = useEditGames();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const patch = changesIn(new FormData(event.currentTarget), game);
    onClose();
    if (Object.keys(patch).length === 0) return;
    const edits = [{ game, patch }];
    edit.mutate(edits, {
      onSuccess: () =>
        announce({ text: "Saved.", tone: "good", undo: () => edit.mutate(reverse(edits)) }),
    });
  };
  return (
    <Dialog title={`Edit ${game.title}`} onClose={onClose}>
      <form onSubmit={save} className="grid gap-4">
        <TextField label="Title" name="title" defaultValue={game.title} maxLength={300} required />
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label="Platform"
            name="platform"
            defaultValue={game.platform}
            maxLength={50}
            required
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
        />
        <TextField
          label="Completed on"
          name="completion_date"
          type="date"
          defaultValue={game.completion_date ?? ""}
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
          />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Save
          </Button>
        </div>
      </form>
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
