/** A moment at which the clocks of a zone change. */
export interface ClockChange {
  readonly zone: string;
  readonly instant: number;
}

/** Every clock change of 2018 (when Brazil still skipped midnight) and 2026, in every zone there is. */
export const CLOCK_CHANGES: readonly ClockChange[] = Intl.supportedValuesOf("timeZone").flatMap(
  (zone) => [2018, 2026].flatMap((year) => changesIn(zone, year)),
);

function changesIn(zone: string, year: number): ClockChange[] {
  const changes: ClockChange[] = [];
  let from = Temporal.ZonedDateTime.from({ year, month: 1, day: 1, timeZone: zone });
  for (;;) {
    const next = from.getTimeZoneTransition("next");
    if (next === null || next.year > year) return changes;
    changes.push({ zone, instant: next.epochMilliseconds });
    from = next;
  }
}
