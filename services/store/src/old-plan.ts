import {
  type RoundedReading,
  type RoundedStep,
  type RoundedTotal,
  stepsOf,
} from "@tracker/playtime";
import type { OldGameHistory } from "./old-nights.ts";

/** A row for the ledger. */
export interface AdoptedRow {
  readonly kind: "baseline" | "play";
  readonly at: number;
  readonly previousAt: number | null;
  readonly minutes: number;
  readonly totalAfter: number;
}

/** What the ledger here says of a game that is here already. */
export interface OwnTotals {
  readonly stored: number;
  /** When its total was first seen here, and what it was then; null when it was never above zero. */
  readonly first: { readonly at: number; readonly minutes: number } | null;
}

/** How a game's old hours become ledger rows: `baseline + play` of them is `stored` less what is here already. */
export interface HistoryPlan {
  readonly rows: readonly AdoptedRow[];
  readonly steps: readonly RoundedStep[];
  /** The stored total afterwards: the higher of ours and the old one. */
  readonly stored: number;
  /** Nightly rows that were not needed, as the ledger here knows better from then on. */
  readonly superseded: number;
}

/**
 * Turns nightly hours into ledger rows. The first row of a game is its baseline, a rise is play of the window since the row before
 * it, and what was seen after the last night was played since then. Where the ledger here began with a baseline of its own,
 * that exact total ends the old rows: they explain as much of it as they can, and a negative baseline takes exactly that back.
 */
export function planHistory(
  { game, nights }: OldGameHistory,
  own: OwnTotals,
  now: number,
): HistoryPlan {
  const until = own.first?.at ?? now;
  const usable = nights.filter((night) => night.at < until);
  const superseded = nights.length - usable.length;
  const highest = highestOf([...credible(nights), ...(game.hours === null ? [] : [game.hours])]);
  // Within the rounding, what Steam says here is the same total.
  const surplus = highest.low > own.stored ? highest.nearest - own.stored : 0;
  const stored = own.stored + surplus;
  const cap = (own.first?.minutes ?? 0) + surplus;
  const last = lastReading(game.lastPlayedAt, game.hours, usable.at(-1), own, now);
  const readings: RoundedReading[] = [...usable, ...(last === null ? [] : [last])];
  if (usable.length === 0) {
    const rows = ledger([baseline(until, surplus)]);
    return { rows, steps: [], stored, superseded };
  }
  const steps = stepsOf(readings, cap);
  const rises = steps.filter((step) => step.minutes > 0);
  const told = rises.reduce((sum, step) => sum + step.minutes, 0);
  const rows = [
    baseline(readings[0]?.at ?? until, cap - told),
    ...rises.map(({ kind, before, after, minutes }) =>
      kind === "play"
        ? { kind, at: after.at, previousAt: before.at, minutes }
        : baseline(after.at, minutes),
    ),
    ...(own.first === null ? [] : [baseline(own.first.at, -own.first.minutes)]),
  ];
  return { rows: ledger(rows), steps, stored, superseded };
}

type NewRow = Omit<AdoptedRow, "totalAfter">;

function baseline(at: number, minutes: number): NewRow {
  return { kind: "baseline", at, previousAt: null, minutes };
}

function ledger(rows: readonly NewRow[]): AdoptedRow[] {
  let total = 0;
  return rows.flatMap((row) => {
    if (row.minutes === 0) return [];
    // What is taken back was a part of the total, and still is.
    total += Math.max(0, row.minutes);
    return [{ ...row, totalAfter: total }];
  });
}

/** Without those that rose by more than time allows and were taken back later. */
function credible(nights: readonly RoundedReading[]): RoundedReading[] {
  const undone = new Set(
    stepsOf(nights, Infinity).flatMap((step) => (step.kind === "undone" ? [step.after] : [])),
  );
  return nights.filter((night) => !undone.has(night));
}

function highestOf(totals: readonly { low: number; nearest: number }[]): {
  low: number;
  nearest: number;
} {
  return totals.reduce((most, total) => (total.nearest > most.nearest ? total : most), {
    low: 0,
    nearest: 0,
  });
}

/** The total after the last night: the exact one with which the ledger here begins, else the old tracker's current hours. */
function lastReading(
  lastPlayedAt: number | null,
  hours: RoundedTotal | null,
  lastNight: RoundedReading | undefined,
  own: OwnTotals,
  now: number,
): RoundedReading | null {
  if (lastNight === undefined) return null;
  if (own.first !== null) {
    const { at, minutes } = own.first;
    return { at, low: minutes, high: minutes, nearest: minutes };
  }
  if (hours === null) return null;
  // Its last update there is when the old tracker saw the total rise to what it is.
  const isDated = lastPlayedAt !== null && lastPlayedAt > lastNight.at && lastPlayedAt <= now;
  const at = isDated ? lastPlayedAt : now;
  return at > lastNight.at ? { ...hours, at } : null;
}
