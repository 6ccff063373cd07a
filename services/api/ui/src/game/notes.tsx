import type { GameDetail } from "@tracker/contracts";
import { useEffect, useRef, useState } from "react";
import { useEditGames } from "../data/games.ts";
import { TextArea } from "../kit/field.tsx";
import { Panel } from "../kit/panel.tsx";

const PAUSE_MS = 800;

/** Saved by itself whenever one pauses, and at once when one leaves the field. */
export function Notes({ game }: { readonly game: GameDetail }) {
  const edit = useEditGames();
  const [text, setText] = useState(game.notes ?? "");
  const saved = useRef(game.notes ?? "");
  const save = useRef(() => {});
  useEffect(() => {
    save.current = () => {
      if (text === saved.current) return;
      saved.current = text;
      edit.mutate([{ game, patch: { notes: text === "" ? null : text } }]);
    };
  });
  useEffect(() => {
    const timer = setTimeout(() => save.current(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const state = edit.isPending
    ? "Saving…"
    : edit.isError
      ? "Not saved"
      : edit.isSuccess
        ? "Saved"
        : "";
  return (
    <Panel
      title="Notes"
      actions={
        <span role="status" className="text-xs text-muted">
          {state}
        </span>
      }
    >
      <TextArea
        label="Notes"
        hideLabel
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => save.current()}
      />
    </Panel>
  );
}
