import type { Trigger } from "@tracker/contracts";
import { type Calendar, dayEnd, dayOf, previousDay } from "@tracker/playtime";
import type { Clock } from "@tracker/service";

interface CadenceOptions {
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly startupDelayMs: number;
  readonly intervalMs: number;
}

/** Steam counts the last minutes of play some seconds after the game was left. */
const AFTER_PRESENCE_MS = 60_000;

/**
 * When the next library sample is due, and why. Intervals are counted on the steady clock from the first sample, so they do
 * not drift; the start of a civil day is read off the wall clock each time, so changed clocks and a machine that slept are
 * no special case. Whatever is due at the same time is one sample.
 */
export class SampleCadence {
  readonly #clock: Clock;
  readonly #calendar: Calendar;
  readonly #intervalMs: number;
  #intervalDueMs: number;
  #started = false;
  #day: string;
  #presenceEndsDueMs: number[] = [];

  constructor({ clock, calendar, startupDelayMs, intervalMs }: CadenceOptions) {
    this.#clock = clock;
    this.#calendar = calendar;
    this.#intervalMs = intervalMs;
    this.#intervalDueMs = clock.monotonic() + startupDelayMs;
    this.#day = dayOf(clock.now(), calendar);
  }

  /** A game was left: its last minutes are worth a sample soon. */
  presenceEnded(): void {
    this.#presenceEndsDueMs.push(this.#clock.monotonic() + AFTER_PRESENCE_MS);
  }

  /** Milliseconds until the next sample, 0 when one is due. */
  msToNext(): number {
    const now = this.#clock.monotonic();
    const untilDay = dayEnd(this.#day, this.#calendar) - this.#clock.now();
    const untilOthers = Math.min(this.#intervalDueMs, ...this.#presenceEndsDueMs) - now;
    return Math.max(0, Math.min(untilDay, untilOthers));
  }

  /** The reason for a sample now, the most telling one where there are several; null when none is due. All that is due counts as served. */
  take(): Trigger | null {
    const midnight = this.#takeMidnight();
    const presenceEnd = this.#takePresenceEnds();
    const interval = this.#takeInterval();
    return midnight ?? presenceEnd ?? interval;
  }

  /** An interval that came due while a sample was being taken was served by it; the other reasons ask for totals from after their own moment. */
  sampled(): void {
    this.#takeInterval();
  }

  #takeMidnight(): Trigger | null {
    const today = dayOf(this.#clock.now(), this.#calendar);
    // A wall clock set back repeats a part of a day that has begun already; one that was days ahead is over, and begins them still.
    if (today < previousDay(this.#day)) this.#day = today;
    if (today <= this.#day) return null;
    this.#day = today;
    return "midnight";
  }

  #takePresenceEnds(): Trigger | null {
    const now = this.#clock.monotonic();
    const ahead = this.#presenceEndsDueMs.filter((due) => due > now);
    const taken = ahead.length < this.#presenceEndsDueMs.length;
    this.#presenceEndsDueMs = ahead;
    return taken ? "presence_end" : null;
  }

  #takeInterval(): Trigger | null {
    const lateMs = this.#clock.monotonic() - this.#intervalDueMs;
    if (lateMs < 0) return null;
    this.#intervalDueMs += this.#intervalMs * (Math.floor(lateMs / this.#intervalMs) + 1);
    const first = !this.#started;
    this.#started = true;
    return first ? "startup" : "interval";
  }
}
