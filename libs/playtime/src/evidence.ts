import type { Calendar } from "./civil-day.ts";

/** A `play` row of the ledger, as placement reads it: `minutes` were added in (previousObservedAt, observedAt]. */
export interface PlayRow {
  readonly observedAt: number;
  readonly previousObservedAt: number;
  readonly minutes: number;
  readonly offlineMinutes: number;
  readonly lastPlayedAt: number | null;
}

/**
 * A stretch in which every look at Steam found the game running. Where nobody looked for a while (an outage), the stretch ends and
 * a new one begins: the old one's `notAfter` is then the new one's `startedAt`, and the new one's `notBefore` the old one's `lastSeenAt`.
 */
export interface PresenceInterval {
  /** First seen in game. */
  readonly startedAt: number;
  /** Last seen in game. */
  readonly lastSeenAt: number;
  /** The look before `startedAt`; `startedAt` itself when there was none. */
  readonly notBefore: number;
  /** The first look after `lastSeenAt`; null while it is still open. */
  readonly notAfter: number | null;
}

/** Steam moves totals every 30 minutes of play and at exit. */
export const STEAM_LAG_MS = 30 * 60_000;

/** Looks at presence further apart than this say nothing about what was between them. */
export const OUTAGE_MS = 5 * 60_000;

/** Pieces of play at most this far apart are one sitting. */
export const JOIN_MS = 10 * 60_000;

export interface PlacementOptions {
  readonly calendar: Calendar;
  /** The first sample of all, before which no play counts: play offline before a game's first row can be as old. */
  readonly trackedSince?: number | null;
  /** How far Steam's totals may lie behind (default 30 minutes). */
  readonly lagMs?: number;
  /** Pieces of play at most this far apart are one sitting (default 10 minutes). */
  readonly joinMs?: number;
}

/** What a session's place rests on, strongest first; a `gap` has a window and no place in it. */
export type SessionPrecision = "presence" | "last_played" | "poll" | "gap";

export interface DayMinutes {
  readonly day: string;
  readonly minutes: number;
}

/** Minutes that lie evenly on a span of time. */
export interface MinuteSpan {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly minutes: number;
}

/** Play without a break that anyone saw. A session is one of these, or several that are at most `joinMs` apart. */
export interface Stint {
  readonly startedAt: number;
  /** Null while presence is open. */
  readonly endedAt: number | null;
  /** The truth lies in [notBefore, notAfter]. */
  readonly notBefore: number;
  readonly notAfter: number | null;
  /** Where its minutes lie, oldest first. */
  readonly spans: readonly MinuteSpan[];
}

/** A sitting, or minutes that have no place (`gap`: startedAt = notBefore, endedAt = notAfter, no days). */
export interface PlacedSession {
  readonly startedAt: number;
  /** Null while presence is open: the session is live. */
  readonly endedAt: number | null;
  /** The truth lies in [notBefore, notAfter]. */
  readonly notBefore: number;
  readonly notAfter: number | null;
  readonly minutes: number;
  readonly precision: SessionPrecision;
  /** Minutes by civil day, ascending; they add up to `minutes`. Empty for a gap. */
  readonly days: readonly DayMinutes[];
  /** What it is made of, oldest first; empty for a gap. */
  readonly stints: readonly Stint[];
}
