import { useQuery } from "@tanstack/react-query";
import { Archive, Download } from "lucide-react";
import { useState } from "react";
import type { Backup } from "@tracker/contracts";
import { startJob } from "../data/jobs.ts";
import { backups, isActive, jobs } from "../data/operations.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { Button } from "../kit/button.tsx";
import { ago, bytes, moment } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { Progress } from "../kit/progress.tsx";
import { Restoring } from "./restoring.tsx";

/** Two nights: one that was missed may be a machine that was off, two are a fault. */
const OLD_MS = 2 * 86_400_000;
const SHOWN = 6;
const OCCASIONS: Readonly<Record<Backup["made_for"], string>> = {
  nightly: "of the night",
  by_hand: "made by hand",
  before_update: "before an update",
  replaced: "set aside by a restore",
};

/** The copies of the database: the age of the newest, a button for one more, and a download of each. */
export function Backups() {
  const answer = useQuery(backups);
  const running = useQuery(jobs).data?.items.find((job) => job.kind === "backup" && isActive(job));
  return (
    <Panel
      title="Backups"
      actions={
        <Button
          size="small"
          disabled={running !== undefined}
          onClick={() => void startJob("backup")}
        >
          Back up now
        </Button>
      }
    >
      {running !== undefined && (
        <div className="mb-4 grid gap-1">
          <p className="text-xs text-muted">The database is copied, and the copy is checked…</p>
          <Progress label="Progress of the backup" done={0} total={null} />
        </div>
      )}
      <Answer of={answer} skeleton={<Skeleton className="h-72" />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={Archive} title="No backup yet">
              One is made every night. “Back up now” makes one at once.
            </Empty>
          ) : (
            <Copies items={items} />
          )
        }
      </Answer>
      <Restoring />
    </Panel>
  );
}

function Copies({ items }: { readonly items: readonly Backup[] }) {
  const [all, setAll] = useState(false);
  const zone = useTimeZone();
  const newest = items.find(({ checked }) => checked);
  const isOld = newest === undefined || Date.now() - Date.parse(newest.made_at) > OLD_MS;
  return (
    <>
      <p className={isOld ? "mb-2 rounded-md bg-warn-soft p-3 text-warn" : "mb-2 text-muted"}>
        {newest === undefined
          ? "None of these was found to be sound: make one now."
          : `The newest was made ${ago(newest.made_at)}.${isOld ? " That is more than two nights: is the scheduler running, and is there room on the disk?" : ""}`}
      </p>
      <ul>
        {items.slice(0, all ? items.length : SHOWN).map((backup) => (
          <Copy key={backup.name} backup={backup} zone={zone} />
        ))}
      </ul>
      {items.length > SHOWN && (
        <Button size="small" look="quiet" className="mt-2" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${items.length}`}
        </Button>
      )}
    </>
  );
}

function Copy({ backup, zone }: { readonly backup: Backup; readonly zone: string }) {
  const {
    name,
    bytes: size,
    made_at: madeAt,
    made_for: occasion,
    checked,
    schema_version,
  } = backup;
  return (
    <li className="flex items-center gap-3 border-b border-line py-1.5 last:border-b-0">
      <span className="figures min-w-0 flex-1">
        {moment(madeAt, zone)}
        <span className="block text-xs text-muted">
          {OCCASIONS[occasion]}
          {schema_version !== null && ` · schema ${schema_version}`}
        </span>
      </span>
      <Badge tone={checked ? "good" : "warn"}>{checked ? "checked" : "not checked"}</Badge>
      <span className="figures w-16 text-right text-xs text-muted">{bytes(size)}</span>
      <a
        href={`/api/backups/${name}`}
        download={name}
        aria-label={`Download ${name}`}
        title={`Download ${name}`}
        className="inline-flex size-10 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
      >
        <Download className="size-4" aria-hidden="true" />
      </a>
    </li>
  );
}
