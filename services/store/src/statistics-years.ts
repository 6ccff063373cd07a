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
  for (const { year, gameId, minutes } of playByYear(database)) {
    years.add(year, gameId, { day_minutes: minutes });
  }
  for (const { year, gameId, minutes } of gapsByYear(database, reading)) {
    years.add(year, gameId, { gap_minutes: minutes });
  }
  const all = { first: `${FIRST_YEAR}-01`, last: `${LAST_YEAR}-12` };
  for (const { month, gameId, minutes } of playByMonth(database, all, null)) {
    years.add(Number(month.slice(0, 4)), gameId, { month_minutes: minutes });
  }
  return {
    tracked_since: instantOrNull(readKnown(database, reading).trackedSince),
    items: years.items(activeDaysByYear(database)),
  };
}

type Amounts = Pick<PlayedYear, "day_minutes" | "gap_minutes" | "month_minutes">;

class Years {
  readonly #years = new Map<number, Amounts & { readonly games: Set<number> }>();

  add(year: number, gameId: number, minutes: Partial<Amounts>): void {
    if (year < FIRST_YEAR || year > LAST_YEAR) return;
    const known = this.#years.get(year) ?? {
      day_minutes: 0,
      gap_minutes: 0,
      month_minutes: 0,
      games: new Set<number>(),
    };
    known.day_minutes += minutes.day_minutes ?? 0;
    known.gap_minutes += minutes.gap_minutes ?? 0;
    known.month_minutes += minutes.month_minutes ?? 0;
    known.games.add(gameId);
    this.#years.set(year, known);
  }

  items(activeDays: ReadonlyMap<number, number>): PlayedYear[] {
    return [...this.#years]
      .sort(([one], [other]) => other - one)
      .map(([year, { games, ...amounts }]) => ({
        year,
        minutes: amounts.day_minutes + amounts.gap_minutes + amounts.month_minutes,
        ...amounts,
        active_days: activeDays.get(year) ?? 0,
        games_played: games.size,
      }));
  }
}

interface GameMinutes {
  readonly year: number;
  readonly gameId: number;
  readonly minutes: number;
}

function playByYear(database: Database): GameMinutes[] {
  return database
    .prepare<GameMinutes>(
      `SELECT CAST(substr(d.day, 1, 4) AS INTEGER) AS year, s.game_id AS gameId, sum(d.minutes) AS minutes
       FROM session_days d CROSS JOIN play_sessions s ON s.id = d.session_id GROUP BY year, s.game_id`,
    )
    .all();
}

function activeDaysByYear(database: Database): ReadonlyMap<number, number> {
  const rows = database
    .prepare<{ year: number; days: number }>(
      `SELECT CAST(substr(day, 1, 4) AS INTEGER) AS year, count(*) AS days
       FROM (SELECT DISTINCT day FROM session_days) GROUP BY year`,
    )
    .all();
  return new Map(rows.map(({ year, days }) => [year, days]));
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
