import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Clock } from "lucide-react";
import { useState } from "react";
import { sessions } from "../data/history.ts";
import { useCorrect } from "../data/session-edits.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Button } from "../kit/button.tsx";
import { Cover } from "../kit/cover.tsx";
import { Panel } from "../kit/panel.tsx";
import { SessionMenu } from "../kit/session-menu.tsx";
import { SessionRow } from "../kit/session-row.tsx";

/** Every session, newest first. */
export function SessionList() {
  const zone = useTimeZone();
  const answer = useInfiniteQuery(sessions());
  const correct = useCorrect();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const toggle = (id: number) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const merge = () =>
    correct.mutate({ kind: "merge", ids: [...chosen] }, { onSuccess: () => setChosen(new Set()) });
  return (
    <Panel
      title="Sessions"
      actions={
        <Button size="small" disabled={chosen.size < 2} onClick={merge}>
          {chosen.size < 2 ? "Merge chosen ones" : `Merge ${chosen.size} sessions`}
        </Button>
      }
    >
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
                  actions={
                    <>
                      <SessionMenu session={session} />
                      <input
                        type="checkbox"
                        aria-label={`Choose the session of ${session.title}, ${session.started_at.slice(0, 10)}, to merge`}
                        disabled={session.live || session.precision === "gap"}
                        checked={chosen.has(session.id)}
                        onChange={() => toggle(session.id)}
                        className="size-5 accent-accent"
                      />
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
