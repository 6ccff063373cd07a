import type { Statistics } from "@tracker/contracts";

const DAY_MS = 86_400_000;

/** Days since 1970-01-01: a decade has thousands, and Temporal takes a while for each. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

type MinutesBy = ReadonlyMap<string, number>;

/** The entry with the most minutes, of several the first; null without any. */
export function mostOf<T>(
  entries: MinutesBy,
  toResult: (key: string, minutes: number) => T,
): T | null {
  let most: readonly [string, number] | null = null;
  for (const entry of entries) {
    if (most === null ? entry[1] > 0 : entry[1] > most[1]) most = entry;
  }
  return most === null ? null : toResult(...most);
}

/** Minutes of each weekday, Monday first, of a table by weekday and hour. */
export function byWeekday(hours: readonly (readonly number[])[]): number[] {
  return hours.map((row) => row.reduce((sum, minutes) => sum + minutes, 0));
}

/** Minutes of each month of a range of days, months without play too. */
export function byMonth(
  { from, to }: { from: string; to: string },
  days: MinutesBy,
): Statistics["by_month"] {
  const minutes = new Map<string, number>();
  const last = to.slice(0, 7);
  let month = Temporal.PlainYearMonth.from(from.slice(0, 7));
  for (; month.toString() <= last; month = month.add({ months: 1 }))
    minutes.set(month.toString(), 0);
  for (const [day, played] of days) {
    const name = day.slice(0, 7);
    minutes.set(name, (minutes.get(name) ?? 0) + played);
  }
  return Array.from(minutes, ([name, played]) => ({ month: name, minutes: played }));
}

/** Minutes of each week by its Monday. */
export function byWeek(days: MinutesBy): Map<string, number> {
  const weeks = new Map<string, number>();
  for (const [day, minutes] of days) {
    const date = Temporal.PlainDate.from(day);
    const monday = date.subtract({ days: date.dayOfWeek - 1 }).toString();
    weeks.set(monday, (weeks.get(monday) ?? 0) + minutes);
  }
  return weeks;
}

/** One decimal; null over nothing. */
export function mean(sum: number, count: number): number | null {
  return count === 0 ? null : Math.round((sum / count) * 10) / 10;
}
