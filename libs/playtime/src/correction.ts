import type { Calendar } from "./civil-day.ts";
import { type CorrectedSession, type CorrectionTarget, takeTarget } from "./correction-target.ts";
import type { MinuteSpan, PlacedSession, Stint } from "./evidence.ts";
import { cutStints, daysOfSpans, evenStint, minutesOf, scaleStints, spansOf } from "./stint.ts";

/** What a person says of a game's sessions. */
export type Correction =
  | ({ readonly kind: "add" } & MinuteSpan)
  | ({ readonly kind: "move"; readonly target: CorrectionTarget } & MinuteSpan)
  | { readonly kind: "remove"; readonly target: CorrectionTarget }
  /** So many minutes of it nobody played, though the game ran. */
  | { readonly kind: "idle"; readonly target: CorrectionTarget; readonly minutes: number }
  | { readonly kind: "split"; readonly target: CorrectionTarget; readonly at: number }
  | { readonly kind: "merge"; readonly targets: readonly CorrectionTarget[] };

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
  if (correction.kind === "add") return [...sessions, told(correction, calendar)];
  if (correction.kind === "merge") return merged(sessions, correction.targets, calendar);
  const taken = takeTarget(sessions, correction.target, calendar);
  if (taken === null) return null;
  const { meant, others } = taken;
  if (correction.kind === "remove") return [...others];
  if (correction.kind === "move") return [...others, told(correction, calendar)];
  if (correction.kind === "idle") return [...others, ...idled(meant, correction.minutes, calendar)];
  const halves = splitAt(meant, correction, calendar);
  return halves === null ? null : [...others, ...halves];
}

/** A session as a person tells it: nothing says where in its time its minutes lie. */
function told({ startedAt, endedAt, minutes }: MinuteSpan, calendar: Calendar): CorrectedSession {
  const span = { startedAt, endedAt, minutes };
  return manual({ startedAt, endedAt }, [evenStint(span, calendar)], calendar);
}

/** A session that a person made, of minutes that stay where they are known to lie. */
function manual(
  { startedAt, endedAt }: Omit<MinuteSpan, "minutes">,
  stints: readonly Stint[],
  calendar: Calendar,
): CorrectedSession {
  const spans = spansOf(stints);
  return {
    startedAt,
    endedAt,
    notBefore: startedAt,
    notAfter: endedAt,
    minutes: minutesOf(spans),
    precision: "manual",
    days: daysOfSpans(spans, calendar),
    stints,
    corrected: true,
  };
}

function merged(
  sessions: readonly CorrectedSession[],
  targets: readonly CorrectionTarget[],
  calendar: Calendar,
): CorrectedSession[] | null {
  const parts: CorrectedSession[] = [];
  let others = sessions;
  for (const target of targets) {
    const taken = takeTarget(target.known === undefined ? sessions : others, target, calendar);
    if (taken !== null && target.known === undefined) {
      if (parts.includes(taken.meant)) return null;
      parts.push(taken.meant);
      others = others.filter((session) => session !== taken.meant);
    } else if (taken !== null) {
      parts.push(taken.meant);
      others = taken.others;
      // Minutes that came since may have made one session of two: what is to be done is done.
    } else if (takeTarget(parts, target, calendar) === null) {
      return null;
    }
  }
  const stints = parts.flatMap((part) => part.stints).sort((a, b) => a.startedAt - b.startedAt);
  const span = {
    startedAt: Math.min(...parts.map(({ startedAt }) => startedAt)),
    endedAt: Math.max(...parts.map(({ startedAt, endedAt }) => endedAt ?? startedAt)),
  };
  return [...others, manual(span, stints, calendar)];
}

function idled(
  session: CorrectedSession,
  idleMinutes: number,
  calendar: Calendar,
): CorrectedSession[] {
  const minutes = session.minutes - idleMinutes;
  if (minutes <= 0) return [];
  const stints = scaleStints(session.stints, minutes);
  const days = daysOfSpans(spansOf(stints), calendar);
  return [{ ...session, minutes, days, stints, corrected: true }];
}

/** Two sessions of the minutes of one; null when the instant is not within it, or no minute lies on one side of it. */
function splitAt(
  session: CorrectedSession,
  { at, target }: { readonly at: number; readonly target: CorrectionTarget },
  calendar: Calendar,
): CorrectedSession[] | null {
  const { startedAt, endedAt, minutes } = session;
  if (endedAt === null || session.precision === "gap" || at <= startedAt || at >= endedAt)
    return null;
  const { before, after } = cutStints(session.stints, at);
  const halves = [
    manual({ startedAt, endedAt: at }, before, calendar),
    manual({ startedAt: at, endedAt }, after, calendar),
  ];
  if (halves.every((half) => half.minutes > 0)) return halves;
  return target.known === undefined && minutes > 1 ? halvesByTime(session, at, calendar) : null;
}

/** As splits were made before what was known was kept with them: those that were possible then are still. */
function halvesByTime(
  { startedAt, endedAt, minutes }: CorrectedSession,
  at: number,
  calendar: Calendar,
): CorrectedSession[] {
  const end = endedAt ?? at;
  const share = Math.round((minutes * (at - startedAt)) / (end - startedAt));
  const before = Math.min(minutes - 1, Math.max(1, share));
  return [
    told({ startedAt, endedAt: at, minutes: before }, calendar),
    told({ startedAt: at, endedAt: end, minutes: minutes - before }, calendar),
  ];
}

function total(sessions: readonly CorrectedSession[]): number {
  return sessions.reduce((sum, { minutes }) => sum + minutes, 0);
}
