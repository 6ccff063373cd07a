import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Clock } from "lucide-react";
import type { Session } from "@tracker/contracts";
import { useState } from "react";
import { sessions, type SessionsWanted } from "../data/history.ts";
import { useCorrect } from "../data/session-edits.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Button } from "../kit/button.tsx";
import { Cover } from "../kit/cover.tsx";
import { Panel } from "../kit/panel.tsx";
import { SessionMenu } from "../kit/session-menu.tsx";
import { SessionRow } from "../kit/session-row.tsx";
import { ShowMore } from "../kit/show-more.tsx";
import type { ActivitySearch } from "./search.ts";
import { SessionFilters } from "./session-filters.tsx";

interface SessionListProps {
  readonly search: ActivitySearch;
  readonly change: (part: Partial<ActivitySearch>) => void;
}

/** The sessions that an address asks for. */
export function wantedOf(search: ActivitySearch): SessionsWanted {
  const { game, tag, from, to, precision, corrected } = search;
  // Typing the later day first must not be refused meanwhile.
  const isBackwards = from !== undefined && to !== undefined && from > to;
  return { game_id: game, tag, from, to: isBackwards ? undefined : to, precision, corrected };
}

/** The sessions of the chosen games, newest first. */
export function SessionList({ search, change }: SessionListProps) {
  const zone = useTimeZone();
  const wanted = wantedOf(search);
  const isNarrowed = Object.values(wanted).some((value) => value !== undefined);
  const answer = useInfiniteQuery(sessions(wanted));
  const correct = useCorrect();
  // With the game of each: those of different games are not merged.
  const [chosen, setChosen] = useState<ReadonlyMap<number, number>>(new Map());
  const toggle = ({ id, game_id: gameId }: Session) =>
    setChosen((before) => {
      const next = new Map(before);
      if (!next.delete(id)) next.set(id, gameId);
      return next;
    });
  const merge = () =>
    correct.mutate(
      { kind: "merge", ids: [...chosen.keys()] },
      { onSuccess: () => setChosen(new Map()) },
    );
  const areOfOne = new Set(chosen.values()).size < 2;
  return (
    <Panel
      title="Sessions"
      actions={
        <>
          {!areOfOne && (
            <span role="status" className="text-xs text-muted">
              Only sessions of one game can be merged
            </span>
          )}
          <Button size="small" disabled={chosen.size < 2 || !areOfOne} onClick={merge}>
            {chosen.size < 2 ? "Merge chosen ones" : `Merge ${chosen.size} sessions`}
          </Button>
        </>
      }
    >
      <SessionFilters search={search} change={change} />
      <Answer of={answer} skeleton={<Skeleton className="h-96" />}>
        {({ pages }) => {
          const list = pages.flatMap((page) => page.items);
          if (list.length === 0) {
            return isNarrowed ? (
              <Empty icon={Clock} title="No session is like that">
                Choose more days, or clear the filters.
              </Empty>
            ) : (
              <Empty icon={Clock} title="No session was seen yet">
                They come by themselves once Steam is followed; what was played elsewhere is added
                on the game’s page.
              </Empty>
            );
          }
          return (
            <ul>
              {list.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  zone={zone}
                  actions={
                    <>
                      <SessionMenu session={session} />
                      {!session.live && session.precision !== "gap" && (
                        <label className="-mr-2.5 flex size-10 items-center justify-center">
                          <input
                            type="checkbox"
                            aria-label={`Choose the session of ${session.title}, ${session.started_at.slice(0, 10)}, to merge`}
                            checked={chosen.has(session.id)}
                            onChange={() => toggle(session)}
                            className="size-5 accent-accent"
                          />
                        </label>
                      )}
                    </>
                  }
                  lead={
                    <Link
                      to="/games/$gameId"
                      params={{ gameId: String(session.game_id) }}
                      className="flex min-w-0 basis-64 items-center gap-3 hover:underline"
                    >
                      <Cover title={session.title} url={session.cover_url} className="w-16" />
                      <span className="min-w-0 truncate font-medium">{session.title}</span>
                    </Link>
                  }
                />
              ))}
            </ul>
          );
        }}
      </Answer>
      <ShowMore pages={answer} />
    </Panel>
  );
}
