/** Instants as a field of date and time holds them, in the tracker's zone: `2026-11-20T15:04`. */

/** To the minute, rounded down. */
export function localOf(instant: string, zone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}

/** Throws for a time that the clocks leave out in spring; of one that they show twice in autumn it is the first. */
export function instantOf(local: string, zone: string): string {
  const wanted = Temporal.PlainDateTime.from(local);
  const at = wanted.toZonedDateTime(zone);
  if (!at.toPlainDateTime().equals(wanted)) {
    const time = wanted.toPlainTime().toString({ smallestUnit: "minute" });
    throw new Error(
      `There is no ${time} on ${wanted.toPlainDate().toString()} in ${zone}: the clocks go forward then.`,
    );
  }
  return at.toInstant().toString({ fractionalSecondDigits: 3 });
}

/** By how many minutes the clocks were changed between two instants: 60 in spring, -60 in autumn, else 0. */
export function clockShift(from: string, until: string, zone: string): number {
  const offset = (instant: string) =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(zone).offsetNanoseconds;
  return (offset(until) - offset(from)) / 60e9;
}
