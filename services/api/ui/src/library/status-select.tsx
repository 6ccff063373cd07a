import type { Game } from "@tracker/contracts";
import { useBulkEdit } from "../data/bulk-edits.ts";
import { useEditGames } from "../data/games.ts";
import { STATUSES } from "./search.ts";

/** A game's status, changed where it stands; inside a filter the game may leave the list by it, so it is said, with its undo. */
export function StatusSelect({ game }: { readonly game: Game }) {
  const edit = useBulkEdit();
  return (
    <select
      aria-label={`Status of ${game.title}`}
      value={game.status}
      onChange={(event) => {
        const status = STATUSES.find((known) => known === event.target.value);
        if (status !== undefined) void edit(status, [{ game, patch: { status } }]);
      }}
      className="-ml-2 min-h-9 max-w-full rounded-md bg-transparent px-1 text-sm text-muted hover:bg-sunken"
    >
      {STATUSES.map((status) => (
        <option key={status}>{status}</option>
      ))}
    </select>
  );
}

const RATINGS = Array.from({ length: 21 }, (_, index) => index / 2);

/** A game's rating, 0 to 10 in halves, or none. */
export function RatingSelect({ game }: { readonly game: Game }) {
  const edit = useEditGames();
  return (
    <select
      aria-label={`Rating of ${game.title}`}
      value={game.rating ?? ""}
      onChange={({ target: { value } }) =>
        edit.mutate([{ game, patch: { rating: value === "" ? null : Number(value) } }])
      }
      className="figures -ml-1 min-h-9 rounded-md bg-transparent px-1 text-sm text-muted hover:bg-sunken"
    >
      <option value="">–</option>
      {RATINGS.map((rating) => (
        <option key={rating}>{rating}</option>
      ))}
    </select>
  );
}
