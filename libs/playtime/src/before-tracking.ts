/** What Steam's Year in Review tells of one game in one month. */
export interface RecordedMonth {
  /** `YYYY-MM`, in the zone in which Steam cuts its months. */
  readonly month: string;
  readonly playedSeconds: number;
  /** What sessions hold of that month's play, as far as it was played before Steam told the figure. */
  readonly trackedMinutes: number;
}

/** What a game had when it was first seen, or taken over, at that moment. */
export interface BaselineMinutes {
  readonly observedAt: number;
  readonly minutes: number;
}

export interface MonthMinutes {
  readonly month: string;
  readonly minutes: number;
}

/** Play from before tracking: by month as far as Steam told, the rest of unknown date. Together exactly the baselines. */
export interface BeforeTracking {
  readonly unknownMinutes: number;
  /** Oldest first; a month of which nothing is from before tracking is left out. */
  readonly months: readonly MonthMinutes[];
}

/**
 * Says which months a game's baselines were played in (design rule 8), backwards from the newest: each month takes what it
 * can of the baselines that were seen in it or later, and what no month explains stays unknown. A month that was tracked in part counts
 * with what its sessions do not hold, so no minute is told twice. Months are given once each.
 */
export function reconstructBefore(
  baselines: readonly BaselineMinutes[],
  months: readonly RecordedMonth[],
): BeforeTracking {
  const explained: MonthMinutes[] = [];
  let given = 0;
  // Seconds that made no whole minute yet: lost month by month, they would add up to unknown hours.
  let restSeconds = 0;
  for (const record of months.toSorted(newestFirst)) {
    const untracked = Math.max(0, record.playedSeconds - record.trackedMinutes * 60);
    const seconds = restSeconds + untracked;
    restSeconds = seconds % 60;
    const held = sumMinutes(baselines.filter((seen) => monthOf(seen.observedAt) >= record.month));
    const minutes = Math.min(Math.floor(seconds / 60), held - given);
    if (minutes <= 0) continue;
    given += minutes;
    explained.push({ month: record.month, minutes });
  }
  return { unknownMinutes: sumMinutes(baselines) - given, months: explained.toReversed() };
}

function newestFirst(one: RecordedMonth, other: RecordedMonth): number {
  return one.month < other.month ? 1 : -1;
}

/** In UTC. Where Steam cuts elsewhere, hours at a month's edge are in question, which its sessions then hold. */
function monthOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 7);
}

export function sumMinutes(parts: readonly { readonly minutes: number }[]): number {
  return parts.reduce((sum, { minutes }) => sum + minutes, 0);
}
