import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { JobKind } from "@tracker/contracts";
import { startJob } from "../data/jobs.ts";
import { systemStatus } from "../data/status.ts";
import { Button } from "../kit/button.tsx";
import { StartCrawl } from "./start-crawl.tsx";
import { StartImport } from "./start-import.tsx";

const PLAIN: readonly { readonly kind: JobKind; readonly name: string; readonly does: string }[] = [
  { kind: "poll", name: "Look at Steam", does: "Takes a sample of the Steam library now" },
  {
    kind: "history",
    name: "Years in review",
    does: "Asks Steam what was played by month since 2022, before tracking",
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

/** They ask Steam about an account. */
const OF_ACCOUNT: ReadonlySet<JobKind> = new Set(["poll", "history"]);

/** A button for each kind of job; kinds with options ask for them first. */
export function StartJobs() {
  const [asking, setAsking] = useState<"import" | "crawl">();
  const hasAccount = useQuery(systemStatus).data?.poller?.configured !== false;
  const close = () => setAsking(undefined);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      {PLAIN.map(({ kind, name, does }) => (
        <Button
          key={kind}
          size="small"
          title={does}
          disabled={!hasAccount && OF_ACCOUNT.has(kind)}
          onClick={() => void startJob(kind)}
        >
          {name}
        </Button>
      ))}
      <Button size="small" disabled={!hasAccount} onClick={() => setAsking("import")}>
        Import…
      </Button>
      <Button size="small" onClick={() => setAsking("crawl")}>
        Crawl the catalogue…
      </Button>
      {!hasAccount && (
        <p className="basis-full text-xs text-muted">
          What asks Steam about your games needs an account:{" "}
          <Link to="/setup" className="text-accent underline">
            set it up
          </Link>
          .
        </p>
      )}
      {asking === "import" && <StartImport onClose={close} />}
      {asking === "crawl" && <StartCrawl onClose={close} />}
    </div>
  );
}
