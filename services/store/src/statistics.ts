import {
  type getStatistics as definition,
  type Input,
  type Statistics,
  STATISTICS_DAYS_MAX,
} from "@tracker/contracts";
import { dayEnd, dayOf, daysBetween, dayStart } from "@tracker/playtime";
import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { type DayRange, readDayRange, type Reading } from "./day-range.ts";
import { coverOf, titleOf } from "./game-row.ts";
import { backlogOf } from "./statistics-backlog.ts";
import { minutesByHour, type PlayedPart } from "./statistics-hour.ts";
import {
  longestSession,
  partsBy,
  playedGames,
  type PlayedGame,
  wordsOfGames,
} from "./statistics-part.ts";
import { currentStreak, longestStreak } from "./statistics-streak.ts";

const GAMES_SHOWN = 100;

interface DayMinutes {
  readonly day: string;
  readonly minutes: number;
}

/** Every figure of a range, from the stored sessions and their days: the same minutes as every other answer shows. */
export function getStatistics(
  database: Database,
  input: Input<typeof definition>,
  reading: Reading,
): Statistics {
  const range = readDayRange(input, reading, STATISTICS_DAYS_MAX);
  const { from, to } = range;
  const days = playedDays(database, range);
  const games = playedGames(database, range, range);
  const onDays = sumMinutes(days);
  const minutes = sumMinutes(games);
  return {
    from,
    to,
    time_zone: reading.calendar.zone,
    minutes,
    gap_minutes: minutes - onDays,
    days: daysBetween(from, to) + 1,
    active_days: days.length,
    sessions: sumSessions(games),
    games_played: games.length,
    ...eventsOf(database, range),
    ...highlightsOf(database, range, days, reading),
    ...breakdownOf(database, games),
    by_hour: minutesByHour(partsOfDays(database, range, reading), reading.calendar),
    by_month: byMonth(range, days),
    ...libraryOf(database),
    before: before(database, range, reading),
    backlog: backlogOf(database, reading),
  };
}

function playedDays(database: Database, { from, to }: { from: string; to: string }): DayMinutes[] {
  return database
    .prepare<DayMinutes>(
      "SELECT day, sum(minutes) AS minutes FROM session_days WHERE day BETWEEN ? AND ? GROUP BY day ORDER BY day",
    )
    .all(from, to);
}

function highlightsOf(
  database: Database,
  range: DayRange,
  days: readonly DayMinutes[],
  reading: Reading,
): Pick<Statistics, "most_active_day" | "longest_session" | "longest_streak" | "current_streak"> {
  const all = database.prepare<{ day: string }>("SELECT DISTINCT day FROM session_days").all();
  return {
    most_active_day: days.reduce<DayMinutes | null>(
      (most, day) => (most === null || day.minutes > most.minutes ? day : most),
      null,
    ),
    longest_session: longestSession(database, range),
    longest_streak: longestStreak(days.map(({ day }) => day)),
    current_streak: currentStreak(
      new Set(all.map(({ day }) => day)),
      dayOf(reading.now, reading.calendar),
    ),
  };
}

function breakdownOf(
  database: Database,
  games: readonly PlayedGame[],
): Pick<Statistics, "by_game" | "by_platform" | "by_status" | "by_tag" | "by_genre"> {
  const { tags, genres } = wordsOfGames(database);
  return {
    by_game: games
      .slice(0, GAMES_SHOWN)
      .map(({ platform: _platform, status: _status, ...game }) => game),
    by_platform: partsBy(games, ({ platform }) => [platform]),
    by_status: partsBy(games, ({ status }) => [status]),
    by_tag: partsBy(games, ({ game_id: id }) => tags.get(id) ?? []),
    by_genre: partsBy(games, ({ game_id: id }) => genres.get(id) ?? []),
  };
}

function eventsOf(
  database: Database,
  { from, to, start, end }: DayRange,
): Pick<Statistics, "new_games" | "achievements_unlocked" | "completions"> {
  const [counts] = database.drizzle.all<{ unlocked: number; fresh: number }>(sql`
    SELECT (SELECT count(*) FROM achievements WHERE unlocked_at >= ${start} AND unlocked_at < ${end}) AS unlocked,
      (SELECT count(*) FROM (SELECT game_id FROM playtime_changes GROUP BY game_id
        HAVING min(CASE WHEN minutes > 0 THEN observed_at END) >= ${start}
          AND min(CASE WHEN minutes > 0 THEN observed_at END) < ${end}
          AND min(CASE WHEN minutes > 0 AND kind = 'baseline' THEN observed_at END) IS NULL)) AS fresh`);
  const completions = database.drizzle.all<Statistics["completions"][number]>(sql`
    SELECT g.id AS game_id, ${titleOf} AS title, ${coverOf} AS cover_url, g.completion_date FROM games g
    WHERE g.completion_date BETWEEN ${from} AND ${to} ORDER BY g.completion_date DESC, g.id`);
  return {
    new_games: counts?.fresh ?? 0,
    achievements_unlocked: counts?.unlocked ?? 0,
    completions,
  };
}

/** Each session's minutes on each day of the range, with the part of its span that lies on that day. */
function* partsOfDays(
  database: Database,
  range: DayRange,
  { calendar }: Reading,
): Generator<PlayedPart> {
  const rows = database
    .prepare<DayMinutes & { startedAt: number; endedAt: number }>(
      `SELECT d.day, d.minutes, s.started_at AS startedAt, coalesce(s.ended_at, s.evidence_at) AS endedAt
       FROM session_days d CROSS JOIN play_sessions s ON s.id = d.session_id
       WHERE d.day BETWEEN ? AND ? ORDER BY d.day`,
    )
    .all(range.from, range.to);
  let [current, start, end] = ["", 0, 0];
  for (const { day, minutes, startedAt, endedAt } of rows) {
    if (day !== current)
      [current, start, end] = [day, dayStart(day, calendar), dayEnd(day, calendar)];
    const from = Math.max(startedAt, start);
    yield { day, minutes, from, until: Math.max(from + 1, Math.min(endedAt, end)) };
  }
}

function byMonth({ from, to }: DayRange, days: readonly DayMinutes[]): Statistics["by_month"] {
  const minutes = new Map<string, number>();
  let month = Temporal.PlainYearMonth.from(from.slice(0, 7));
  for (; month.toString() <= to.slice(0, 7); month = month.add({ months: 1 })) {
    minutes.set(month.toString(), 0);
  }
  for (const { day, minutes: played } of days) {
    minutes.set(day.slice(0, 7), (minutes.get(day.slice(0, 7)) ?? 0) + played);
  }
  return Array.from(minutes, ([name, played]) => ({ month: name, minutes: played }));
}

function libraryOf(database: Database): Pick<Statistics, "ratings" | "statuses"> {
  return {
    ratings: database
      .prepare<Statistics["ratings"][number]>(
        "SELECT rating, count(*) AS games FROM games WHERE rating IS NOT NULL AND archived_at IS NULL GROUP BY rating ORDER BY rating",
      )
      .all(),
    statuses: database
      .prepare<Statistics["statuses"][number]>(
        "SELECT status, count(*) AS games FROM games WHERE archived_at IS NULL GROUP BY status ORDER BY games DESC, status",
      )
      .all(),
  };
}

/** The same figures of as many days before; nothing where nobody watched all of them. */
function before(database: Database, range: DayRange, { calendar }: Reading): Statistics["before"] {
  const days = daysBetween(range.from, range.to) + 1;
  const first = Temporal.PlainDate.from(range.from);
  const [from, to] = [first.subtract({ days }).toString(), first.subtract({ days: 1 }).toString()];
  const start = dayStart(from, calendar);
  const tracked = database
    .prepare<{ since: number | null }>("SELECT min(observed_at) AS since FROM playtime_changes")
    .get()?.since;
  if (tracked === null || tracked === undefined || tracked > start) return null;
  const games = playedGames(database, { from, to }, { start, end: range.start });
  return {
    from,
    to,
    minutes: sumMinutes(games),
    active_days: playedDays(database, { from, to }).length,
    sessions: sumSessions(games),
  };
}

function sumMinutes(parts: readonly { readonly minutes: number }[]): number {
  return parts.reduce((sum, { minutes }) => sum + minutes, 0);
}

function sumSessions(games: readonly PlayedGame[]): number {
  return games.reduce((sum, { sessions }) => sum + sessions, 0);
}
