import { useQuery } from "@tanstack/react-query";
import type { Job } from "@tracker/contracts";
import { startJob } from "../data/jobs.ts";
import { isActive, jobs } from "../data/operations.ts";
import { systemStatus } from "../data/status.ts";
import { Answer, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { Button } from "../kit/button.tsx";
import { classes } from "../kit/classes.ts";
import { ago, count } from "../kit/format.ts";
import { Page, Panel } from "../kit/panel.tsx";
import { Progress } from "../kit/progress.tsx";
import { AccountPanel } from "./account-panel.tsx";
import { ZoneNote } from "./zone-note.tsx";

/** The way from nothing to a followed account: the key, the profile, the first import. */
export function SetupPage() {
  const status = useQuery(systemStatus);
  return (
    <Page title="Steam account">
      <div className="flex max-w-3xl flex-col gap-4">
        <ZoneNote />
        <Answer of={status} skeleton={<Skeleton className="h-96" />}>
          {({ poller, accounts }) => {
            const [account] = accounts;
            return (
              <>
                <AccountPanel
                  source={poller?.source ?? null}
                  name={account?.persona_name ?? account?.steam_id ?? poller?.steam_id ?? null}
                />
                <Visibility
                  state={account?.state}
                  reason={account?.state_reason ?? null}
                  lookedAt={account?.last_sample_at ?? null}
                />
                <FirstImport ready={poller?.configured ?? false} />
              </>
            );
          }}
        </Answer>
      </div>
    </Page>
  );
}

interface VisibilityProps {
  readonly state: string | undefined;
  readonly reason: string | null;
  readonly lookedAt: string | null;
}

function Visibility({ state, reason, lookedAt }: VisibilityProps) {
  const well = state === "ok";
  return (
    <Panel
      title="2. What Steam shows of it"
      hint={lookedAt === null ? "Not looked at yet" : `Looked at ${ago(lookedAt)}`}
      actions={
        <>
          {state !== undefined && (
            <Badge tone={well ? "good" : "warn"}>{state.replaceAll("_", " ")}</Badge>
          )}
          <Button size="small" onClick={() => void startJob("poll")}>
            Check again
          </Button>
        </>
      }
    >
      {reason !== null && <p className="mb-3 rounded-md bg-warn-soft p-3 text-warn">{reason}</p>}
      <p>
        With your own key everything is shown to you, whatever your privacy settings say. With
        somebody else’s key, or for presence, open Steam → your profile → Edit profile → Privacy
        settings, and set
      </p>
      <ul className="mt-2 grid list-disc gap-1 pl-5">
        <li>My profile: Public</li>
        <li>Game details: Public</li>
        <li>“Always keep my total playtime private”: not ticked</li>
      </ul>
      <p className="mt-2 text-muted">
        A private profile loses nothing: what was counted stays, and what is played meanwhile is
        counted once it can be seen again.
      </p>
    </Panel>
  );
}

function FirstImport({ ready }: { readonly ready: boolean }) {
  const answer = useQuery(jobs);
  const job = answer.data?.items.find(({ kind }) => kind === "import");
  return (
    <Panel
      title="3. The library with its achievements"
      actions={
        <Button
          size="small"
          look="primary"
          disabled={!ready || (job !== undefined && isActive(job))}
          onClick={() => void startJob("import")}
        >
          Import
        </Button>
      }
    >
      <p className="text-muted">
        One request a second: 300 games take about a quarter of an hour. It can be paused, goes on
        after a restart, and never asks twice.
      </p>
      {job !== undefined && <LastImport job={job} ready={ready} />}
    </Panel>
  );
}

function LastImport({ job, ready }: { readonly job: Job; readonly ready: boolean }) {
  const { state, error } = job;
  const { done, total } = job.progress;
  if (state === "failed" || state === "cancelled") return <Unfinished {...{ job, ready }} />;
  return (
    <div className="mt-3 grid gap-1">
      <p className="figures flex items-center justify-between">
        <span>
          {count(done)}
          {total !== null && ` of ${count(total)}`}
        </span>
        <Badge tone={state === "done" ? "good" : "accent"}>{state}</Badge>
      </p>
      <Progress
        label="Import"
        done={state === "done" ? 1 : done}
        total={state === "done" ? 1 : total}
      />
      {error !== null && <p className="text-bad">{error}</p>}
    </div>
  );
}

/** What became of an import that ended before its end: no bar, which would show something as done. */
function Unfinished({ job, ready }: { readonly job: Job; readonly ready: boolean }) {
  const { done, total } = job.progress;
  const failed = job.state === "failed";
  const reached =
    done === 0
      ? "before its first game"
      : `after ${count(done)}${total === null ? "" : ` of ${count(total)}`} games`;
  return (
    <div
      role={failed ? "alert" : undefined}
      className={classes(
        "mt-3 flex flex-wrap items-center gap-3 rounded-md p-3",
        failed ? "bg-bad-soft text-bad" : "bg-sunken",
      )}
    >
      <p className="figures min-w-0 flex-1 basis-60 break-words">
        The import {failed ? "failed" : "was cancelled"} {reached}
        {job.finished_at !== null && `, ${ago(job.finished_at)}`}
        {job.error === null ? "." : `: ${job.error}`}
      </p>
      <Button size="small" disabled={!ready} onClick={() => void startJob("import")}>
        Try again
      </Button>
    </div>
  );
}
