import { type Calendar, daysBetween } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { DayRange } from "./day-range.ts";
import { type ChosenGames, isChosen } from "./statistics-choice.ts";
import { HourTable, type PlayedPart } from "./statistics-hour.ts";

/** Minutes of one game in a range. */
export interface GamePlay {
  minutes: number;
  sessions: number;
}

/** What was played in a range of days: on its days, and in the gaps that lie wholly in it. */
export interface Play {
  readonly dayMinutes: number;
  readonly gapMinutes: number;
  readonly sessions: number;
  /** Days with play, ascending, with their minutes. */
  readonly days: ReadonlyMap<string, number>;
  readonly games: ReadonlyMap<number, Readonly<GamePlay>>;
  /** By weekday and hour; see {@link HourTable}. */
  readonly hours: readonly number[][];
  /** The ids of the sessions with minutes on these days that began first and last. */
  readonly first: number | null;
  readonly last: number | null;
  /** Of those that began in the range, the id of the one that has the most minutes, also on days beyond; of several the newest. */
  readonly longest: number | null;
}

interface Row extends PlayedPart {
  readonly sessionId: number;
  readonly gameId: number;
  readonly sessionMinutes: number;
}

/** For ranges of at least this many days, reading every session is faster than looking them up by day. */
const LONG_RANGE_DAYS = 1_000;
const DAYS_FIRST = "session_days d CROSS JOIN play_sessions s ON s.id = d.session_id";
const SESSIONS_FIRST = "play_sessions s CROSS JOIN session_days d ON d.session_id = s.id";

/** One pass over the range's session days: asking SQL for each figure by itself reads the same rows five times. */
export function readPlay(
  database: Database,
  range: DayRange,
  { games: chosen, calendar }: { games: ChosenGames; calendar: Calendar },
): Play {
  const isLong = daysBetween(range.from, range.to) >= LONG_RANGE_DAYS;
  const rows = database
    .prepare<Row>(
      `SELECT d.day, d.minutes, s.id AS sessionId, s.game_id AS gameId, s.started_at AS startedAt,
         coalesce(s.ended_at, s.evidence_at) AS endedAt, s.minutes AS sessionMinutes
       FROM ${isLong ? SESSIONS_FIRST : DAYS_FIRST}
       WHERE ${isLong ? "+" : ""}d.day BETWEEN ?2 AND ?3 AND ${isChosen("s.game_id")}`,
    )
    .all(chosen, range.from, range.to);
  const tally = new PlayTally(range, calendar);
  for (const row of rows) tally.add(row);
  tally.sortDays();
  for (const gap of readGaps(database, range, chosen)) tally.addGap(gap);
  return tally;
}

class PlayTally implements Play {
  dayMinutes = 0;
  gapMinutes = 0;
  days = new Map<string, number>();
  readonly games = new Map<number, GamePlay>();
  readonly #range: DayRange;
  readonly #hours: HourTable;
  readonly #sessions = new Set<number>();
  #first: Row | null = null;
  #last: Row | null = null;
  #longest: Row | null = null;

  constructor(range: DayRange, calendar: Calendar) {
    this.#range = range;
    this.#hours = new HourTable(calendar);
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  get hours(): readonly number[][] {
    return this.#hours.rows;
  }

  get first(): number | null {
    return this.#first?.sessionId ?? null;
  }

  get last(): number | null {
    return this.#last?.sessionId ?? null;
  }

  get longest(): number | null {
    return this.#longest?.sessionId ?? null;
  }

  add(row: Row): void {
    const { day, minutes, sessionId } = row;
    this.dayMinutes += minutes;
    this.days.set(day, (this.days.get(day) ?? 0) + minutes);
    this.#hours.add(row);
    const game = this.#gameOf(row.gameId);
    game.minutes += minutes;
    if (this.#sessions.has(sessionId)) return;
    this.#sessions.add(sessionId);
    game.sessions += 1;
    this.#compare(row);
  }

  /** Rows come in any order. */
  sortDays(): void {
    this.days = new Map([...this.days].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  addGap({ gameId, minutes }: { gameId: number; minutes: number }): void {
    this.gapMinutes += minutes;
    this.#gameOf(gameId).minutes += minutes;
  }

  #compare(row: Row): void {
    if (this.#first === null || beganBefore(row, this.#first)) this.#first = row;
    if (this.#last === null || beganBefore(this.#last, row)) this.#last = row;
    if (row.startedAt < this.#range.start) return;
    const more = row.sessionMinutes - (this.#longest?.sessionMinutes ?? 0);
    if (this.#longest === null || more > 0 || (more === 0 && beganBefore(this.#longest, row))) {
      this.#longest = row;
    }
  }

  #gameOf(id: number): GamePlay {
    let game = this.games.get(id);
    if (game === undefined) {
      game = { minutes: 0, sessions: 0 };
      this.games.set(id, game);
    }
    return game;
  }
}

function beganBefore(one: Row, other: Row): boolean {
  return (
    one.startedAt < other.startedAt ||
    (one.startedAt === other.startedAt && one.sessionId < other.sessionId)
  );
}

function readGaps(
  database: Database,
  { start, end }: DayRange,
  chosen: ChosenGames,
): { gameId: number; minutes: number }[] {
  return database
    .prepare<{ gameId: number; minutes: number }>(
      `SELECT game_id AS gameId, minutes FROM play_sessions
       WHERE precision = 'gap' AND minutes > 0 AND not_before >= ?2 AND coalesce(not_after, ended_at) <= ?3
         AND ${isChosen("game_id")}`,
    )
    .all(chosen, start, end);
}
