import { type Calendar, dayOf, nextDay, previousDay } from "@tracker/playtime";
import { type Database, inTransaction } from "./database.ts";
import { type DayMap, readContributions } from "./contribution.ts";
import { refreshGames } from "./snapshot-row.ts";

/**
 * Writes the snapshots of all days that have ended and have none, missed ones included, and answers how many. Running
 * it twice writes nothing: the rows of earlier days are kept up to date by what changes them. Days that have not ended were
 * written by a clock that was wrong: they go, and are written anew once they have.
 */
export function writeSnapshots(database: Database, calendar: Calendar, now: number): number {
  return inTransaction(database, () => {
    const until = previousDay(dayOf(now, calendar));
    removeAfter(database, until);
    const newest = newestSnapshot(database);
    if (newest === until) return 0;
    const from = newest === null ? "" : nextDay(newest);
    const contributions = readContributions(database, calendar, { from, until });
    const first = newest === null ? earliestDay(contributions) : from;
    if (first === null) return 0;
    const added = addDays(database, first, until);
    refreshGames(database, contributions, from);
    return added;
  });
}

/** Brings a game's rows up to date from a day on whose minutes changed. Days that are not written yet stay so. */
export function refreshSnapshots(
  database: Database,
  calendar: Calendar,
  gameId: number,
  from: string,
): void {
  const until = newestSnapshot(database);
  if (until === null || from > until) return;
  const contributions = readContributions(database, calendar, { from, until, gameId });
  if (!contributions.has(gameId)) contributions.set(gameId, new Map());
  const first = earliestDay(contributions);
  if (first !== null) addDays(database, first, previousDay(oldestSnapshot(database) ?? first));
  refreshGames(database, contributions, from);
}

/** Writes all snapshots anew, up to the newest day that has one and has ended: for days that are cut in another way than before. */
export function rewriteSnapshots(database: Database, calendar: Calendar, now: number): void {
  const newest = newestSnapshot(database);
  if (newest === null) return;
  const ended = previousDay(dayOf(now, calendar));
  const until = newest < ended ? newest : ended;
  database.prepare("DELETE FROM daily_game_snapshots").run();
  database.prepare("DELETE FROM daily_snapshots").run();
  const contributions = readContributions(database, calendar, { from: "", until });
  const first = earliestDay(contributions);
  if (first === null) return;
  addDays(database, first, until);
  refreshGames(database, contributions, "");
}

function removeAfter(database: Database, day: string): void {
  database.prepare("DELETE FROM daily_game_snapshots WHERE date > ?").run(day);
  database.prepare("DELETE FROM daily_snapshots WHERE date > ?").run(day);
}

export function newestSnapshot(database: Database): string | null {
  return (
    database.prepare<{ date: string | null }>("SELECT max(date) AS date FROM daily_snapshots").get()
      ?.date ?? null
  );
}

function oldestSnapshot(database: Database): string | null {
  return (
    database.prepare<{ date: string | null }>("SELECT min(date) AS date FROM daily_snapshots").get()
      ?.date ?? null
  );
}

function earliestDay(contributions: ReadonlyMap<number, DayMap>): string | null {
  let earliest: string | null = null;
  for (const days of contributions.values()) {
    for (const day of days.keys()) if (earliest === null || day < earliest) earliest = day;
  }
  return earliest;
}

/** Adds the days from `first` to `last` with the totals of the day before them; answers how many. */
function addDays(database: Database, first: string, last: string): number {
  if (first > last) return 0;
  const insert = database.prepare(
    `INSERT INTO daily_snapshots (date, total_minutes, games_played)
     SELECT ?1, coalesce(max(total_minutes), 0), coalesce(max(games_played), 0)
     FROM (SELECT total_minutes, games_played FROM daily_snapshots WHERE date < ?1 ORDER BY date DESC LIMIT 1)`,
  );
  let added = 0;
  for (let day = first; day <= last; day = nextDay(day)) {
    insert.run(day);
    added += 1;
  }
  return added;
}
