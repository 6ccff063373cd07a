/** How civil days are cut: an IANA zone and the local hour at which a day begins (0 = midnight). */
export interface Calendar {
  readonly zone: string;
  readonly dayStartHour: number;
}

interface Span {
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

interface DayCache {
  readonly starts: Map<string, number>;
  recent: Span;
}

const DAY_STARTS_MAX = 16_384;
const NO_SPAN: Span = { day: "", start: Infinity, end: -Infinity };

/** Days are asked for slot by slot, so each calendar remembers the day it answered last; the cache dies with its calendar. */
const caches = new WeakMap<Calendar, DayCache>();

function cacheOf(calendar: Calendar): DayCache {
  let cache = caches.get(calendar);
  if (cache === undefined) {
    cache = { starts: new Map(), recent: NO_SPAN };
    caches.set(calendar, cache);
  }
  return cache;
}

/** The civil day (`YYYY-MM-DD`) whose [start, end) holds the instant (epoch ms). */
export function dayOf(instant: number, calendar: Calendar): string {
  const cache = cacheOf(calendar);
  if (instant >= cache.recent.start && instant < cache.recent.end) return cache.recent.day;
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(
    calendar.zone,
  );
  let day = zoned.toPlainDate().toString();
  // The wall clock's date is only a first guess: the day may begin later than midnight, or midnight may come twice.
  while (instant < dayStart(day, calendar)) day = previousDay(day);
  while (instant >= dayEnd(day, calendar)) day = nextDay(day);
  cache.recent = { day, start: dayStart(day, calendar), end: dayEnd(day, calendar) };
  return day;
}

/** The first instant (epoch ms) of a civil day: where its starting hour is skipped by a clock change, the first one after it; where it comes twice, the earlier. */
export function dayStart(day: string, calendar: Calendar): number {
  const { starts } = cacheOf(calendar);
  const known = starts.get(day);
  if (known !== undefined) return known;
  const { epochMilliseconds } = firstInstant(Temporal.PlainDate.from(day), calendar);
  if (starts.size >= DAY_STARTS_MAX) starts.clear();
  starts.set(day, epochMilliseconds);
  return epochMilliseconds;
}

function firstInstant(
  date: Temporal.PlainDate,
  { zone, dayStartHour }: Calendar,
): Temporal.ZonedDateTime {
  if (dayStartHour === 0) return date.toZonedDateTime(zone);
  const local = date.toPlainDateTime(new Temporal.PlainTime(dayStartHour));
  const begins = local.toZonedDateTime(zone);
  if (begins.toPlainDateTime().equals(local)) return begins;
  // Temporal moves a skipped time on by as much as was skipped, which is later than the skip's end where it began before that time.
  const before = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  const skipped = before.getTimeZoneTransition("next");
  return skipped?.toPlainDate().equals(date) ? skipped : begins;
}

/** The instant (epoch ms) at which a civil day is over: the start of the next one. */
export function dayEnd(day: string, calendar: Calendar): number {
  return dayStart(nextDay(day), calendar);
}

/** The date after `day`. */
export function nextDay(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

/** The date before `day`. */
export function previousDay(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}

/** How many dates `to` lies after `from` (0 for the same day, negative when it lies before). */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" })
    .days;
}
