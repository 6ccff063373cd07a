import { useInfiniteQuery } from "@tanstack/react-query";
import { Clock } from "lucide-react";
import type { Game } from "@tracker/contracts";
import { useState } from "react";
import { sessions } from "../data/history.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Button } from "../kit/button.tsx";
import { DayTimeline } from "../kit/day-timeline.tsx";
import { Panel } from "../kit/panel.tsx";
import { SessionDialog } from "../kit/session-dialog.tsx";
import { SessionDialogs } from "../kit/session-dialogs.tsx";
import { SessionMenu } from "../kit/session-menu.tsx";
import { SessionRow } from "../kit/session-row.tsx";
import { ShowMore } from "../kit/show-more.tsx";
import { whyNoSession } from "./why-no-session.ts";

const TIMELINE_DAYS = 14;

/** The sittings of a game: the hours of its last days, and all of them as a list. */
export function Sessions({ game }: { readonly game: Game }) {
  const { id } = game;
  const zone = useTimeZone();
  const answer = useInfiniteQuery(sessions({ game_id: id }));
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title="Sessions"
      actions={
        <Button size="small" onClick={() => setAdding(true)}>
          Add a session
        </Button>
      }
    >
      <SessionDialogs>
        <Answer of={answer} skeleton={<Skeleton className="h-72" />}>
          {({ pages }) => {
            const list = pages.flatMap((page) => page.items);
            if (list.length === 0) {
              return (
                <Empty icon={Clock} title="No session yet">
                  {whyNoSession(game)}
                </Empty>
              );
            }
            return (
              <>
                <DayTimeline sessions={list} zone={zone} daysMax={TIMELINE_DAYS} />
                <ul className="mt-4">
                  {list.map((session) => (
                    <SessionRow
                      key={session.id}
                      session={session}
                      zone={zone}
                      actions={<SessionMenu session={session} />}
                    />
                  ))}
                </ul>
              </>
            );
          }}
        </Answer>
      </SessionDialogs>
      <ShowMore pages={answer} />
      {adding && <SessionDialog gameId={id} onClose={() => setAdding(false)} />}
    </Panel>
  );
}
