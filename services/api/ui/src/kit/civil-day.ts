/** Arithmetic of civil days written `YYYY-MM-DD`: no zone, no clock. */

const DAY_MS = 86_400_000;

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The day that an address names; undefined for what is none, such as February 30: the tracker would refuse it. */
export function readDay(value: unknown): string | undefined {
  if (typeof value !== "string" || !/^[12]\d{3}-\d\d-\d\d$/.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== value ? undefined : value;
}

/** Two days as a range: none where either is missing or the first comes after the last. */
export function readRange(from: unknown, to: unknown): { from?: string; to?: string } {
  const [first, last] = [readDay(from), readDay(to)];
  return first === undefined || last === undefined || first > last ? {} : { from: first, to: last };
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function weekStart(day: string): string {
  return addDays(day, -weekday(day));
}

/** Every day from the first to the last, both included; none when they are the wrong way round. */
export function daysFrom(first: string, last: string): string[] {
  const count = (Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY_MS + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(first, index));
}

/** Today in the tracker's zone, for a day that begins at `startHour`. */
export function today(timeZone: string, startHour = 0, nowMs = Date.now()): string {
  const shifted = new Date(nowMs - startHour * 3_600_000);
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(shifted);
}

/** The month this many months after one such as `2026-11`. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

/** The last day of a month such as `2026-11`. */
export function lastOfMonth(month: string): string {
  return addDays(`${addMonths(month, 1)}-01`, -1);
}
