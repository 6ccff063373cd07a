import { Download, Pause, Play, X } from "lucide-react";
import { useState } from "react";
import type { Job } from "@tracker/contracts";
import { isActive, useSteerJob } from "../data/operations.ts";
import { Badge, type Tone } from "../kit/badge.tsx";
import { IconButton } from "../kit/button.tsx";
import { Progress } from "../kit/progress.tsx";
import { CancelJob } from "./cancel-job.tsx";
import { activeWords, argumentWords, endedWords } from "./job-words.ts";

const TONES: Readonly<Record<Job["state"], Tone>> = {
  queued: "plain",
  running: "accent",
  paused: "warn",
  done: "good",
  failed: "bad",
  cancelled: "plain",
};

/** One job: how far it is and the ways to steer it, or what came of it. */
export function JobEntry({ job }: { readonly job: Job }) {
  const active = isActive(job);
  const { done, total } = job.progress;
  const how = argumentWords(job);
  return (
    <li className="border-b border-line pb-3 last:border-b-0 last:pb-0">
      <div className="flex min-h-10 items-center gap-2">
        <p className="min-w-0 flex-1 truncate">
          <strong>{job.kind}</strong>{" "}
          <span className="figures text-muted">
            #{job.id}
            {how !== "" && ` · ${how}`}
          </span>
        </p>
        <Badge tone={TONES[job.state]}>{job.state}</Badge>
        {active && <Steering job={job} />}
      </div>
      {active && <Progress label={`Progress of ${job.kind}`} done={done} total={total} />}
      <p className="figures mt-1 text-xs break-words text-muted">
        {active ? activeWords(job) : endedWords(job)}
      </p>
      <Exported job={job} />
      {job.error !== null && <p className="mt-1 text-xs break-words text-bad">{job.error}</p>}
    </li>
  );
}

/** Archives are there for a day: they are made to be taken away. */
const EXPORT_KEPT_MS = 86_400_000;

/** The download of an export, and where its file lies. */
function Exported({ job: { kind, state, result, finished_at: finished } }: { readonly job: Job }) {
  const file = result?.["file"];
  if (kind !== "export" || state !== "done" || typeof file !== "string") return null;
  if (finished === null || Date.now() - Date.parse(finished) > EXPORT_KEPT_MS) return null;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 text-xs text-muted">
      <a
        href={`/api/exports/${file}`}
        download={file}
        className="inline-flex min-h-8 items-center gap-1 text-accent underline"
      >
        <Download className="size-4" aria-hidden="true" /> Download the archive
      </a>
      It lies in DATA_DIR/exports for a day.
    </p>
  );
}

function Steering({ job: { id, kind, state } }: { readonly job: Job }) {
  const steer = useSteerJob();
  const [sure, setSure] = useState(false);
  const paused = state === "paused";
  const Icon = paused ? Play : Pause;
  return (
    <>
      <IconButton
        label={`${paused ? "Resume" : "Pause"} ${kind}`}
        disabled={steer.isPending}
        onClick={() => steer.mutate({ id, verb: paused ? "resume" : "pause" })}
      >
        <Icon className="size-4" aria-hidden="true" />
      </IconButton>
      <IconButton label={`Cancel ${kind}`} disabled={steer.isPending} onClick={() => setSure(true)}>
        <X className="size-4" aria-hidden="true" />
      </IconButton>
      {sure && (
        <CancelJob
          name={`${kind} #${id}`}
          onClose={() => setSure(false)}
          onCancel={() => {
            setSure(false);
            steer.mutate({ id, verb: "cancel" });
          }}
        />
      )}
    </>
  );
}
