import { type Calendar, dayEnd, dayStart } from "@tracker/playtime";
import { dayNumber } from "./statistics-day.ts";

/** A session's minutes on one civil day; the session's own bounds as epoch ms. */
export interface PlayedPart {
  readonly day: string;
  readonly minutes: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

interface DayFrame {
  readonly start: number;
  readonly end: number;
  /** How far the clocks are ahead of UTC, in milliseconds; null on a day on which they change. */
  readonly offset: number | null;
  /** Minutes by hour of the day's weekday. */
  readonly row: number[];
}

const HOUR_MS = 3_600_000;

/**
 * Minutes by weekday (Monday first) of the civil day and hour of the clock. A part's minutes lie evenly on its span within the day, each
 * counted where its middle is; an hour that the clocks repeat counts once more.
 */
export class HourTable {
  readonly rows: number[][] = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  readonly #calendar: Calendar;
  readonly #frames = new Map<string, DayFrame>();
  readonly #clock: Clock;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
    this.#clock = new Clock(calendar.zone);
  }

  add({ day, minutes, startedAt, endedAt }: PlayedPart): void {
    const { start, end, offset, row } = this.#frameOf(day);
    const from = Math.max(startedAt, start);
    const until = Math.max(from + 1, Math.min(endedAt, end));
    let given = 0;
    for (let at = from; at < until;) {
      const ahead = offset ?? this.#clock.offsetAt(at);
      const hours = Math.floor((at + ahead) / HOUR_MS);
      const hourEnd = (hours + 1) * HOUR_MS - ahead;
      at = Math.min(until, offset === null ? Math.min(hourEnd, this.#clock.changesAt) : hourEnd);
      // Number of the part's minutes whose midpoint lies before `at`.
      const sofar =
        at === until ? minutes : Math.ceil((minutes * (at - from)) / (until - from) - 0.5);
      const hour = ((hours % 24) + 24) % 24;
      row[hour] = (row[hour] ?? 0) + sofar - given;
      given = sofar;
    }
  }

  #frameOf(day: string): DayFrame {
    const known = this.#frames.get(day);
    if (known !== undefined) return known;
    const start = dayStart(day, this.#calendar);
    const end = dayEnd(day, this.#calendar);
    const offset = this.#clock.offsetAt(start);
    const row = this.rows[weekdayOf(day)] ?? [];
    const frame = { start, end, offset: this.#clock.changesAt < end ? null : offset, row };
    this.#frames.set(day, frame);
    return frame;
  }
}

/** 0 for Monday to 6 for Sunday. */
function weekdayOf(day: string): number {
  // The first of 1970 was a Thursday.
  return (((dayNumber(day) + 3) % 7) + 7) % 7;
}

/** The wall clock of a zone; the system is asked once for each stretch between two clock changes. */
class Clock {
  readonly #zone: string;
  readonly #stretches: { from: number; until: number; offset: number }[] = [];
  #current = { from: Infinity, until: -Infinity, offset: 0 };

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** How far it is ahead of UTC at an instant, in milliseconds. */
  offsetAt(instant: number): number {
    const holds = ({ from, until }: { from: number; until: number }) =>
      instant >= from && instant < until;
    if (!holds(this.#current)) {
      this.#current = this.#stretches.find(holds) ?? this.#read(instant);
    }
    return this.#current.offset;
  }

  /** When the stretch ends that was asked for last. */
  get changesAt(): number {
    return this.#current.until;
  }

  #read(instant: number) {
    const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.#zone);
    // The transition before the next millisecond: one at the instant itself begins the stretch.
    const before = zoned.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
    const stretch = {
      from: before?.epochMilliseconds ?? -Infinity,
      until: zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity,
      offset: zoned.offsetNanoseconds / 1_000_000,
    };
    this.#stretches.push(stretch);
    return stretch;
  }
}
