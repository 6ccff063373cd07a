import { Link } from "@tanstack/react-router";
import { Cover } from "./cover.tsx";
import { duration } from "./format.ts";

interface RankedItem {
  readonly key: string | number;
  readonly name: string;
  readonly minutes: number;
  readonly note?: string;
  readonly cover?: string | null;
  readonly gameId?: number;
}

/** The most played first, each with a bar of its share of the first. */
export function Ranking({ items }: { readonly items: readonly RankedItem[] }) {
  const most = Math.max(1, ...items.map(({ minutes }) => minutes));
  return (
    <ol className="flex flex-col gap-2">
      {items.map(({ key, name, minutes, note, cover, gameId }) => (
        <li key={key} className="flex min-w-0 items-center gap-3">
          {gameId !== undefined && <Cover title={name} url={cover} className="w-16" />}
          <span className="min-w-0 flex-1">
            <span className="flex items-baseline justify-between gap-3">
              {gameId === undefined ? (
                <span className="truncate">{name}</span>
              ) : (
                <Link
                  to="/games/$gameId"
                  params={{ gameId: String(gameId) }}
                  className="truncate hover:underline"
                >
                  {name}
                </Link>
              )}
              <span className="figures text-right whitespace-nowrap">
                {note !== undefined && <span className="mr-2 text-xs text-muted">{note}</span>}
                {duration(minutes)}
              </span>
            </span>
            <span aria-hidden="true" className="mt-1 block h-1.5 rounded-full bg-sunken">
              <span
                className="block h-full rounded-full bg-heat-3"
                style={{ width: `${(minutes / most) * 100}%` }}
              />
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
