import type { Calendar } from "./civil-day.ts";
import type { PlacedSession, Stint } from "./evidence.ts";
import { cutStints, daysOfSpans, minutesOf, spansOf } from "./stint.ts";

/** Which session is meant: the one that a person saw from then until then. Its id may be another's after a rebuild; its time is not. */
export interface CorrectionTarget {
  readonly startedAt: number;
  readonly endedAt: number;
  /** Minutes without a place, which lie over the same time as sessions may. */
  readonly gap: boolean;
  /** Absent from what was kept before these were: such a correction takes whatever overlaps its target longest, whole. */
  readonly known?: KnownSession;
}

/** What was known of a session when a person spoke of it. */
export interface KnownSession {
  /** Told by a person, and not placed from evidence. */
  readonly manual: boolean;
  readonly minutes: number;
  readonly notBefore: number;
  readonly notAfter: number;
  /** When the correction was made. */
  readonly at: number;
}

/** A session that evidence placed, or a person. */
export type CorrectedSession = Omit<PlacedSession, "precision"> & {
  readonly precision: PlacedSession["precision"] | "manual";
  /** Whether a person had a hand in it. */
  readonly corrected: boolean;
};

/** What a correction speaks of, and all sessions that it does not. */
interface Taken {
  readonly meant: CorrectedSession;
  readonly others: readonly CorrectedSession[];
}

/**
 * Takes the session that a person meant out of the others; null when it is not there, or is being played.
 *
 * Minutes that Steam reports late are of the session that was meant: they lie in its window, or go on from its play without a
 * break. What it was joined with since then is none of it, and stays as a session of its own: play that began once the session
 * was over as far as was known (its `notAfter`), or ended before its `notBefore`, and whatever lies after the moment of the correction.
 */
export function takeTarget(
  sessions: readonly CorrectedSession[],
  target: CorrectionTarget,
  calendar: Calendar,
): Taken | null {
  const found = findTarget(sessions, target);
  if (found === null) return null;
  const others = sessions.filter((session) => session !== found);
  const { known, gap } = target;
  if (known === undefined || gap) return { meant: found, others };
  const { earlier, own, later } = partsOf(found.stints, target.endedAt, known);
  if (own.length === 0) return null;
  const isWhole = earlier.length === 0 && later.length === 0;
  const meant = isWhole ? found : ofStints(found, own, calendar);
  if (meant.endedAt === null) return null;
  const apart = [earlier, later]
    .filter((stints) => stints.length > 0)
    .map((stints) => ofStints(found, stints, calendar))
    .filter(({ minutes, endedAt }) => minutes > 0 || endedAt === null);
  return { meant, others: [...others, ...apart] };
}

/** The session of the same kind with exactly that span, else the one that overlaps it longest, and of equals the nearest; null when none does. */
function findTarget(
  sessions: readonly CorrectedSession[],
  target: CorrectionTarget,
): CorrectedSession | null {
  const { known } = target;
  const alike = sessions.filter((session) => isAlike(session, target));
  if (known !== undefined) {
    const exact = alike.filter((session) => distance(session, target) === 0);
    const [first] = exact;
    if (first !== undefined) return exact.find(({ minutes }) => minutes === known.minutes) ?? first;
  }
  let best: CorrectedSession | null = null;
  let most = 0;
  for (const session of alike) {
    const overlap =
      Math.min(session.endedAt ?? Infinity, target.endedAt) -
      Math.max(session.startedAt, target.startedAt);
    const isNearer =
      known !== undefined &&
      best !== null &&
      overlap === most &&
      distance(session, target) < distance(best, target);
    if (overlap > most || isNearer) {
      most = overlap;
      best = session;
    }
  }
  return best;
}

/** Whether it is of the target's kind. Rows from before what was known was kept tell no more than whether it was a gap. */
function isAlike(session: CorrectedSession, { endedAt, gap, known }: CorrectionTarget): boolean {
  if ((session.precision === "gap") !== gap) return false;
  if (known === undefined) return session.endedAt !== null;
  // Minutes without a place cannot be cut: a window that goes on after the correction is another's.
  if (gap) return session.endedAt !== null && session.endedAt <= Math.max(known.at, endedAt);
  return (session.precision === "manual") === known.manual;
}

function distance(session: CorrectedSession, target: CorrectionTarget): number {
  const end = session.endedAt ?? Infinity;
  return Math.abs(session.startedAt - target.startedAt) + Math.abs(end - target.endedAt);
}

function partsOf(
  stints: readonly Stint[],
  endedAt: number,
  { notBefore, notAfter, at }: KnownSession,
): { earlier: Stint[]; own: Stint[]; later: Stint[] } {
  const isEarlier = (stint: Stint) => stint.endedAt !== null && stint.endedAt <= notBefore;
  const isLater = (stint: Stint) => stint.startedAt >= notAfter;
  const earlier = stints.filter(isEarlier);
  const begun = stints.filter((stint) => !isEarlier(stint) && !isLater(stint));
  // A person's clock may be a little ahead: what was told of the session is of it.
  const { before: own, after } = cutStints(begun, Math.max(at, endedAt));
  return { earlier, own, later: [...after, ...stints.filter(isLater)] };
}

/** A session made of some of another's stints. */
function ofStints(
  session: CorrectedSession,
  stints: readonly Stint[],
  calendar: Calendar,
): CorrectedSession {
  const spans = spansOf(stints);
  const isOpen = stints.some(({ endedAt }) => endedAt === null);
  const isUnbounded = stints.some(({ notAfter }) => notAfter === null);
  return {
    ...session,
    startedAt: Math.min(...stints.map(({ startedAt }) => startedAt)),
    endedAt: isOpen ? null : Math.max(...stints.map(({ endedAt }) => endedAt ?? 0)),
    notBefore: Math.min(...stints.map(({ notBefore }) => notBefore)),
    notAfter: isUnbounded ? null : Math.max(...stints.map(({ notAfter }) => notAfter ?? 0)),
    minutes: minutesOf(spans),
    days: daysOfSpans(spans, calendar),
    stints,
  };
}
