import type { Calendar } from "@tracker/playtime";

/** A session's minutes on one civil day, and the instants between which they lie. */
export interface PlayedPart {
  readonly day: string;
  readonly minutes: number;
  readonly from: number;
  readonly until: number;
}

const HOUR_MS = 3_600_000;

/**
 * Minutes by weekday (Monday first) of the civil day and hour of the clock. A part's minutes are spread evenly over its span and rounded
 * so that they add up to it; an hour that the clocks repeat counts once more.
 */
export function minutesByHour(parts: Iterable<PlayedPart>, calendar: Calendar): number[][] {
  const table = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  const offsets = new Offsets(calendar.zone);
  for (const { day, minutes, from, until } of parts) {
    const row = table[weekday(day)];
    if (row === undefined) continue;
    let given = 0;
    for (let at = from; ;) {
      const offset = offsets.at(at);
      const next = Math.min(until, (Math.floor((at + offset) / HOUR_MS) + 1) * HOUR_MS - offset);
      const sofar =
        next >= until ? minutes : Math.round((minutes * (next - from)) / (until - from));
      const hour = Math.floor((at + offset) / HOUR_MS) % 24;
      row[hour] = (row[hour] ?? 0) + sofar - given;
      given = sofar;
      if (next >= until) break;
      at = next;
    }
  }
  return table;
}

function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** How far a zone's clocks are ahead of UTC, asked of the system once for each stretch between two clock changes. */
class Offsets {
  readonly #zone: string;
  #from = Infinity;
  #until = -Infinity;
  #offset = 0;

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** In milliseconds, at an instant (epoch ms). */
  at(instant: number): number {
    if (instant >= this.#from && instant < this.#until) return this.#offset;
    const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.#zone);
    this.#offset = zoned.offsetNanoseconds / 1_000_000;
    const next = zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity;
    this.#from = instant;
    this.#until = next;
    return this.#offset;
  }
}
