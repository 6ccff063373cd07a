import { type Calendar, dayEnd, dayStart } from "./civil-day.ts";

/** How many minutes a civil day has: 1,440, or 1,380 and 1,500 where clocks change by an hour. */
export function dayLengthMinutes(day: string, calendar: Calendar): number {
  return Math.round((dayEnd(day, calendar) - dayStart(day, calendar)) / 60_000);
}
