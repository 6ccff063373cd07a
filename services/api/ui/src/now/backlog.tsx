import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ListTodo } from "lucide-react";
import { gamesPage } from "../data/game-page.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Cover } from "../kit/cover.tsx";
import { hours } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";

const SHOWN = 5;

export const backlog = gamesPage({ status: "Backlog", limit: SHOWN });

/** What waits: favourites of the backlog first, as the library lists them. */
export function Backlog() {
  const waiting = useQuery(backlog);
  return (
    <Panel
      title="Next in the backlog"
      actions={
        <Link
          to="/library"
          search={{ status: "Backlog" }}
          className="inline-flex min-h-8 items-center text-accent underline"
        >
          All
        </Link>
      }
    >
      <Answer of={waiting} skeleton={<Skeleton className="h-64" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={ListTodo} title="The backlog is empty">
              Games with the status Backlog wait here, favourites first.
            </Empty>
          ) : (
            <ul className="flex flex-col gap-1">
              {items.map(({ id, title, cover_url: coverUrl, playtime_minutes: minutes }) => (
                <li key={id}>
                  <Link
                    to="/games/$gameId"
                    params={{ gameId: String(id) }}
                    className="-mx-2 flex min-h-12 items-center gap-3 rounded-md px-2 py-1 hover:bg-sunken"
                  >
                    <Cover title={title} url={coverUrl} className="w-20" />
                    <span className="min-w-0 flex-1 truncate">{title}</span>
                    <span className="figures text-xs whitespace-nowrap text-muted">
                      {minutes === 0 ? "not begun" : hours(minutes)}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  );
}
