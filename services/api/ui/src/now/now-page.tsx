import { Page } from "../kit/panel.tsx";
import { Backlog } from "./backlog.tsx";
import { Feed } from "./feed.tsx";
import { PlayingNow } from "./playing-now.tsx";
import { Present } from "./present.tsx";
import { SetUpFirst } from "./set-up-first.tsx";
import { Sync } from "./sync.tsx";

/** The home page: what is played, how much of late, what happened, and whether the tracker still sees it. */
export function NowPage() {
  return (
    <Page title="Now">
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
    </Page>
  );
}
