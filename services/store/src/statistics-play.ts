import type { Calendar } from "@tracker/playtime";
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
}

interface Row extends PlayedPart {
  readonly sessionId: number;
  readonly gameId: number;
}

/** One pass over the range's session days: asking SQL for each figure by itself reads the same rows five times. */
export function readPlay(
  database: Database,
  range: DayRange,
  { games: chosen, calendar }: { games: ChosenGames; calendar: Calendar },
): Play {
  const rows = database
    .prepare<Row>(
      `SELECT d.day, d.minutes, s.id AS sessionId, s.game_id AS gameId, s.started_at AS startedAt,
         coalesce(s.ended_at, s.evidence_at) AS endedAt
       FROM session_days d CROSS JOIN play_sessions s ON s.id = d.session_id
       WHERE d.day BETWEEN ?2 AND ?3 AND ${isChosen("s.game_id")} ORDER BY d.day`,
    )
    .all(chosen, range.from, range.to);
  const fold = new Fold(calendar);
  for (const row of rows) fold.add(row);
  for (const gap of readGaps(database, range, chosen)) fold.addGap(gap);
  return fold;
}

class Fold implements Play {
  dayMinutes = 0;
  gapMinutes = 0;
  first: number | null = null;
  last: number | null = null;
  readonly days = new Map<string, number>();
  readonly games = new Map<number, GamePlay>();
  readonly #hours: HourTable;
  readonly #sessions = new Set<number>();
  #firstStart = Infinity;
  #lastStart = -Infinity;

  constructor(calendar: Calendar) {
    this.#hours = new HourTable(calendar);
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  get hours(): readonly number[][] {
    return this.#hours.rows;
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
    this.#noteStart(row);
  }

  addGap({ gameId, minutes }: { gameId: number; minutes: number }): void {
    this.gapMinutes += minutes;
    this.#gameOf(gameId).minutes += minutes;
  }

  #noteStart({ startedAt, sessionId }: Row): void {
    if (startedAt < this.#firstStart) {
      this.#firstStart = startedAt;
      this.first = sessionId;
    }
    if (startedAt < this.#lastStart) return;
    this.#lastStart = startedAt;
    this.last = sessionId;
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
