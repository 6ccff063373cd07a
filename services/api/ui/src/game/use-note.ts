import type { GameDetail } from "@tracker/contracts";
import { useEffect, useRef, useState } from "react";
import { api, ApiProblem } from "../data/client.ts";
import { useEditGames } from "../data/games.ts";
import { keepDraft, keptDraft } from "./kept-drafts.ts";
import { fitsLastMessage, meet, NOTE_LENGTH_MAX, type NoteDraft, patchOf } from "./note-draft.ts";

const PAUSE_MS = 800;

/** The state of saving; a failure comes with its reason. */
type Saving = "not yet" | "now" | "done" | { readonly problem: string };

export interface Note {
  readonly text: string;
  readonly type: (text: string) => void;
  readonly save: () => void;
  readonly saving: Saving;
  /** What was written elsewhere while this was typed; undefined while nothing was. */
  readonly theirs: string | undefined;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

/** A note that is saved by itself, but never over what was written elsewhere meanwhile. */
export function useNote(game: GameDetail): Note {
  const told = game.notes ?? "";
  const [draft, setDraft] = useState<NoteDraft>(keptDraft(game.id) ?? { text: told, base: told });
  const [saving, setSaving] = useState<Saving>("not yet");
  const store = useStore(game);
  // While saving, answers may be older than what is being saved.
  const met = saving === "now" ? draft : meet(draft, told);
  if (met !== draft) setDraft(met);
  const theirs = saving !== "now" && met.base !== told ? told : undefined;
  const hasFailed = typeof saving === "object";
  useEffect(() => {
    // Comes back from beneath the sign-in, where it took what was never saved for what the tracker holds.
    const kept = keptDraft(game.id);
    if (kept === undefined) return;
    setDraft(kept);
    setSaving("not yet");
  }, []);
  const fits = met.text.length <= NOTE_LENGTH_MAX;
  const isWaiting = fits && met.text !== met.base && theirs === undefined;
  const save = async () => {
    if (!isWaiting || saving === "now") return;
    setSaving("now");
    const end = await store(met);
    if (end === "done") {
      setDraft(({ text }) => ({ text, base: met.text }));
      const kept = keptDraft(game.id);
      if (kept !== undefined) keepDraft(game.id, { text: kept.text, base: met.text }, true);
    }
    setSaving(end);
  };
  useEffect(() => {
    // A failed save is tried again on typing or leaving the field, not endlessly.
    if (saving === "now" || hasFailed) return undefined;
    const timer = setTimeout(() => void save(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [met.text, met.base, saving]);
  useKeeping(game.id, met, isWaiting && !hasFailed, save);
  return {
    text: met.text,
    type: (text) => {
      setDraft(({ base }) => ({ text, base }));
      if (saving !== "now") setSaving("not yet");
    },
    save: () => void save(),
    saving,
    theirs,
    keepMine: () => setDraft({ text: met.text, base: told }),
    takeTheirs: () => setDraft({ text: told, base: told }),
  };
}

/** Saves a draft if what the tracker holds is still what it began with; otherwise what it holds is shown beside it. */
function useStore(game: GameDetail): (draft: NoteDraft) => Promise<Saving> {
  const edit = useEditGames({ inForm: true });
  return async (draft) => {
    try {
      await edit.mutateAsync([{ game, patch: patchOf(draft) }]);
      return "done";
    } catch (error) {
      if (error instanceof ApiProblem && error.field === "/notes_before") return "not yet";
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  };
}

/** Keeps what is typed when its page goes away: what can be sent is sent, and for the rest the browser asks. */
function useKeeping(
  gameId: number,
  draft: NoteDraft,
  canSend: boolean,
  save: () => Promise<void>,
): void {
  const sends = canSend && fitsLastMessage(draft);
  const close = useRef(() => {});
  const leave = useRef(() => {});
  useEffect(() => {
    keepDraft(gameId, draft, !sends);
    close.current = () => {
      if (sends)
        void api.games({ id: gameId }).patch(patchOf(draft), { fetch: { keepalive: true } });
    };
    leave.current = () => {
      keepDraft(gameId, draft, true);
      void save();
    };
  });
  useEffect(() => {
    const send = () => close.current();
    window.addEventListener("pagehide", send);
    return () => {
      window.removeEventListener("pagehide", send);
      leave.current();
    };
  }, []);
}
