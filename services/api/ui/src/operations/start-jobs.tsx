import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { JobKind } from "@tracker/contracts";
import { startJob } from "../data/jobs.ts";
import { useFollowsSteam } from "../data/status.ts";
import { Button } from "../kit/button.tsx";
import { StartCrawl } from "./start-crawl.tsx";
import { StartImport } from "./start-import.tsx";

interface PlainJob {
  readonly kind: JobKind;
  readonly name: string;
  readonly does: string;
  /** Whether it asks Steam about the followed account. */
  readonly ofAccount?: true;
}

const PLAIN: readonly PlainJob[] = [
  {
    kind: "poll",
    name: "Look at Steam",
    does: "Takes a sample of the Steam library now",
    ofAccount: true,
  },
  {
    kind: "history",
    name: "Years in review",
    does: "Asks Steam what was played by month since 2022, before tracking",
    ofAccount: true,
  },
  { kind: "snapshot", name: "Snapshot", does: "Writes the snapshots of ended days that have none" },
  {
    kind: "nightly",
    name: "The night’s work",
    does: "A library sample, new games and the snapshot, one after another",
  },
  { kind: "backup", name: "Back up", does: "Copies the database and checks the copy" },
  {
    kind: "export",
    name: "Export everything",
    does: "Writes one zip, which its job below hands out once it is done",
  },
];

/** A button for each kind of job; kinds with options ask for them first. */
export function StartJobs() {
  const [asking, setAsking] = useState<"import" | "crawl">();
  const close = () => setAsking(undefined);
  const hasNoAccount = useFollowsSteam() === false;
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      {PLAIN.map(({ kind, name, does, ofAccount }) => (
        <Button
          key={kind}
          size="small"
          title={does}
          disabled={hasNoAccount && ofAccount === true}
          onClick={() => void startJob(kind)}
        >
          {name}
        </Button>
      ))}
      <Button size="small" disabled={hasNoAccount} onClick={() => setAsking("import")}>
        Import…
      </Button>
      <Button size="small" onClick={() => setAsking("crawl")}>
        Crawl the catalogue…
      </Button>
      {hasNoAccount && (
        <p className="w-full text-xs text-muted">
          Look at Steam, Years in review and Import are of a Steam account, and none is followed.{" "}
          <Link to="/setup" className="underline">
            Set it up
          </Link>
        </p>
      )}
      {asking === "import" && <StartImport onClose={close} />}
      {asking === "crawl" && <StartCrawl onClose={close} />}
    </div>
  );
}
