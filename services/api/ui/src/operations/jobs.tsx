import { useQuery } from "@tanstack/react-query";
import { Pause, Play, Workflow, X } from "lucide-react";
import type { Job, JobKind } from "@tracker/contracts";
import { startJob } from "../data/jobs.ts";
import { isActive, jobs, useSteerJob } from "../data/operations.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Badge, type Tone } from "../kit/badge.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { ago, count, duration } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { Progress } from "../kit/progress.tsx";

const STARTS: readonly {
  readonly kind: JobKind;
  readonly name: string;
  readonly options?: Record<string, unknown>;
}[] = [
  { kind: "poll", name: "Look at Steam" },
  { kind: "import", name: "Import" },
  { kind: "history", name: "Years in review" },
  { kind: "crawl", name: "Crawl the catalogue", options: { mode: "full" } },
  { kind: "snapshot", name: "Snapshot" },
  { kind: "backup", name: "Back up" },
];
const TONES: Readonly<Record<Job["state"], Tone>> = {
  queued: "plain",
  running: "accent",
  paused: "warn",
  done: "good",
  failed: "bad",
  cancelled: "plain",
};

/** What can be started, what runs with its progress, and what came of the last ones. */
export function Jobs() {
  const answer = useQuery(jobs);
  return (
    <Panel title="Jobs">
      <div className="mb-4 flex flex-wrap gap-2">
        {STARTS.map(({ kind, name, options }) => (
          <Button key={kind} size="small" onClick={() => void startJob(kind, options)}>
            {name}
          </Button>
        ))}
      </div>
      <Answer of={answer} skeleton={<Skeleton className="h-72" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={Workflow} title="No job has run yet" />
          ) : (
            <ul className="grid gap-3">
              {items.map((job) => (
                <Entry key={job.id} job={job} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  );
}

function Entry({ job }: { readonly job: Job }) {
  const steer = useSteerJob();
  const active = isActive(job);
  const { done, total } = job.progress;
  const act = (verb: "pause" | "resume" | "cancel") => steer.mutate({ id: job.id, verb });
  return (
    <li className="border-b border-line pb-3 last:border-b-0 last:pb-0">
      <div className="flex min-h-10 items-center gap-2">
        <strong className="min-w-0 flex-1 truncate">
          {job.kind} <span className="figures font-normal text-muted">#{job.id}</span>
        </strong>
        <Badge tone={TONES[job.state]}>{job.state}</Badge>
        {active && job.state === "paused" && (
          <IconButton label={`Resume ${job.kind}`} onClick={() => act("resume")}>
            <Play className="size-4" aria-hidden="true" />
          </IconButton>
        )}
        {active && job.state !== "paused" && (
          <IconButton label={`Pause ${job.kind}`} onClick={() => act("pause")}>
            <Pause className="size-4" aria-hidden="true" />
          </IconButton>
        )}
        {active && (
          <IconButton label={`Cancel ${job.kind}`} onClick={() => act("cancel")}>
            <X className="size-4" aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {active && <Progress label={`Progress of ${job.kind}`} done={done} total={total} />}
      <p className="figures mt-1 text-xs break-words text-muted">{detail(job)}</p>
    </li>
  );
}

function detail(job: Job): string {
  const { done, total, rate_per_minute: rate, eta_seconds: eta, message } = job.progress;
  if (job.error !== null) return job.error;
  if (!isActive(job))
    return [
      message,
      `asked by ${job.requested_by}`,
      job.finished_at === null ? null : ago(job.finished_at),
    ]
      .filter(Boolean)
      .join(" · ");
  const left = eta === null ? null : `${duration(Math.ceil(eta / 60))} left`;
  const speed = rate === null ? null : `${count(Math.round(rate))} a minute`;
  return [total === null ? null : `${count(done)} of ${count(total)}`, speed, left, message]
    .filter(Boolean)
    .join(" · ");
}
