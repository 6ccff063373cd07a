import { FormatRegistry, Type } from "@sinclair/typebox";

FormatRegistry.Set("time-zone", isTimeZone);

/** The variables that say where civil days begin and end, for the configuration of each service that counts in days. */
export const CALENDAR_VARIABLES = {
  TIME_ZONE: Type.String({
    default: "America/New_York",
    format: "time-zone",
    description: "an IANA time zone such as America/New_York",
  }),
  DAY_START_HOUR: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 23,
    description: "the local hour at which a day begins, 0 to 23",
  }),
};

/** Whether it names a zone of the IANA database; an offset such as +02:00 has no daylight saving and is refused. */
function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
