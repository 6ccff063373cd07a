import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { startJob } from "../data/jobs.ts";
import { systemStatus } from "../data/status.ts";
import { Answer, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { Button } from "../kit/button.tsx";
import { ago, plural } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";

/** Whether the tracker sees what is played, and how old its last look is. */
export function Sync() {
  const status = useQuery(systemStatus);
  const follows = status.data?.poller?.configured !== false;
  return (
    <Panel
      title="Sync"
      actions={
        follows && (
          <Button size="small" onClick={() => void startJob("poll")}>
            Look now
          </Button>
        )
      }
    >
      <Answer of={status} skeleton={<Skeleton className="h-24" />}>
        {({ problems, accounts, store, poller }) => {
          const look = accounts[0]?.last_sample_at;
          return (
            <div className="grid gap-3">
              <p className="flex flex-wrap items-center gap-2">
                <Badge tone={problems.length === 0 ? "good" : "warn"}>
                  {problems.length === 0 ? "all is well" : plural(problems.length, "problem")}
                </Badge>
                <span className="text-muted">
                  {!follows
                    ? "No Steam account is followed; games are kept by hand"
                    : look
                      ? `The library was looked at ${ago(look)}`
                      : "The library was not looked at yet"}
                  {poller?.next_sample_at ? `, next ${ago(poller.next_sample_at)}` : ""}.
                </span>
              </p>
              {problems.length > 0 && (
                <ul className="grid gap-2">
                  {problems.map((problem) => (
                    <li key={problem} className="rounded-md bg-warn-soft p-3 text-warn">
                      {problem}
                    </li>
                  ))}
                </ul>
              )}
              <p className="text-xs text-muted">
                {store !== null && `${plural(store.games, "game")} · days of ${store.time_zone} · `}
                <Link to="/operations" className="underline">
                  Operations
                </Link>
              </p>
            </div>
          );
        }}
      </Answer>
    </Panel>
  );
}
