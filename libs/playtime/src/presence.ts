import { JOIN_MS, OUTAGE_MS, type PresenceInterval, STEAM_LAG_MS } from "./evidence.ts";
import { MINUTE_MS, type Slot, slotEnd, slotMiddle } from "./slot.ts";

/** Play just outside a stretch still rests on presence; further out, it only follows from the totals. */
const NEAR_MS = JOIN_MS;
/** Two stretches around a short outage are one sitting even while Steam's totals lag; around a longer one, only minutes join them. */
const OUTAGE_MS_MAX = 2 * STEAM_LAG_MS;

/** A presence interval made fit for placement: in order, disjoint, knowing its neighbour. */
export interface Stretch {
  readonly startedAt: number;
  readonly lastSeenAt: number;
  readonly notBefore: number;
  /** Infinity while open. */
  readonly notAfter: number;
  /** Nobody looked between it and the next one: the game may have run all the while. */
  readonly touchesNext: boolean;
}

/** How a slot relates to presence: seen in game, or in a margin in which nobody looked. Distances in minutes. */
export type PresenceEvidence =
  | { readonly kind: "seen"; readonly stretch: Stretch; readonly distance: number }
  | {
      readonly kind: "margin";
      readonly stretch: Stretch;
      readonly distance: number;
      readonly near: boolean;
      /** The margin lies after the stretch, up to its notAfter. */
      readonly after: boolean;
    };

/** Sorts intervals, merges those that overlap, and lets the neighbours of an outage share the unknown time between them. */
export function stretchesOf(presence: readonly PresenceInterval[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const interval of presence.toSorted((a, b) => a.startedAt - b.startedAt)) {
    let next = stretchOf(interval);
    const last = stretches.at(-1);
    if (last !== undefined && next.startedAt <= last.lastSeenAt) {
      stretches.pop();
      next = merge(last, next);
    } else if (last !== undefined && touches(last, next)) {
      stretches.pop();
      stretches.push({ ...last, notAfter: next.startedAt, touchesNext: true });
      next = { ...next, notBefore: last.lastSeenAt };
    }
    stretches.push(next);
  }
  return stretches;
}

function stretchOf(interval: PresenceInterval): Stretch {
  const { startedAt, notBefore, notAfter } = interval;
  const lastSeenAt = Math.max(startedAt, interval.lastSeenAt);
  return {
    startedAt,
    lastSeenAt,
    notBefore: Math.min(startedAt, notBefore),
    notAfter: notAfter === null ? Infinity : Math.max(lastSeenAt, notAfter),
    touchesNext: false,
  };
}

function merge(one: Stretch, other: Stretch): Stretch {
  const later = other.lastSeenAt >= one.lastSeenAt ? other : one;
  return {
    ...later,
    startedAt: one.startedAt,
    notBefore: Math.min(one.notBefore, other.notBefore),
  };
}

function touches(one: Stretch, next: Stretch): boolean {
  return one.notAfter >= next.startedAt || next.notBefore <= one.lastSeenAt;
}

/** The last stretch that had begun by an instant, as an index; -1 when none had. */
function lastBegun(stretches: readonly Stretch[], instant: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.startedAt ?? Infinity) <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * What presence says about a slot, or null when it says nothing (or that the game was not running). A slot may begin before a
 * stretch's window by a part of a minute, for Steam's whole minutes carry the fraction before; it never ends after it.
 */
export function presenceAt(slot: Slot, stretches: readonly Stretch[]): PresenceEvidence | null {
  const instant = slotMiddle(slot);
  const end = slotEnd(slot);
  const index = lastBegun(stretches, instant);
  const next = stretches[index + 1];
  const reached = stretches[index];
  const before = reached !== undefined && end <= reached.notAfter ? reached : undefined;
  if (before !== undefined && instant <= before.lastSeenAt) {
    const distance = Math.floor((instant - before.startedAt) / MINUTE_MS);
    return { kind: "seen", stretch: before, distance };
  }
  const sinceSeen = before === undefined ? Infinity : instant - before.lastSeenAt;
  const leadsIn = next !== undefined && end > next.notBefore && end <= next.notAfter;
  const untilSeen = leadsIn ? next.startedAt - instant : Infinity;
  const distanceMs = Math.min(sinceSeen, untilSeen);
  const after = sinceSeen <= untilSeen;
  const stretch = after ? before : next;
  if (distanceMs === Infinity || stretch === undefined) return null;
  const near = distanceMs <= NEAR_MS || (sinceSeen !== Infinity && untilSeen !== Infinity);
  return { kind: "margin", stretch, distance: Math.floor(distanceMs / MINUTE_MS), near, after };
}

/** Where a sitting began and ended as far as presence alone can say; `end` is Infinity while it is open. */
export function extentOf(stretch: Stretch): { start: number; end: number } {
  const before = stretch.startedAt - stretch.notBefore;
  const after = stretch.notAfter - stretch.lastSeenAt;
  const end = stretch.notAfter === Infinity ? Infinity : stretch.lastSeenAt + halfLook(after);
  return { start: stretch.startedAt - halfLook(before), end };
}

/** Between two looks a minute apart, the game started or ended in the middle as far as anyone knows; over an outage nothing says so. */
function halfLook(pauseMs: number): number {
  return pauseMs < OUTAGE_MS ? Math.floor(pauseMs / 2) : 0;
}

/** Whether a stretch and its neighbour are one sitting whatever the totals say. */
export function spansOutage(stretch: Stretch): boolean {
  return stretch.touchesNext && stretch.notAfter - stretch.lastSeenAt <= OUTAGE_MS_MAX;
}
