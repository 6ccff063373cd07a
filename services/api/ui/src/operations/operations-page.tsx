import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { backups, jobs, runs, schedules, tokens } from "../data/operations.ts";
import { systemStatus } from "../data/status.ts";
import { webhooks } from "../data/webhooks.ts";
import { Together } from "../kit/answer.tsx";
import { Page } from "../kit/panel.tsx";
import { Backups } from "./backups.tsx";
import { Jobs } from "./jobs.tsx";
import { Quotas } from "./quotas.tsx";
import { Runs } from "./runs.tsx";
import { Schedules } from "./schedules.tsx";
import { Services } from "./services.tsx";
import { System } from "./system.tsx";
import { Tokens } from "./tokens.tsx";
import { Webhooks } from "./webhooks.tsx";

/** The machine room: what runs, how much of each quota is used, what came of each look, and who may ask the API. */
export function OperationsPage() {
  const answers = [
    useQuery(jobs),
    useInfiniteQuery(runs),
    useQuery(systemStatus),
    useQuery(tokens),
    useQuery(webhooks),
    useQuery(backups),
    useQuery(schedules),
  ];
  return (
    <Page title="Operations">
      <Together of={answers}>
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <div className="grid min-w-0 gap-4">
            <Jobs />
            <Quotas />
            <Runs />
          </div>
          <div className="grid min-w-0 gap-4">
            <System />
            <Services />
            <Backups />
            <Schedules />
            <Tokens />
            <Webhooks />
          </div>
        </div>
      </Together>
      <p className="mt-4 flex gap-4 lg:hidden">
        <Link to="/embed" className="inline-flex min-h-10 items-center text-accent underline">
          Embed
        </Link>
        <a href="/reference" className="inline-flex min-h-10 items-center text-accent underline">
          API reference
        </a>
      </p>
    </Page>
  );
}
