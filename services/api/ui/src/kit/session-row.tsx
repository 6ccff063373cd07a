import type { Session } from "@tracker/contracts";
import type { ReactNode } from "react";
import { Badge } from "./badge.tsx";
import { briefMoment, clock, duration } from "./format.ts";
import { clockShift } from "./local-time.ts";

/** How surely a session's place in time is known, in words. */
export const PRECISION_NAMES: Readonly<Record<Session["precision"], string>> = {
  presence: "seen to the minute",
  last_played: "ends when Steam says",
  poll: "within half an hour",
  gap: "some time in between",
  manual: "set by hand",
  month: "known by month",
};

interface SessionRowProps {
  readonly session: Session;
  readonly zone: string;
  /** What stands before the time, such as the game. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}

/** One session: from when until when, for how long, and how well that is known. */
export function SessionRow({ session, zone, lead, actions }: SessionRowProps) {
  const gap = session.precision === "gap";
  const [from, until] = gap
    ? [session.not_before, session.not_after]
    : [session.started_at, session.ended_at];
  const end = until === null ? "now" : gap ? briefMoment(until, zone) : clock(until, zone);
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0">
      {lead}
      <span className="min-w-0 flex-1 basis-32 sm:basis-48">
        <span className="figures block">
          {briefMoment(from, zone)} – <span className="whitespace-nowrap">{end}</span>
        </span>
        <span className="block text-xs text-muted">
          {PRECISION_NAMES[session.precision]}
          {session.corrected && session.precision !== "manual" && ", corrected"}
          {until !== null && clockChange(from, until, zone)}
        </span>
      </span>
      {session.live && <Badge tone="good">live</Badge>}
      <span className="figures text-right font-medium whitespace-nowrap">
        {duration(session.minutes)}
        {session.live && <span className="block text-xs font-normal text-muted">counted</span>}
      </span>
      {actions}
    </li>
  );
}

/** Why an hour by the clock may be two, or none. */
function clockChange(from: string, until: string, zone: string): string {
  const minutes = clockShift(from, until, zone);
  if (minutes === 0) return "";
  return `, the clocks went ${minutes < 0 ? "back" : "forward"} ${duration(Math.abs(minutes))} meanwhile`;
}
