import { useInfiniteQuery } from "@tanstack/react-query";
import { Clock } from "lucide-react";
import { sessions } from "../data/history.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Button } from "../kit/button.tsx";
import { DayTimeline } from "../kit/day-timeline.tsx";
import { Panel } from "../kit/panel.tsx";
import { SessionRow } from "../kit/session-row.tsx";

const TIMELINE_DAYS = 14;

/** The sittings of a game: the hours of its last days, and all of them as a list. */
export function Sessions({ id }: { readonly id: number }) {
  const zone = useTimeZone();
  const answer = useInfiniteQuery(sessions({ game_id: id }));
  return (
    <Panel title="Sessions">
      <Answer of={answer} skeleton={<Skeleton className="h-72" />}>
        {({ pages }) => {
          const list = pages.flatMap((page) => page.items);
          if (list.length === 0) {
            return (
              <Empty icon={Clock} title="No session was seen">
                What was played before tracking began is counted, but has no sessions.
              </Empty>
            );
          }
          return (
            <>
              <DayTimeline sessions={list} zone={zone} daysMax={TIMELINE_DAYS} />
              <ul className="mt-4">
                {list.map((session) => (
                  <SessionRow key={session.id} session={session} zone={zone} />
                ))}
              </ul>
            </>
          );
        }}
      </Answer>
      {answer.hasNextPage && (
        <Button
          className="mt-3 w-full"
          disabled={answer.isFetchingNextPage}
          onClick={() => void answer.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </Panel>
  );
}
