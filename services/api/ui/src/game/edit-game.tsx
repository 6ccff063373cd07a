import type { GameDetail } from "@tracker/contracts";
import { useState } from "react";
import { type GamePatch, reverse, useEditGames } from "../data/games.ts";
import { Dialog } from "../kit/dialog.tsx";
import { SelectField, textOf, TextField } from "../kit/field.tsx";
import { Form } from "../kit/form.tsx";
import { announce } from "../kit/notice.ts";
import { tagsIn } from "../kit/tags.ts";
import { CompletedOn } from "./completed.tsx";

/** The most that a game can be given, 10,000,000 minutes. */
const HOURS_MAX = 166_666;
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
  // Another tab may change it meanwhile: only what differs from what one saw is saved.
  const [opened] = useState(game);
  const save = async (form: FormData) => {
    const patch = changesIn(form, opened);
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
              defaultValue={opened.title}
              maxLength={300}
              required
              problem={problemAt("/title")}
            />
            <div className="grid grid-cols-2 gap-4">
              <TextField
                label="Platform"
                name="platform"
                defaultValue={opened.platform}
                maxLength={50}
                required
                problem={problemAt("/platform")}
              />
              <SelectField
                label="Who may see it"
                name="visibility"
                defaultValue={opened.visibility}
              >
                <option value="public">Everything is public</option>
                <option value="totals">Totals, but not when</option>
                <option value="hidden">Nobody: hidden</option>
              </SelectField>
            </div>
            <TextField
              label="Tags"
              name="tags"
              defaultValue={opened.tags.join(", ")}
              hint="Between commas."
              problem={problemAt("/tags")}
            />
            <CompletedOn game={opened} problem={problemAt("/completion_date")} />
            <TextField
              label="Cover"
              name="cover_url"
              type="url"
              defaultValue={opened.cover_url ?? ""}
              maxLength={2_000}
              hint="An image’s address on one of Steam’s image hosts: this page loads from no other."
              problem={problemAt("/cover_url")}
            />
            {opened.library_state === null && (
              <TextField
                label="Hours played in all"
                name="hours"
                type="number"
                min={0}
                max={HOURS_MAX}
                step="any"
                defaultValue={hoursIn(opened.playtime_minutes)}
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

/** So exact that the minutes can be told from it. */
function hoursIn(minutes: number): number {
  return Math.round((minutes / 60) * 100) / 100;
}

function changesIn(form: FormData, opened: GameDetail): GamePatch {
  const text = (name: string) => textOf(form, name);
  const date = text("completion_date") || null;
  const cover = text("cover_url") || null;
  const visibility = VISIBILITIES.find((known) => known === text("visibility"));
  const total = Math.round(Number(text("hours")) * 60);
  return {
    ...(text("title") === opened.title ? {} : { title: text("title") }),
    ...(text("platform") === opened.platform ? {} : { platform: text("platform") }),
    ...(visibility === undefined || visibility === opened.visibility ? {} : { visibility }),
    // As they stand in the field: a program may have given one a comma of its own.
    ...(text("tags") === opened.tags.join(", ") ? {} : { tags: tagsIn(text("tags")) }),
    ...(date === opened.completion_date ? {} : { completion_date: date }),
    ...(cover === opened.cover_url ? {} : { cover_url: cover }),
    ...(text("hours") === "" || total === opened.playtime_minutes
      ? {}
      : { playtime_minutes: total }),
  };
}
