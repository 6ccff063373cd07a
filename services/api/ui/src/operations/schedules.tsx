import { useQuery } from "@tanstack/react-query";
import type { ScheduleState } from "@tracker/contracts";
import { schedules } from "../data/operations.ts";
import { Answer, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { ago, moment } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { Fact } from "./fact.tsx";

const NAMES: Readonly<Record<string, string>> = {
  nightly: "The night’s work",
  backup: "Backup",
  crawl: "Catalogue, what is due",
  "crawl-list": "Catalogue, the whole list",
  poll: "An additional look at Steam",
};

/** Where the tracker’s days begin and what it does by the clock: to be read here and changed in the environment. */
export function Schedules() {
  const answer = useQuery(schedules);
  return (
    <Panel title="Time and schedules">
      <Answer of={answer} skeleton={<Skeleton className="h-72" />}>
        {({ time_zone: zone, day_start_hour: hour, items }) => (
          <>
            <dl className="figures mb-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              <Fact name="Time zone" value={zone} />
              <Fact name="A day begins at" value={`${String(hour).padStart(2, "0")}:00`} />
            </dl>
            <ul>
              {items.map((schedule) => (
                <Entry key={schedule.name} schedule={schedule} zone={zone} />
              ))}
            </ul>
            <p className="mt-3 text-xs text-muted">
              All of this is set by environment variables, in <code>.env</code> beside the tracker:{" "}
              <code>TIME_ZONE</code>, <code>DAY_START_HOUR</code> and the one named at each schedule
              (a cron expression of five fields in the time zone, or <code>off</code>). It counts
              from the next start.
            </p>
          </>
        )}
      </Answer>
    </Panel>
  );
}

function Entry({ schedule, zone }: { readonly schedule: ScheduleState; readonly zone: string }) {
  const { name, variable, expression, next_due_at: next } = schedule;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 border-b border-line py-2 last:border-b-0">
      <span className="min-w-0">
        <span className="block font-medium">{NAMES[name] ?? name}</span>
        <code className="text-xs break-all text-muted">
          {variable}={expression === null ? "off" : `"${expression}"`}
        </code>
      </span>
      {next === null ? (
        <Badge>off</Badge>
      ) : (
        <span className="figures sm:text-right">
          {moment(next, zone)}
          <span className="block text-xs text-muted">{ago(next)}</span>
        </span>
      )}
    </li>
  );
}
