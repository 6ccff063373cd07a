import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { Link } from "@tanstack/react-router";
import { Star } from "lucide-react";
import type { Game } from "@tracker/contracts";
import { useLayoutEffect, useRef } from "react";
import { useEditGames } from "../data/games.ts";
import { IconButton } from "../kit/button.tsx";
import { classes } from "../kit/classes.ts";
import { Cover } from "../kit/cover.tsx";
import { hours } from "../kit/format.ts";
import { usePlace } from "../kit/use-place.ts";
import { StatusSelect } from "./status-select.tsx";

export interface GamesProps {
  readonly games: readonly Game[];
  /** Whether others are about to be shown. */
  readonly isOld: boolean;
  readonly selected: ReadonlySet<number>;
  readonly toggle: (id: number) => void;
}

const CARD_WIDTH = 220;
/** On a phone, where two stand side by side. */
const NARROW = { width: 480, card: 150 } as const;
const GAP = 12;
/** Below the cover: title, figures, status. */
const TEXT_HEIGHT = 104;
const COVER_RATIO = 215 / 460;

/** Covers; only those near the screen are rendered. */
export function GameGrid({ games, isOld, selected, toggle }: GamesProps) {
  const list = useRef<HTMLDivElement>(null);
  const { width, top } = usePlace(list);
  const least = width < NARROW.width ? NARROW.card : CARD_WIDTH;
  const columns = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
  const cardWidth = (width - GAP * (columns - 1)) / columns;
  const rowHeight = Math.round(cardWidth * COVER_RATIO) + TEXT_HEIGHT + GAP;
  const rows = useWindowVirtualizer({
    count: width === 0 ? 0 : Math.ceil(games.length / columns),
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollMargin: top,
  });
  useLayoutEffect(() => rows.measure(), [rows, rowHeight]);
  return (
    <div ref={list} className="relative min-h-[60dvh]" style={{ height: rows.getTotalSize() }}>
      <ul aria-label="Games" aria-busy={isOld}>
        {rows.getVirtualItems().flatMap(({ index, start }) =>
          games.slice(index * columns, (index + 1) * columns).map((game, column) => (
            <li
              key={game.id}
              className="absolute top-0 left-0"
              style={{
                width: cardWidth,
                transform: `translate(${column * (cardWidth + GAP)}px, ${start - top}px)`,
              }}
            >
              <Card
                game={game}
                selected={selected.has(game.id)}
                isChoosing={selected.size > 0}
                toggle={toggle}
              />
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

/** Until one is chosen the boxes show where a mouse or the focus is; a finger cannot hover. */
const QUIET =
  "[@media(hover:hover)]:opacity-0 [@media(hover:hover)]:group-focus-within:opacity-100 [@media(hover:hover)]:group-hover:opacity-100";

function Card({
  game,
  selected,
  isChoosing,
  toggle,
}: {
  readonly game: Game;
  readonly selected: boolean;
  readonly isChoosing: boolean;
  readonly toggle: (id: number) => void;
}) {
  const edit = useEditGames();
  const { id, title, is_favorite: favorite } = game;
  return (
    <article
      className={classes(
        "group overflow-hidden rounded-lg border bg-surface",
        selected ? "border-accent ring-1 ring-accent" : "border-line",
      )}
    >
      <div className="relative">
        <Link to="/games/$gameId" params={{ gameId: String(id) }} tabIndex={-1} aria-hidden="true">
          <Cover title={title} url={game.cover_url} className="w-full rounded-none" eager />
        </Link>
        <label className="absolute top-1 left-1 flex size-10 items-center justify-center">
          <input
            type="checkbox"
            aria-label={`Select ${title}`}
            checked={selected}
            onChange={() => toggle(id)}
            className={classes("size-5 accent-accent", !isChoosing && QUIET)}
          />
        </label>
      </div>
      <div className="px-3 pt-2 pb-2" style={{ height: TEXT_HEIGHT }}>
        <div className="flex items-center">
          <Link
            to="/games/$gameId"
            params={{ gameId: String(id) }}
            className="min-w-0 flex-1 truncate font-medium hover:underline"
          >
            {title}
          </Link>
          <IconButton
            label={favorite ? `${title} is a favourite` : `Make ${title} a favourite`}
            aria-pressed={favorite}
            onClick={() => edit.mutate([{ game, patch: { is_favorite: !favorite } }])}
            className="-mr-2"
          >
            <Star className="size-4" aria-hidden="true" fill={favorite ? "currentColor" : "none"} />
          </IconButton>
        </div>
        <p className="figures truncate text-xs text-muted">
          {hours(game.playtime_minutes)}
          {game.total_achievements > 0 &&
            ` · ${game.unlocked_achievements}/${game.total_achievements}`}
          {game.rating !== null && ` · ★ ${game.rating}`}
        </p>
        <StatusSelect game={game} />
      </div>
    </article>
  );
}
