import { X } from "lucide-react";
import type { Game } from "@tracker/contracts";
import { useState } from "react";
import { type Edit, type GamePatch, useArchiveGames } from "../data/games.ts";
import { Button, IconButton } from "../kit/button.tsx";
import { tagsIn } from "../kit/tags.ts";
import { STATUSES } from "./search.ts";
import { selectionWords } from "./shown-games.ts";

/** Of all that are added at once; each has at most 50. */
const TAGS_LENGTH_MAX = 200;

interface BulkBarProps {
  /** Those of the chosen that are shown: what is done is done to them. */
  readonly games: readonly Game[];
  readonly chosen: number;
  readonly clear: () => void;
  readonly selectAll: () => void;
  readonly edit: (what: string, edits: readonly Edit[]) => void;
}

/** What was chosen, and what can be done with it while it is shown. */
export function BulkBar({ chosen, ...rest }: BulkBarProps) {
  const { games, clear } = rest;
  return (
    <section
      aria-label="Selected games"
      className="fixed inset-x-2 bottom-20 z-30 mx-auto flex max-w-3xl flex-wrap items-center gap-2 rounded-lg border border-line bg-raised p-2 shadow-lg lg:bottom-4"
    >
      <IconButton label="Clear the selection" onClick={clear}>
        <X className="size-5" aria-hidden="true" />
      </IconButton>
      <strong className="figures mr-2">{selectionWords(chosen, games.length)}</strong>
      {games.length > 0 && <Actions {...rest} />}
    </section>
  );
}

/** Changes all chosen games at once, with one undo for all. */
function Actions({ games, clear, selectAll, edit }: Omit<BulkBarProps, "chosen">) {
  const archive = useArchiveGames();
  const [tag, setTag] = useState("");
  const apply = (what: string, patchOf: (game: Game) => GamePatch) =>
    edit(
      what,
      games.map((game) => ({ game, patch: patchOf(game) })),
    );
  return (
    <>
      <Button size="small" onClick={selectAll}>
        All
      </Button>
      <select
        aria-label="Status of the selected games"
        value=""
        onChange={({ target: { value } }) => {
          const status = STATUSES.find((known) => known === value);
          if (status !== undefined) apply(status, () => ({ status }));
        }}
        className="min-h-8 rounded-md border border-line bg-surface px-2 text-xs"
      >
        <option value="">Status…</option>
        {STATUSES.map((status) => (
          <option key={status}>{status}</option>
        ))}
      </select>
      <select
        aria-label="Visibility of the selected games"
        value=""
        onChange={({ target: { value } }) => {
          if (value === "public" || value === "totals" || value === "hidden")
            apply(`Visibility ${value}`, () => ({ visibility: value }));
        }}
        className="min-h-8 rounded-md border border-line bg-surface px-2 text-xs"
      >
        <option value="">Visibility…</option>
        <option value="public">Public</option>
        <option value="totals">Totals only</option>
        <option value="hidden">Hidden</option>
      </select>
      <Button size="small" onClick={() => apply("Favourites", () => ({ is_favorite: true }))}>
        Favourite
      </Button>
      <form
        className="flex items-center gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          const names = tagsIn(tag);
          if (names.length === 0) return;
          setTag("");
          apply(`Tagged ${names.join(", ")}`, (game) => ({
            tags: [...new Set([...game.tags, ...names])],
          }));
        }}
      >
        <input
          aria-label="A tag for the selected games"
          placeholder="Add a tag…"
          value={tag}
          maxLength={TAGS_LENGTH_MAX}
          onChange={(event) => setTag(event.target.value)}
          className="min-h-8 w-28 rounded-md border border-edge bg-surface px-2 text-xs"
        />
        <Button size="small" type="submit">
          Tag
        </Button>
      </form>
      <Button
        size="small"
        look="danger"
        onClick={() => {
          archive.mutate(games);
          clear();
        }}
      >
        Archive
      </Button>
    </>
  );
}
