import { type Calendar, dayEnd, dayOf } from "./civil-day.ts";
import type { DayMinutes, PlacedSession } from "./evidence.ts";

/** Which session is meant: the one that a person saw from then until then. Its id may be another's after a rebuild; its time is not. */
export interface CorrectionTarget {
  readonly startedAt: number;
  readonly endedAt: number;
  /** Minutes without a place, which lie over the same time as sessions may. */
  readonly gap: boolean;
}

interface Span {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly minutes: number;
}

/** What a person says of a game's sessions. */
export type Correction =
  | ({ readonly kind: "add" } & Span)
  | ({ readonly kind: "move"; readonly target: CorrectionTarget } & Span)
  | { readonly kind: "remove"; readonly target: CorrectionTarget }
  /** So many minutes of it nobody played, though the game ran. */
  | { readonly kind: "idle"; readonly target: CorrectionTarget; readonly minutes: number }
  | { readonly kind: "split"; readonly target: CorrectionTarget; readonly at: number }
  | { readonly kind: "merge"; readonly targets: readonly CorrectionTarget[] };

/** A session that evidence placed, or a person. */
export type CorrectedSession = Omit<PlacedSession, "precision"> & {
  readonly precision: PlacedSession["precision"] | "manual";
  /** Whether a person had a hand in it. */
  readonly corrected: boolean;
};

/** What came of a correction: whether it found its session, and how many minutes more there are for it. */
export interface CorrectionEffect {
  readonly applied: boolean;
  readonly minutes: number;
}

interface Corrected {
  readonly sessions: readonly CorrectedSession[];
  readonly effects: readonly CorrectionEffect[];
}

/**
 * Applies corrections, oldest first, to what evidence says. A person's word holds against minutes that arrive later: a moved session keeps
 * the minutes that it was given. One that finds its session no longer changes nothing, and is told as not applied.
 */
export function correctSessions(
  placed: readonly PlacedSession[],
  corrections: readonly Correction[],
  calendar: Calendar,
): Corrected {
  let sessions: CorrectedSession[] = placed.map((session) => ({ ...session, corrected: false }));
  const effects = corrections.map((correction): CorrectionEffect => {
    const next = apply(sessions, correction, calendar);
    if (next === null) return { applied: false, minutes: 0 };
    const minutes = total(next) - total(sessions);
    sessions = next;
    return { applied: true, minutes };
  });
  return { sessions: sessions.sort((a, b) => a.startedAt - b.startedAt), effects };
}

/** The time that a correction concerns, from where it was to where it is: what lies apart from it cannot be touched by it. */
export function extentOfCorrection(correction: Correction): { from: number; to: number } {
  const spans: { startedAt: number; endedAt: number }[] = [];
  if ("target" in correction) spans.push(correction.target);
  if ("targets" in correction) spans.push(...correction.targets);
  if ("startedAt" in correction) spans.push(correction);
  return {
    from: Math.min(...spans.map(({ startedAt }) => startedAt)),
    to: Math.max(...spans.map(({ endedAt }) => endedAt)),
  };
}

/** The sessions after one correction; null when what it speaks of is not there. */
function apply(
  sessions: readonly CorrectedSession[],
  correction: Correction,
  calendar: Calendar,
): CorrectedSession[] | null {
  if (correction.kind === "add") return [...sessions, manual(correction, calendar)];
  const targets = "targets" in correction ? correction.targets : [correction.target];
  const found = [...new Set(targets.flatMap((target) => findTarget(sessions, target) ?? []))];
  const [first] = found;
  if (first === undefined || found.length < targets.length) return null;
  const others = sessions.filter((session) => !found.includes(session));
  if (correction.kind === "remove") return others;
  if (correction.kind === "move") return [...others, manual(correction, calendar)];
  if (correction.kind === "idle") return [...others, ...idled(first, correction.minutes, calendar)];
  if (correction.kind === "split") {
    const parts = splitAt(first, correction.at, calendar);
    return parts === null ? null : [...others, ...parts];
  }
  const startedAt = Math.min(...found.map((session) => session.startedAt));
  const endedAt = Math.max(...found.map((session) => session.endedAt ?? session.startedAt));
  return [...others, manual({ startedAt, endedAt, minutes: total(found) }, calendar)];
}

/** The ended session that overlaps the target longest; null when none does. */
function findTarget(
  sessions: readonly CorrectedSession[],
  target: CorrectionTarget,
): CorrectedSession | null {
  let best: CorrectedSession | null = null;
  let most = 0;
  for (const session of sessions) {
    if (session.endedAt === null || (session.precision === "gap") !== target.gap) continue;
    const overlap =
      Math.min(session.endedAt, target.endedAt) - Math.max(session.startedAt, target.startedAt);
    if (overlap > most) {
      most = overlap;
      best = session;
    }
  }
  return best;
}

function manual({ startedAt, endedAt, minutes }: Span, calendar: Calendar): CorrectedSession {
  return {
    startedAt,
    endedAt,
    notBefore: startedAt,
    notAfter: endedAt,
    minutes,
    precision: "manual",
    days: spreadOverDays(startedAt, endedAt, minutes, calendar),
    corrected: true,
  };
}

function idled(
  session: CorrectedSession,
  idleMinutes: number,
  calendar: Calendar,
): CorrectedSession[] {
  const minutes = session.minutes - idleMinutes;
  if (minutes <= 0) return [];
  const endedAt = session.endedAt ?? session.startedAt;
  const days =
    session.precision === "gap"
      ? []
      : spreadOverDays(session.startedAt, endedAt, minutes, calendar);
  return [{ ...session, minutes, days, corrected: true }];
}

/** Two sessions of the minutes of one, shared by the length of their time; null when the instant is not within it. */
function splitAt(
  session: CorrectedSession,
  at: number,
  calendar: Calendar,
): CorrectedSession[] | null {
  const { startedAt, endedAt, minutes } = session;
  if (endedAt === null || session.precision === "gap" || at <= startedAt || at >= endedAt)
    return null;
  const before = Math.min(
    minutes - 1,
    Math.max(1, Math.round((minutes * (at - startedAt)) / (endedAt - startedAt))),
  );
  if (minutes < 2) return null;
  return [
    manual({ startedAt, endedAt: at, minutes: before }, calendar),
    manual({ startedAt: at, endedAt, minutes: minutes - before }, calendar),
  ];
}

/** Minutes spread evenly over a span, by the civil days that it lies on; they add up to `minutes`. */
function spreadOverDays(
  from: number,
  until: number,
  minutes: number,
  calendar: Calendar,
): DayMinutes[] {
  const days: DayMinutes[] = [];
  let given = 0;
  for (let at = from; at < until;) {
    const day = dayOf(at, calendar);
    const next = Math.min(until, dayEnd(day, calendar));
    const sofar = next >= until ? minutes : Math.round((minutes * (next - from)) / (until - from));
    if (sofar > given) days.push({ day, minutes: sofar - given });
    given = sofar;
    at = next;
  }
  return days;
}

function total(sessions: readonly CorrectedSession[]): number {
  return sessions.reduce((sum, { minutes }) => sum + minutes, 0);
}
