import type { GameDetail } from "@tracker/contracts";
import { Button } from "../kit/button.tsx";
import { TextArea } from "../kit/field.tsx";
import { count } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { NOTE_LENGTH_MAX } from "./note-draft.ts";
import { type Note, useNote } from "./use-note.ts";

/** From here on it is said how much room is left. */
const COUNTED_FROM = 18_000;
const SAVING = { "not yet": "", now: "Saving…", done: "Saved" } as const;

/** Saved by itself whenever one pauses, and at once when one leaves the field. */
export function Notes({ game }: { readonly game: GameDetail }) {
  const note = useNote(game);
  const { length } = note.text;
  const excess = length - NOTE_LENGTH_MAX;
  const refused = typeof note.saving === "object" ? note.saving.problem : undefined;
  const problem =
    excess > 0
      ? `Not saved: ${count(length)} characters, and ${count(NOTE_LENGTH_MAX)} are kept at most. Shorten it by ${count(excess)}.`
      : refused;
  return (
    <Panel
      title="Notes"
      actions={
        <span role="status" className="text-xs text-muted">
          {problem !== undefined || typeof note.saving === "object"
            ? "Not saved"
            : SAVING[note.saving]}
        </span>
      }
    >
      <TextArea
        label="Notes"
        hideLabel
        value={note.text}
        onChange={(event) => note.type(event.target.value)}
        onBlur={note.save}
        problem={problem}
        hint={
          length < COUNTED_FROM
            ? undefined
            : `${count(length)} of ${count(NOTE_LENGTH_MAX)} characters`
        }
      />
      {note.theirs !== undefined && <Choice note={note} theirs={note.theirs} />}
    </Panel>
  );
}

function Choice({ note, theirs }: { readonly note: Note; readonly theirs: string }) {
  return (
    <div role="alert" className="mt-2 rounded-md bg-warn-soft p-3 text-warn">
      <p>
        <strong>This note was changed elsewhere meanwhile.</strong> What you typed is not saved yet.
        There it now says:
      </p>
      <blockquote className="my-2 max-h-40 overflow-auto rounded-md bg-surface p-2 wrap-anywhere whitespace-pre-wrap text-ink">
        {theirs === "" ? "(nothing)" : theirs}
      </blockquote>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={note.keepMine}>
          Keep what I typed
        </Button>
        <Button size="small" onClick={note.takeTheirs}>
          Take what it says there
        </Button>
      </div>
    </div>
  );
}
