import type { listPlayedYears as definition, Output } from "@tracker/contracts";
import type { Database } from "./database.ts";
import type { Reading } from "./day-range.ts";
import { instantOrNull } from "./instant.ts";
import { readKnown } from "./statistics-known.ts";
import { playByMonth } from "./statistics-month.ts";
import { yearRange } from "./statistics-year.ts";

type PlayedYear = Output<typeof definition>["items"][number];

const FIRST_YEAR = 1_970;
const LAST_YEAR = 2_099;

/** The years with any play, newest first, each with the figures that its review tells. */
export function listPlayedYears(database: Database, reading: Reading): Output<typeof definition> {
  const years = new Years();
  for (const { day, gameId, minutes } of playByDay(database)) years.addDay(day, gameId, minutes);
  for (const { year, gameId, minutes } of gapsByYear(database, reading)) {
    years.add(year, gameId, { gap_minutes: minutes });
  }
  const all = { first: `${FIRST_YEAR}-01`, last: `${LAST_YEAR}-12` };
  for (const { month, gameId, minutes } of playByMonth(database, all, null)) {
    years.add(Number(month.slice(0, 4)), gameId, { month_minutes: minutes });
  }
  return {
    tracked_since: instantOrNull(readKnown(database, reading).trackedSince),
    items: years.items(),
  };
}

type Amounts = Pick<PlayedYear, "day_minutes" | "gap_minutes" | "month_minutes">;

interface Known extends Amounts {
  readonly games: Set<number>;
  readonly days: Set<string>;
}

class Years {
  readonly #years = new Map<number, Known>();

  addDay(day: string, gameId: number, minutes: number): void {
    const known = this.#yearOf(Number(day.slice(0, 4)));
    known?.days.add(day);
    known?.games.add(gameId);
    if (known !== undefined) known.day_minutes += minutes;
  }

  add(year: number, gameId: number, minutes: Partial<Amounts>): void {
    const known = this.#yearOf(year);
    if (known === undefined) return;
    known.gap_minutes += minutes.gap_minutes ?? 0;
    known.month_minutes += minutes.month_minutes ?? 0;
    known.games.add(gameId);
  }

  items(): PlayedYear[] {
    return [...this.#years]
      .sort(([one], [other]) => other - one)
      .map(([year, known]) => ({
        year,
        minutes: known.day_minutes + known.gap_minutes + known.month_minutes,
        day_minutes: known.day_minutes,
        gap_minutes: known.gap_minutes,
        month_minutes: known.month_minutes,
        active_days: known.days.size,
        games_played: known.games.size,
      }));
  }

  /** Undefined for a year that no answer names. */
  #yearOf(year: number): Known | undefined {
    if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
    return this.#years.getOrInsertComputed(year, () => ({
      day_minutes: 0,
      gap_minutes: 0,
      month_minutes: 0,
      games: new Set(),
      days: new Set(),
    }));
  }
}

interface GameMinutes {
  readonly year: number;
  readonly gameId: number;
  readonly minutes: number;
}

/** Counts each day once: a sum by year and game in SQL takes five times as long as these rows. */
function playByDay(database: Database): { day: string; gameId: number; minutes: number }[] {
  return database
    .prepare<{ day: string; gameId: number; minutes: number }>(
      `SELECT d.day, s.game_id AS gameId, d.minutes
       FROM play_sessions s CROSS JOIN session_days d ON d.session_id = s.id`,
    )
    .all();
}

/** Gaps that lie wholly in one year. */
function* gapsByYear(database: Database, reading: Reading): Generator<GameMinutes> {
  const rows = database
    .prepare<{ gameId: number; minutes: number; from: number; until: number }>(
      `SELECT game_id AS gameId, minutes, not_before AS "from", coalesce(not_after, ended_at) AS until
       FROM play_sessions WHERE precision = 'gap' AND minutes > 0`,
    )
    .all();
  const bounds = new Map<number, { start: number; end: number }>();
  for (const { gameId, minutes, from, until } of rows) {
    const guess = new Date(from).getUTCFullYear();
    // The zone's own year may be the one before or after.
    for (const year of [guess - 1, guess, guess + 1]) {
      const range = bounds.getOrInsertComputed(year, () => yearRange(year, reading));
      if (from >= range.start && until <= range.end) yield { year, gameId, minutes };
    }
  }
}
