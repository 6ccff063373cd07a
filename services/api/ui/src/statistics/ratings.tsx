import { Star } from "lucide-react";
import type { Statistics } from "@tracker/contracts";
import { Empty } from "../kit/answer.tsx";
import { plural } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";

/** How generous one is: games by rating, as the library is now. */
export function Ratings({ ratings }: { readonly ratings: Statistics["ratings"] }) {
  const most = Math.max(1, ...ratings.map(({ games }) => games));
  const gamesOf = new Map(ratings.map(({ rating, games }) => [rating, games]));
  return (
    <Panel title="Ratings given">
      {ratings.length === 0 ? (
        <Empty icon={Star} title="No game is rated yet" />
      ) : (
        <ol className="flex h-32 items-end gap-1">
          {Array.from({ length: 21 }, (_, index) => index / 2).map((rating) => {
            const games = gamesOf.get(rating) ?? 0;
            return (
              <li
                key={rating}
                title={`${rating}: ${plural(games, "game")}`}
                className="flex h-full min-w-0 flex-1 flex-col justify-end text-center text-xs text-muted"
              >
                <span className="sr-only">{`${rating}: ${plural(games, "game")}`}</span>
                <span
                  aria-hidden="true"
                  className="rounded-sm bg-heat-3"
                  style={{ height: `${(games / most) * 85}%` }}
                />
                <span aria-hidden="true" className="h-4">
                  {Number.isInteger(rating) && rating % 2 === 0 ? rating : ""}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}
