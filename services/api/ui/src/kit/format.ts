/** How amounts and times are written: numbers by the browser's locale, days and clock times in the tracker's zone. */

const locale = () => navigator.language;

/** `3 h 20 min`, `45 min`, `0 min`: exact, for one sitting or day. */
export function duration(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  const hours = Math.floor(whole / 60);
  if (hours === 0) return `${whole} min`;
  const rest = whole % 60;
  return rest === 0 ? `${count(hours)} h` : `${count(hours)} h ${rest} min`;
}

/** `1,234.5 h`: for totals, as Steam shows them. Less than a tenth of an hour is said in minutes: it would read as nothing. */
export function hours(minutes: number): string {
  if (minutes > 0 && minutes < 6) return duration(Math.max(1, minutes));
  const figure = minutes / 60;
  const digits = figure >= 1_000 ? 0 : 1;
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(figure)} h`;
}

export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** Of a share between 0 and 1. */
export function percent(share: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), {
    style: "percent",
    maximumFractionDigits: digits,
  }).format(share);
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** What is known, on one line. */
export function join(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}

export function sumMinutes(parts: readonly { readonly minutes: number }[]): number {
  return parts.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** `12.5 h on 9 days, and 3 h between days`: what days hold, and what is known to lie on none in particular. */
export function hoursOnDays(minutes: number, onDays: number, days: number): string {
  const between = minutes - onDays;
  const told = `${hours(onDays)} on ${plural(days, "day")}`;
  return between === 0 ? told : `${told}, and ${hours(between)} between days, on none of them`;
}

const DAY_STYLES = {
  short: { weekday: "short", day: "numeric", month: "short" },
  medium: { day: "numeric", month: "short", year: "numeric" },
  long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A civil day such as `2026-11-21`, whatever zone the browser is in. */
export function dayName(day: string, style: keyof typeof DAY_STYLES = "short"): string {
  return new Intl.DateTimeFormat(locale(), { ...DAY_STYLES[style], timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** The same in a list, where it is short: the year, for the weekday, only where it is not the present one. */
export function briefDay(day: string, nowMs = Date.now()): string {
  const isThisYear = day.slice(0, 4) === String(new Date(nowMs).getUTCFullYear());
  return dayName(day, isThisYear ? "short" : "medium");
}

/** A month such as `2026-11`. */
export function monthName(month: string): string {
  return new Intl.DateTimeFormat(locale(), {
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${month}-01T00:00:00Z`));
}

/** The same in full: `November 2026`. */
export function monthTitle(month: string): string {
  const options: Intl.DateTimeFormatOptions = { month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale(), options).format(new Date(`${month}-01T00:00:00Z`));
}

/** Monday first, short. */
export function weekdayNames(): string[] {
  const format = new Intl.DateTimeFormat(locale(), { weekday: "short", timeZone: "UTC" });
  // The fifth of January 2026 was a Monday.
  return Array.from({ length: 7 }, (_, index) => format.format(Date.UTC(2026, 0, 5 + index)));
}

/** The time of day of an instant in the tracker's zone. */
export function clock(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: "short", timeZone }).format(
    new Date(instant),
  );
}

/** A whole hour of the clock, 0 to 24, as an axis names it: `6 PM` or `18`. */
export function hourName(hour: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: "numeric", timeZone: "UTC" }).format(
    Date.UTC(2026, 0, 1, hour),
  );
}

/** The day of an instant in the tracker's zone, without its time. */
export function dateOf(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeZone }).format(
    new Date(instant),
  );
}

/** Day and time of an instant in the tracker's zone. */
export function moment(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  }).format(new Date(instant));
}

/** The same in a list, where it is short: the year only where it is not the present one. */
export function briefMoment(instant: string, timeZone: string, nowMs = Date.now()): string {
  const then = new Date(instant);
  return new Intl.DateTimeFormat(locale(), {
    month: "short",
    day: "numeric",
    ...(then.getUTCFullYear() === new Date(nowMs).getUTCFullYear() ? {} : { year: "numeric" }),
    hour: "numeric",
    minute: "2-digit",
    timeZone,
  }).format(then);
}

const UNITS = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** `5 minutes ago`, `in 2 hours`, `just now`. */
export function ago(instant: string, nowMs = Date.now()): string {
  const distanceMs = new Date(instant).getTime() - nowMs;
  for (const [unit, sizeMs] of UNITS) {
    if (Math.abs(distanceMs) >= sizeMs) {
      const format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
      return format.format(Math.trunc(distanceMs / sizeMs), unit);
    }
  }
  return "just now";
}

export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = value <= 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const digits = power === 0 ? 0 : 1;
  return `${(value / 1000 ** power).toFixed(digits)} ${units[power]}`;
}
