import type { CorrectedSession, DayMinutes, PlacedSession } from "@tracker/playtime";
import type { StoredInterval } from "./evidence.ts";

/** A session as the database holds it, with its minutes by day. */
export interface StoredSession {
  readonly id: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly notBefore: number;
  readonly notAfter: number | null;
  readonly minutes: number;
  readonly precision: string;
  readonly evidenceAt: number;
  readonly corrected: boolean;
  readonly days: readonly DayMinutes[];
}

/** A session as it is placed now. */
export interface NextSession extends CorrectedSession {
  readonly evidenceAt: number;
}

export interface Match {
  /** Null for a session that nothing stored overlaps. */
  readonly before: StoredSession | null;
  /** Null for a stored session that is no more. */
  readonly after: NextSession | null;
  /** The id that an earlier session of the same presence had, if it is free: its minutes have arrived now. */
  readonly rememberedId: number | null;
}

/** Pairs stored sessions with the ones that take their place, so that a session keeps its id while evidence moves its bounds. Both lists oldest first. */
export function matchSessions(
  before: readonly StoredSession[],
  after: readonly NextSession[],
  intervals: readonly StoredInterval[],
): Match[] {
  const left = [...before];
  const taken = new Set(before.map((session) => session.id));
  const matches: Match[] = after.map((session) => {
    const index = left.findIndex((stored) => canFollow(stored, session));
    const [stored] = index === -1 ? [] : left.splice(index, 1);
    if (stored !== undefined) return { before: stored, after: session, rememberedId: null };
    const rememberedId = remembered(session, intervals, taken);
    if (rememberedId !== null) taken.add(rememberedId);
    return { before: null, after: session, rememberedId };
  });
  return [
    ...left.map((stored) => ({ before: stored, after: null, rememberedId: null })),
    ...matches,
  ];
}

function canFollow(stored: StoredSession, session: NextSession): boolean {
  return (
    (stored.precision === "gap") === (session.precision === "gap") &&
    stored.startedAt < (session.endedAt ?? Infinity) &&
    session.startedAt < (stored.endedAt ?? Infinity)
  );
}

function remembered(
  session: NextSession,
  intervals: readonly StoredInterval[],
  taken: ReadonlySet<number>,
): number | null {
  if (session.precision === "gap") return null;
  const seen = intervals.find(
    ({ sessionId, ...interval }) =>
      sessionId !== null && !taken.has(sessionId) && isWithin(interval, session),
  );
  return seen?.sessionId ?? null;
}

/** Whether a session shows that presence: whole stretches of it lie in one session. */
export function isWithin(
  interval: Pick<StoredInterval, "startedAt" | "lastSeenAt">,
  session: Pick<PlacedSession, "startedAt" | "endedAt">,
): boolean {
  return (
    interval.startedAt < (session.endedAt ?? Infinity) && interval.lastSeenAt >= session.startedAt
  );
}

/** Whether nothing about the session has changed. */
export function isSame(before: StoredSession, after: NextSession): boolean {
  return (
    before.startedAt === after.startedAt &&
    before.endedAt === after.endedAt &&
    before.notBefore === after.notBefore &&
    before.notAfter === after.notAfter &&
    before.minutes === after.minutes &&
    before.precision === after.precision &&
    before.evidenceAt === after.evidenceAt &&
    before.corrected === after.corrected &&
    hasSameDays(before, after)
  );
}

export function hasSameDays(before: StoredSession, after: NextSession): boolean {
  return (
    before.days.length === after.days.length &&
    before.days.every(
      (part, index) =>
        part.day === after.days[index]?.day && part.minutes === after.days[index]?.minutes,
    )
  );
}
