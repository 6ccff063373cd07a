import { nextDay, previousDay } from "@tracker/playtime";

export interface Streak {
  readonly days: number;
  readonly from: string;
  readonly to: string;
}

/** The longest run of days without a gap; of several the newest. `days` are civil days, ascending. */
export function longestStreak(days: readonly string[]): Streak | null {
  let longest: Streak | null = null;
  let run: Streak | null = null;
  for (const day of days) {
    run =
      run !== null && nextDay(run.to) === day
        ? { days: run.days + 1, from: run.from, to: day }
        : { days: 1, from: day, to: day };
    if (longest === null || run.days >= longest.days) longest = run;
  }
  return longest;
}

/** The run that ends today, or yesterday while today is still without play. */
export function currentStreak(days: ReadonlySet<string>, today: string): Streak | null {
  const to = days.has(today) ? today : previousDay(today);
  if (!days.has(to)) return null;
  let from = to;
  let count = 1;
  while (days.has(previousDay(from))) {
    from = previousDay(from);
    count += 1;
  }
  return { days: count, from, to };
}
