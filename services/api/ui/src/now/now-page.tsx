import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { days, feed } from "../data/history.ts";
import { nowPlaying } from "../data/playing.ts";
import { systemStatus } from "../data/status.ts";
import { Together } from "../kit/answer.tsx";
import { Page } from "../kit/panel.tsx";
import { Backlog, backlog } from "./backlog.tsx";
import { Feed } from "./feed.tsx";
import { PlayingNow } from "./playing-now.tsx";
import { Present } from "./present.tsx";
import { SetUpFirst } from "./set-up-first.tsx";
import { Sync } from "./sync.tsx";

/** The home page: what is played, how much of late, what happened, and whether the tracker still sees it. */
export function NowPage() {
  const answers = [
    useQuery(nowPlaying),
    useQuery(days()),
    useInfiniteQuery(feed),
    useQuery(backlog),
    useQuery(systemStatus),
  ];
  return (
    <Page title="Now">
      <Together of={answers}>
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
          <div className="grid min-w-0 gap-4">
            <SetUpFirst />
            <PlayingNow />
            <Present />
            <Feed />
          </div>
          <div className="grid min-w-0 gap-4">
            <Backlog />
            <Sync />
          </div>
        </div>
      </Together>
    </Page>
  );
}
