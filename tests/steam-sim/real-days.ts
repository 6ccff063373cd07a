/** How civil days are cut: an IANA zone, and the local hour at which a day begins. */
export interface Calendar {
  readonly zone: string;
  readonly dayStartHour: number;
}

/** Day (`YYYY-MM-DD`) → app id → milliseconds really played. */
export type PlayPerDay = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Played from `from` to `to`, epoch milliseconds. */
export interface Play {
  readonly appId: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Puts play on the civil days on which it happened, cut at each day's start. It is written for itself, away from
 * the product's own rules for days, because it is the yardstick for them.
 */
export function playPerDay(plays: readonly Play[], calendar: Calendar): PlayPerDay {
  const days = new Map<string, Map<number, number>>();
  for (const { appId, from, to } of plays) {
    let at = from;
    while (at < to) {
      const day = dayAt(at, calendar);
      const end = Math.min(to, startOf(day.add({ days: 1 }), calendar));
      const games = days.get(day.toString()) ?? new Map<number, number>();
      games.set(appId, (games.get(appId) ?? 0) + end - at);
      days.set(day.toString(), games);
      at = end;
    }
  }
  return days;
}

function dayAt(at: number, calendar: Calendar): Temporal.PlainDate {
  const date = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(calendar.zone)
    .toPlainDate();
  const candidates = [date.add({ days: 1 }), date];
  return candidates.find((day) => startOf(day, calendar) <= at) ?? date.subtract({ days: 1 });
}

function startOf(day: Temporal.PlainDate, calendar: Calendar): number {
  const { zone, dayStartHour } = calendar;
  const start =
    dayStartHour === 0
      ? day.toZonedDateTime(zone)
      : day.toZonedDateTime({
          timeZone: zone,
          plainTime: Temporal.PlainTime.from({ hour: dayStartHour }),
        });
  return start.epochMilliseconds;
}
