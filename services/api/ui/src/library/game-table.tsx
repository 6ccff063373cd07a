import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { Game } from "@tracker/contracts";
import { useRef } from "react";
import { useTimeZone } from "../data/status.ts";
import { classes } from "../kit/classes.ts";
import { Cover } from "../kit/cover.tsx";
import { dateOf, hours, percent } from "../kit/format.ts";
import { usePlace } from "../kit/use-place.ts";
import type { GamesProps } from "./game-grid.tsx";
import type { LibrarySearch, Sort } from "./search.ts";
import { RatingSelect, StatusSelect } from "./status-select.tsx";

const ROW_HEIGHT = 56;
const COLUMNS =
  "grid grid-cols-[1.5rem_minmax(0,1fr)_4.5rem] items-center gap-x-3 md:grid-cols-[2.5rem_minmax(10rem,1fr)_7rem_7.5rem_4.5rem_6rem_7rem]";
/** On a phone a row says it under its title. */
const WIDE = "hidden md:block";

interface HeadProps {
  readonly name: string;
  readonly sort?: Sort;
  readonly right?: true;
  readonly isWide?: true;
}

const HEADS: readonly HeadProps[] = [
  { name: "Title", sort: "title" },
  { name: "Platform", isWide: true },
  { name: "Status", isWide: true },
  { name: "Rating", sort: "rating", isWide: true },
  { name: "Played", sort: "hours_played", right: true },
  { name: "Last played", sort: "last_played_at", right: true, isWide: true },
];

interface TableProps extends GamesProps {
  readonly search: LibrarySearch;
  readonly change: (part: Partial<LibrarySearch>) => void;
}

/** The library in rows; only those near the screen are rendered. */
export function GameTable({ games, isOld, selected, toggle, search, change }: TableProps) {
  const list = useRef<HTMLDivElement>(null);
  const { top } = usePlace(list);
  const rows = useWindowVirtualizer({
    count: games.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollMargin: top,
  });
  return (
    <div
      role="region"
      aria-label="Games"
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <div
        role="table"
        aria-label="Games"
        aria-busy={isOld}
        aria-rowcount={games.length + 1}
        className="md:min-w-[54rem]"
      >
        <div
          role="row"
          aria-rowindex={1}
          className={classes(COLUMNS, "border-b border-line px-3 text-xs font-medium text-muted")}
        >
          <span role="columnheader">
            <span className="sr-only">Selected</span>
          </span>
          {HEADS.map((head) => (
            <Head key={head.name} {...head} search={search} change={change} />
          ))}
        </div>
        <div
          ref={list}
          role="rowgroup"
          className="relative"
          style={{ height: rows.getTotalSize() }}
        >
          {rows.getVirtualItems().map(({ index, start }) => {
            const game = games[index];
            return (
              game !== undefined && (
                <div
                  key={game.id}
                  role="row"
                  aria-rowindex={index + 2}
                  className={classes(
                    COLUMNS,
                    "absolute inset-x-0 top-0 border-b border-line px-3",
                    selected.has(game.id) && "bg-accent-soft",
                  )}
                  style={{ height: ROW_HEIGHT, transform: `translateY(${start - top}px)` }}
                >
                  <Row game={game} selected={selected.has(game.id)} toggle={toggle} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

const OTHER_ORDER = { asc: "desc", desc: "asc" } as const;

/** As usual at the first click, the other way round at the next. */
function Head({
  name,
  sort,
  right,
  isWide,
  search,
  change,
}: HeadProps & Pick<TableProps, "search" | "change">) {
  const look = classes(right && "text-right", isWide && WIDE);
  if (sort === undefined) {
    return (
      <span role="columnheader" className={look}>
        {name}
      </span>
    );
  }
  const chosen = (search.sort ?? "created_at") === sort;
  const order = search.order ?? (sort === "title" ? "asc" : "desc");
  const Arrow = order === "asc" ? ArrowUp : ArrowDown;
  return (
    <span
      role="columnheader"
      aria-sort={chosen ? (order === "asc" ? "ascending" : "descending") : "none"}
      className={look}
    >
      <button
        type="button"
        onClick={() => change({ sort, order: chosen ? OTHER_ORDER[order] : undefined })}
        className="inline-flex min-h-10 items-center gap-1 hover:text-ink"
      >
        {name}
        {chosen && <Arrow className="size-3.5" aria-hidden="true" />}
      </button>
    </span>
  );
}

function Row({
  game,
  selected,
  toggle,
}: {
  readonly game: Game;
  readonly selected: boolean;
  readonly toggle: (id: number) => void;
}) {
  const zone = useTimeZone();
  const last = game.last_played_at;
  return (
    <>
      <span role="cell">
        <label className="-m-2.5 flex size-10 items-center justify-center">
          <input
            type="checkbox"
            aria-label={`Select ${game.title}`}
            checked={selected}
            onChange={() => toggle(game.id)}
            className="size-5 accent-accent"
          />
        </label>
      </span>
      <span role="cell" className="flex min-w-0 items-center gap-3">
        <Cover title={game.title} url={game.cover_url} className="w-16" eager />
        <span className="min-w-0 flex-1">
          <Link
            to="/games/$gameId"
            params={{ gameId: String(game.id) }}
            className="block truncate font-medium hover:underline"
          >
            {game.title}
          </Link>
          <span className="figures block truncate text-xs text-muted md:hidden">
            {game.status}
            {game.rating !== null && ` · ★ ${game.rating}`}
          </span>
        </span>
      </span>
      <span role="cell" className={classes(WIDE, "truncate text-muted")}>
        {game.platform}
      </span>
      <span role="cell" className={WIDE}>
        <StatusSelect game={game} />
      </span>
      <span role="cell" className={WIDE}>
        <RatingSelect game={game} />
      </span>
      <span role="cell" className="figures text-right">
        {hours(game.playtime_minutes)}
        {game.total_achievements > 0 && (
          <span className="block text-xs text-muted">
            {percent(game.completion_percentage / 100)}
          </span>
        )}
      </span>
      <span role="cell" className={classes(WIDE, "figures text-right text-muted")}>
        {last === null ? "–" : dateOf(last, zone)}
      </span>
    </>
  );
}
