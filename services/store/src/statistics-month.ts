import { type BaselineMinutes, reconstructBefore } from "@tracker/playtime";
import type { Database } from "./database.ts";
import { readAllMonths } from "./month-record.ts";
import type { ChosenGames } from "./statistics-choice.ts";

/** Minutes of one game in one month (`YYYY-MM`) from before tracking. */
export interface MonthPlay {
  readonly gameId: number;
  readonly month: string;
  readonly minutes: number;
}

/** Play from before tracking in the months from `first` to `last`, game by game: the same minutes as the games' own histories tell. */
export function playByMonth(
  database: Database,
  { first, last }: { first: string; last: string },
  chosen: ChosenGames,
): MonthPlay[] {
  if (first > last || !isAnyTold(database, first, last)) return [];
  const wanted = chosen === null ? null : new Set(JSON.parse(chosen) as number[]);
  const baselines = baselinesByGame(database);
  const months = Map.groupBy(readAllMonths(database), ({ gameId }) => gameId);
  const play: MonthPlay[] = [];
  for (const [gameId, told] of months) {
    if (wanted?.has(gameId) === false) continue;
    for (const { month, minutes } of reconstructBefore(baselines.get(gameId) ?? [], told).months) {
      if (month >= first && month <= last) play.push({ gameId, month, minutes });
    }
  }
  return play;
}

/** The first and last month that lie wholly within a range of days; there is none if `first` comes after `last`. */
export function wholeMonths({ from, to }: { from: string; to: string }): {
  first: string;
  last: string;
} {
  const first = Temporal.PlainDate.from(from).subtract({ days: 1 }).toPlainYearMonth();
  const last = Temporal.PlainDate.from(to).add({ days: 1 }).toPlainYearMonth();
  return {
    first: first.add({ months: 1 }).toString(),
    last: last.subtract({ months: 1 }).toString(),
  };
}

/** Most ranges hold none, and then nothing has to be put together. */
function isAnyTold(database: Database, first: string, last: string): boolean {
  const found = database
    .prepare("SELECT 1 FROM month_records WHERE month BETWEEN ? AND ? LIMIT 1")
    .get(first, last);
  return found !== null;
}

function baselinesByGame(database: Database): ReadonlyMap<number, readonly BaselineMinutes[]> {
  const rows = database
    .prepare<BaselineMinutes & { gameId: number }>(
      `SELECT game_id AS gameId, observed_at AS observedAt, minutes FROM playtime_changes
       WHERE kind = 'baseline'`,
    )
    .all();
  return Map.groupBy(rows, ({ gameId }) => gameId);
}
