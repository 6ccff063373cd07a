import { useQuery } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import { useState } from "react";
import { jobs } from "../data/operations.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Button } from "../kit/button.tsx";
import { Panel } from "../kit/panel.tsx";
import { JobEntry } from "./job-entry.tsx";
import { StartJobs } from "./start-jobs.tsx";

const SHOWN = 6;

/** What can be started, what runs with its progress, and what came of the last ones. */
export function Jobs() {
  const answer = useQuery(jobs);
  const [all, setAll] = useState(false);
  return (
    <Panel title="Jobs">
      <StartJobs />
      <Answer of={answer} skeleton={<Skeleton className="h-72" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={Workflow} title="No job has run yet">
              The schedules start some every night; each can also be started here.
            </Empty>
          ) : (
            <>
              <ul className="grid gap-3">
                {items.slice(0, all ? items.length : SHOWN).map((job) => (
                  <JobEntry key={job.id} job={job} />
                ))}
              </ul>
              {items.length > SHOWN && (
                <Button size="small" look="quiet" className="mt-2" onClick={() => setAll(!all)}>
                  {all ? "Show fewer" : `Show the last ${items.length}`}
                </Button>
              )}
            </>
          )
        }
      </Answer>
    </Panel>
  );
}
