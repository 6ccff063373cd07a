import { type Calendar, dayEnd, dayStart } from "@tracker/playtime";

/** A session's minutes on one civil day; the session's own bounds as epoch ms. */
export interface PlayedPart {
  readonly day: string;
  readonly minutes: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

const HOUR_MS = 3_600_000;

/**
 * Minutes by weekday (Monday first) of the civil day and hour of the clock. A part's minutes lie evenly on its span within the day, each
 * counted where its middle is; an hour that the clocks repeat counts once more.
 */
export class HourTable {
  readonly rows: number[][] = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  readonly #calendar: Calendar;
  readonly #clock: Clock;
  #day = "";
  #start = 0;
  #end = 0;
  #row: number[] = [];

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
    this.#clock = new Clock(calendar.zone);
  }

  /** Fastest when parts come day by day. */
  add({ day, minutes, startedAt, endedAt }: PlayedPart): void {
    if (day !== this.#day) this.#turnTo(day);
    const from = Math.max(startedAt, this.#start);
    const until = Math.max(from + 1, Math.min(endedAt, this.#end));
    let given = 0;
    for (let at = from; at < until;) {
      this.#clock.turnTo(at);
      const hour = this.#clock.hour;
      at = Math.min(until, this.#clock.hourEnd);
      // So many of the minutes have their middle before the hour ends.
      const before =
        at === until ? minutes : Math.ceil((minutes * (at - from)) / (until - from) - 0.5);
      this.#row[hour] = (this.#row[hour] ?? 0) + before - given;
      given = before;
    }
  }

  #turnTo(day: string): void {
    this.#day = day;
    this.#start = dayStart(day, this.#calendar);
    this.#end = dayEnd(day, this.#calendar);
    this.#row = this.rows[weekdayOf(day)] ?? [];
  }
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek - 1;
}

/** A wall clock of a zone; the system is asked once for each stretch between two clock changes. */
class Clock {
  readonly #zone: string;
  #from = Infinity;
  #until = -Infinity;
  #offset = 0;
  /** The hour that it shows. */
  hour = 0;
  /** When it shows another: at a clock change, if that comes first. */
  hourEnd = 0;

  constructor(zone: string) {
    this.#zone = zone;
  }

  turnTo(instant: number): void {
    if (instant < this.#from || instant >= this.#until) this.#read(instant);
    const hours = Math.floor((instant + this.#offset) / HOUR_MS);
    this.hour = ((hours % 24) + 24) % 24;
    this.hourEnd = Math.min(this.#until, (hours + 1) * HOUR_MS - this.#offset);
  }

  #read(instant: number): void {
    const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.#zone);
    this.#offset = zoned.offsetNanoseconds / 1_000_000;
    this.#from = instant;
    this.#until = zoned.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity;
  }
}
