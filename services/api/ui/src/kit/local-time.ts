/** Instants as a field of date and time holds them, in the tracker's zone: `2026-11-20T15:04`. */

/** To the minute, rounded down. */
export function localOf(instant: string, zone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}

export function instantOf(local: string, zone: string): string {
  const at = Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
  return at.toString({ fractionalSecondDigits: 3 });
}
