import { type Calendar, dayOf } from "./civil-day.ts";
import { JOIN_MS, type PlacementOptions, type PlayRow, STEAM_LAG_MS } from "./evidence.ts";
import { endSlotBefore, firstSlotAfter, MINUTE_MS, type Slot, slotStart } from "./slot.ts";

/** Placement options with nothing left open. */
export interface Settings {
  readonly calendar: Calendar;
  readonly trackedSince: number | null;
  readonly lagMs: number;
  readonly joinMs: number;
}

/**
 * Steam's totals are whole minutes, so the first minute that a row adds can carry a fraction played before its window, and a window
 * cuts slots at both ends: two slots more than lie wholly inside are always enough.
 */
const CARRIED_SLOTS = 2;

/**
 * The longest play that `last_played` places in a window of several days. It dates the end of the last sitting; more than this was hardly
 * one sitting, and then nothing says how much of it was played on which day.
 */
const SITTING_MINUTES_MAX = 12 * 60;

export function settingsOf(options: PlacementOptions): Settings {
  const { calendar, trackedSince = null, lagMs = STEAM_LAG_MS, joinMs = JOIN_MS } = options;
  return { calendar, trackedSince, lagMs, joinMs };
}

/** Where the minutes of a row end when no presence says more: at Steam's last played, or at the sample. The slot is exclusive. */
export interface Anchor {
  readonly kind: "last_played" | "sample";
  readonly end: Slot;
}

/** What a row asks for: `minutes` slots of [first, end). */
export interface Claim {
  readonly row: PlayRow;
  readonly minutes: number;
  readonly first: Slot;
  readonly end: Slot;
  /** Null when only presence can place it: its window holds more than a day and no date or too much for one sitting, or Steam says that it was played before its window. */
  readonly anchor: Anchor | null;
  readonly windowStart: number;
  /** Since when the minutes that Steam knew of late can have been played. */
  readonly wideStart: number;
  /** Minutes that no slot may take, because they were played before the window. */
  readonly earlierMinutes: number;
  /** Whether those that find no slot were played before the window, too. */
  readonly playedEarlier: boolean;
}

export function sortRows<Row extends PlayRow>(rows: readonly Row[]): Row[] {
  return rows
    .filter((row) => row.minutes > 0)
    .sort((a, b) => a.observedAt - b.observedAt || a.previousObservedAt - b.previousObservedAt);
}

function windowStart(row: PlayRow, lagMs: number): number {
  return row.previousObservedAt - lagMs;
}

/** Steam dates the row before its window. */
function datedEarlier(row: PlayRow, lagMs: number): boolean {
  return row.lastPlayedAt !== null && row.lastPlayedAt <= windowStart(row, lagMs);
}

/**
 * Since when a row's minutes can have been played. Steam counts offline play when the machine reconnects, so what it calls offline, or
 * dates before the window, was played at any time since the last play that the row before told of.
 */
function earliestStart(
  row: PlayRow,
  previous: PlayRow | undefined,
  { lagMs, trackedSince }: Settings,
): number {
  const start = windowStart(row, lagMs);
  const earlier = datedEarlier(row, lagMs);
  if (row.offlineMinutes <= 0 && !earlier) return start;
  const played =
    earlier && row.lastPlayedAt !== null ? row.lastPlayedAt - row.minutes * MINUTE_MS : start;
  const before =
    previous === undefined ? trackedSince : (previous.lastPlayedAt ?? windowStart(previous, lagMs));
  return Math.min(start, before ?? start, previous?.observedAt ?? start, played);
}

/** Since when a row can influence a session: its carried minutes lie just before its window. */
export function reachOf(row: PlayRow, previous: PlayRow | undefined, settings: Settings): number {
  return Math.min(
    earliestStart(row, previous, settings),
    slotStart(firstSlotOf(windowStart(row, settings.lagMs))),
  );
}

function firstSlotOf(start: number): Slot {
  return firstSlotAfter(start) - CARRIED_SLOTS;
}

export function claimOf(row: PlayRow, previous: PlayRow | undefined, settings: Settings): Claim {
  const { lagMs } = settings;
  const earlierMinutes = Math.min(row.minutes, Math.max(0, row.offlineMinutes));
  const playedEarlier = datedEarlier(row, lagMs) && !staleDate(row, previous);
  const first = firstSlotOf(windowStart(row, lagMs));
  const end = Math.max(first, endSlotBefore(row.observedAt));
  return {
    row,
    minutes: Math.min(row.minutes - earlierMinutes, end - first),
    first,
    end,
    anchor: playedEarlier ? null : anchorOf(row, previous, end, settings),
    windowStart: windowStart(row, lagMs),
    wideStart: earliestStart(row, previous, settings),
    earlierMinutes,
    playedEarlier,
  };
}

/** A total that rises while the date stands still means that Steam has not dated this play yet. */
function staleDate(row: PlayRow, previous: PlayRow | undefined): boolean {
  const before = previous?.lastPlayedAt ?? null;
  return before !== null && row.lastPlayedAt !== null && row.lastPlayedAt <= before;
}

function anchorOf(
  row: PlayRow,
  previous: PlayRow | undefined,
  end: Slot,
  settings: Settings,
): Anchor | null {
  const { lastPlayedAt, observedAt } = row;
  const severalDays = holdsSeveralDays(row, end, settings);
  if (severalDays && row.minutes > SITTING_MINUTES_MAX) return null;
  if (
    lastPlayedAt !== null &&
    lastPlayedAt > windowStart(row, settings.lagMs) &&
    lastPlayedAt <= observedAt + MINUTE_MS
  ) {
    // Always rounded down: a fixed direction moves a day's first and last minute alike, so a day is off by one minute at most, never two.
    return { kind: "last_played", end: Math.min(end, endSlotBefore(lastPlayedAt)) };
  }
  if (severalDays) return null;
  return { kind: "sample", end: Math.min(end, endOfContinued(row, previous, settings) ?? end) };
}

/**
 * If this row continues the previous row's sitting, the end of its minutes; else null. Steam counts running games in half
 * hours, so a partial one right after is the same sitting.
 */
function endOfContinued(
  row: PlayRow,
  previous: PlayRow | undefined,
  { lagMs }: Settings,
): Slot | null {
  const lagMinutes = lagMs / MINUTE_MS;
  if (previous === undefined || previous.lastPlayedAt !== null) return null;
  const isRunning = previous.minutes % lagMinutes === 0 && row.minutes % lagMinutes !== 0;
  const end = previous.observedAt + row.minutes * MINUTE_MS;
  return isRunning && end > row.previousObservedAt ? endSlotBefore(end) : null;
}

/** Nothing says on which day the play of such a window lies (design rule 9). An ordinary poll around midnight is not meant: its window is short. */
function holdsSeveralDays(row: PlayRow, end: Slot, { calendar, lagMs }: Settings): boolean {
  if (row.observedAt - row.previousObservedAt <= 2 * lagMs) return false;
  const first = slotStart(firstSlotAfter(row.previousObservedAt));
  return dayOf(first, calendar) !== dayOf(slotStart(end - 1), calendar);
}
