import { useInfiniteQuery } from "@tanstack/react-query";
import { Satellite } from "lucide-react";
import { runs } from "../data/operations.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { ShowMore } from "../kit/show-more.tsx";
import { moment } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { runName, runWords } from "./run-words.ts";

/** Every look at the outside: how it ended, and why. */
export function Runs() {
  const answer = useInfiniteQuery(runs);
  const zone = useTimeZone();
  return (
    <Panel title="Looks at Steam">
      <Answer of={answer} skeleton={<Skeleton className="h-72" />}>
        {({ pages }) => {
          const list = pages.flatMap((page) => page.items);
          if (list.length === 0)
            return <Empty icon={Satellite} title="Steam was not looked at yet" />;
          return (
            <ul>
              {list.map((run) => (
                <li
                  key={run.id}
                  className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0"
                >
                  <span className="figures min-w-0 flex-1">
                    {runName(run)}
                    <span className="block text-xs text-muted">
                      {moment(run.observed_at, zone)} · {run.reason ?? runWords(run)}
                    </span>
                  </span>
                  <Badge tone={run.outcome === "ok" ? "good" : "warn"}>
                    {run.outcome.replaceAll("_", " ")}
                  </Badge>
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      <ShowMore pages={answer} />
    </Panel>
  );
}
