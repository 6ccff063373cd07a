import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Gamepad2, LayoutGrid, Plus, Table } from "lucide-react";
import type { Game } from "@tracker/contracts";
import { useDeferredValue, useMemo, useState } from "react";
import { useBulkEdit } from "../data/bulk-edits.ts";
import { allGames, type Edit, edited } from "../data/games.ts";
import { isStep } from "../kit/address.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { hours, plural } from "../kit/format.ts";
import { Page } from "../kit/panel.tsx";
import { AddGame } from "./add-game.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { Filters } from "./filters.tsx";
import { GameGrid } from "./game-grid.tsx";
import { GameTable } from "./game-table.tsx";
import type { LibrarySearch } from "./search.ts";
import { hiddenOf, isFiltered, shownGames } from "./shown-games.ts";

/** Every game of every platform: found, sorted, and changed one by one or many at once. */
export function LibraryPage() {
  const search = useSearch({ from: "/library" });
  const navigate = useNavigate({ from: "/library" });
  const games = useQuery(allGames({ archived: search.archived }));
  const [typed, setTyped] = useState(search.q ?? "");
  // Finding among ten thousand must not keep a letter from its field.
  const [wanted, q] = [useDeferredValue(search), useDeferredValue(typed)];
  const list = useMemo(
    () => (games.data === undefined ? undefined : shownGames(games.data, { ...wanted, q })),
    [games.data, wanted, q],
  );
  const isOld = wanted !== search || q !== typed || games.isPlaceholderData;
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [adding, setAdding] = useState(false);
  const change = (part: Partial<LibrarySearch>) =>
    void navigate({
      search: (before) => ({ ...before, ...part }),
      replace: !isStep(part, ["q"]),
    });
  const bulkEdit = useBulkEdit();
  const edit = async (what: string, edits: readonly Edit[]) => {
    const done = edits.slice(0, await bulkEdit(what, edits));
    // Nobody sees any longer that those are chosen which the change took out of what is shown.
    const gone = hiddenOf(done.map(edited), { ...search, q: typed });
    setSelected((before) => before.difference(gone));
  };
  const asTable = wanted.view === "table";
  const toggle = (id: number) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <Page
      title="Library"
      hint={list === undefined ? "…" : summary(list)}
      actions={
        <>
          <IconButton
            label={asTable ? "Show covers" : "Show a table"}
            onClick={() => change({ view: asTable ? undefined : "table" })}
          >
            {asTable ? (
              <LayoutGrid className="size-5" aria-hidden="true" />
            ) : (
              <Table className="size-5" aria-hidden="true" />
            )}
          </IconButton>
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus className="size-4" aria-hidden="true" /> Add a game
          </Button>
        </>
      }
    >
      <Filters search={search} change={change} typed={setTyped} />
      <Answer of={games} skeleton={<Skeleton className="h-[60dvh]" />}>
        {(whole) => {
          const shown = { games: list ?? whole, isOld, selected, toggle };
          if (shown.games.length === 0) {
            const isNarrowed = whole.length > 0 || isFiltered({ ...wanted, q });
            return isNarrowed ? <NothingFound /> : <EmptyLibrary add={() => setAdding(true)} />;
          }
          return asTable ? (
            <GameTable {...shown} search={search} change={change} />
          ) : (
            <GameGrid {...shown} />
          );
        }}
      </Answer>
      {selected.size > 0 && (
        <BulkBar
          games={(list ?? []).filter(({ id }) => selected.has(id))}
          chosen={selected.size}
          edit={(what, edits) => void edit(what, edits)}
          clear={() => setSelected(new Set())}
          selectAll={() => setSelected(new Set((list ?? []).map(({ id }) => id)))}
        />
      )}
      {adding && <AddGame onClose={() => setAdding(false)} />}
    </Page>
  );
}

function summary(games: readonly Game[]): string {
  const minutes = games.reduce((sum, game) => sum + game.playtime_minutes, 0);
  return `${plural(games.length, "game")} · ${hours(minutes)}`;
}

function NothingFound() {
  return (
    <Empty icon={Gamepad2} title="No game is like that">
      Take a filter away to see more.
    </Empty>
  );
}

function EmptyLibrary({ add }: { readonly add: () => void }) {
  return (
    <Empty icon={Gamepad2} title="The library is empty">
      Games of Steam come by themselves once an account is set up; any other can be added by hand.
      <span className="mt-4 flex flex-wrap justify-center gap-2">
        <Button look="primary" onClick={add}>
          Add a game
        </Button>
        <Link
          to="/setup"
          className="inline-flex min-h-10 items-center rounded-md border border-line bg-surface px-4 font-medium text-ink hover:bg-sunken"
        >
          Set up Steam
        </Link>
      </span>
    </Empty>
  );
}
