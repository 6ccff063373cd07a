import type { Calendar } from "@tracker/playtime";
import { type Database, openDatabase } from "./database.ts";
import { listDays } from "./day-query.ts";
import { type GameTotal, libraryFact, MINUTE_MS, presenceFact } from "./fact-fixture.ts";
import { instantOf } from "./instant.ts";
import { applyLibrarySample } from "./library.ts";
import { applyPresence } from "./presence.ts";

const UTC: Calendar = { zone: "UTC", dayStartHour: 0 };

/** An instant of November 2026, such as `on("02", "10:00")`. */
export function on(day: string, time: string): number {
  return Date.parse(`2026-11-${day}T${time}:00.000Z`);
}

export function span(from: number, until: number): { started_at: string; ended_at: string } {
  return { started_at: instantOf(from), ended_at: instantOf(until) };
}

/** A store that hears what Steam tells of one game, in UTC. */
export class Watched implements Disposable {
  readonly database: Database = openDatabase(":memory:");

  sample(at: number, minutes: number, rest: Partial<GameTotal> = {}): void {
    applyLibrarySample(this.database, UTC, libraryFact(at, [{ appId: 10, minutes, ...rest }]));
  }

  /** Looks every minute, the last of which sees the game. */
  seen(from: number, until: number): void {
    for (let at = from; at < until; at += MINUTE_MS)
      applyPresence(this.database, UTC, presenceFact(at, 10));
  }

  notSeen(at: number): void {
    applyPresence(this.database, UTC, presenceFact(at, null));
  }

  /** In game from the first to the last, as looks before and after tell. */
  played(from: number, until: number): void {
    this.notSeen(from - MINUTE_MS);
    this.seen(from, until);
    this.notSeen(until);
  }

  reading(now: number) {
    return { now, calendar: UTC, pollIntervalMs: 30 * MINUTE_MS };
  }

  /** `10:00–11:00 60 presence`, oldest first. */
  told(): string[] {
    return this.sessions().map(({ startedAt, endedAt, minutes, precision }) => {
      const end = endedAt === null ? "" : instantOf(endedAt).slice(11, 16);
      return `${instantOf(startedAt).slice(11, 16)}–${end} ${minutes} ${precision}`;
    });
  }

  sessions() {
    return this.database.raw
      .query<
        {
          id: number;
          startedAt: number;
          endedAt: number | null;
          minutes: number;
          precision: string;
        },
        []
      >(
        `SELECT id, started_at AS startedAt, ended_at AS endedAt, minutes, precision
         FROM play_sessions ORDER BY started_at, minutes, id`,
      )
      .all();
  }

  /** The id of the only session of that precision and those minutes. */
  idOf(precision: string, minutes?: number): number {
    const [only, ...others] = this.sessions().filter(
      (session) =>
        session.precision === precision && (minutes === undefined || session.minutes === minutes),
    );
    if (only === undefined || others.length > 0) throw new Error(`not one ${precision} session`);
    return only.id;
  }

  minutesOn(day: string, now: number): number {
    const date = `2026-11-${day}`;
    return listDays(this.database, { from: date, to: date }, this.reading(now)).minutes;
  }

  [Symbol.dispose](): void {
    this.database[Symbol.dispose]();
  }
}
