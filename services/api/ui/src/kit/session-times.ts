/** What a form says of a session's times, and the minutes that follow from them. */
import type { Session } from "@tracker/contracts";
import { instantOf, localOf } from "./local-time.ts";

/** As fields of date and time hold them. */
export interface Times {
  readonly from: string;
  readonly until: string;
}

interface Span {
  readonly started_at: string;
  readonly ended_at: string;
}

/** Of the session that is corrected, as it was when its form was opened; undefined for one that is added. */
type Opened = Pick<Session, "started_at" | "ended_at" | "minutes"> | undefined;

const MINUTE_MS = 60_000;

/** The instants of these times; one that was left as it is keeps its seconds. */
export function spanOf({ from, until }: Times, opened: Opened, zone: string): Span {
  const at = (local: string, instant: string | null | undefined) =>
    instant != null && local === localOf(instant, zone) ? instant : instantOf(local, zone);
  return { started_at: at(from, opened?.started_at), ended_at: at(until, opened?.ended_at) };
}

/**
 * The minutes of a session with these times as long as nobody says how many: all, where it was played throughout, and of another
 * what it had, as far as it fits. Undefined for times that are none.
 */
export function minutesAt(times: Times, opened: Opened, zone: string): number | undefined {
  const span = spanIfAny(times, opened, zone);
  if (span === undefined) return undefined;
  if (span.started_at === opened?.started_at && span.ended_at === opened.ended_at)
    return opened.minutes;
  const whole = minutesOf(span);
  if (whole < 1) return undefined;
  return opened === undefined || isWhole(opened) ? whole : Math.min(opened.minutes, whole);
}

/** Whether it was played throughout. */
export function isWhole(opened: NonNullable<Opened>): boolean {
  return opened.minutes === minutesOf(opened);
}

function spanIfAny(times: Times, opened: Opened, zone: string): Span | undefined {
  try {
    return spanOf(times, opened, zone);
  } catch {
    return undefined;
  }
}

function minutesOf({ started_at: from, ended_at: until }: Span | NonNullable<Opened>): number {
  return until === null ? 0 : Math.floor((Date.parse(until) - Date.parse(from)) / MINUTE_MS);
}
