import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Clock } from "lucide-react";
import { sessions } from "../data/history.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Button } from "../kit/button.tsx";
import { Cover } from "../kit/cover.tsx";
import { Panel } from "../kit/panel.tsx";
import { SessionRow } from "../kit/session-row.tsx";

/** Every session, newest first. */
export function SessionList() {
  const zone = useTimeZone();
  const answer = useInfiniteQuery(sessions());
  return (
    <Panel title="Sessions">
      <Answer of={answer} skeleton={<Skeleton className="h-96" />}>
        {({ pages }) => {
          const list = pages.flatMap((page) => page.items);
          if (list.length === 0) return <Empty icon={Clock} title="No session was seen yet" />;
          return (
            <ul>
              {list.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  zone={zone}
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
