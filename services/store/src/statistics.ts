import {
  type getStatistics as definition,
  type Input,
  PARTS_MAX,
  type Statistics,
  STATISTICS_DAYS_MAX,
} from "@tracker/contracts";
import { dayOf, daysBetween, dayStart, sumMinutes } from "@tracker/playtime";
import type { Database } from "./database.ts";
import { type DayRange, readDayRange, type Reading } from "./day-range.ts";
import { instantOrNull } from "./instant.ts";
import { backlogOf } from "./statistics-backlog.ts";
import { type ChosenGames, chooseGames, isChosen } from "./statistics-choice.ts";
import { compare } from "./statistics-comparison.ts";
import { byMonth, byWeekday, mean, mostOf } from "./statistics-day.ts";
import { countNew, countUnlocked, readCompleted } from "./statistics-event.ts";
import { breakDown, playedGames } from "./statistics-game.ts";
import { type Known, readKnown, watchedDays } from "./statistics-known.ts";
import { playByMonth, wholeMonths } from "./statistics-month.ts";
import { type Play, readPlay } from "./statistics-play.ts";
import { sessionOf } from "./statistics-session.ts";
import { currentStreak, longestStreak, playedDaysBack } from "./statistics-streak.ts";

/** Every figure of a range, from the stored sessions and their days: the same minutes as every other answer shows. */
export function getStatistics(
  database: Database,
  input: Input<typeof definition>,
  reading: Reading,
): Statistics {
  const { calendar } = reading;
  const range = readDayRange(input, reading, STATISTICS_DAYS_MAX);
  const games = chooseGames(database, input);
  const known = readKnown(database, reading);
  const play = readPlay(database, range, { games, calendar });
  const today = dayOf(reading.now, calendar);
  return {
    from: range.from,
    to: range.to,
    time_zone: calendar.zone,
    tracked_since: instantOrNull(known.trackedSince),
    before_tracking: beforeTracking(database, range, games),
    ...amountOf(play, range, known, today),
    new_games: countNew(database, range, play.games.keys()),
    achievements_unlocked: countUnlocked(database, range, games),
    longest_session: sessionOf(database, play.longest),
    current_streak: currentStreak(playedDaysBack(database, today, games), today),
    ...whatOf(database, play),
    by_weekday: byWeekday(play.hours),
    by_hour: [...play.hours],
    by_month: byMonth(range, play.days),
    ...readCompleted(database, range, games),
    ...libraryOf(database, games),
    before: compare(play, rangeBefore(range, reading), known, (before) =>
      readPlay(database, before, { games, calendar }),
    ),
    backlog: backlogOf(database, reading, games),
  };
}

/** How much was played, and on which days. */
function amountOf(play: Play, range: DayRange, known: Known, today: string) {
  const watched = watchedDays(range, known, today);
  return {
    minutes: play.dayMinutes + play.gapMinutes,
    gap_minutes: play.gapMinutes,
    days: daysBetween(range.from, range.to) + 1,
    watched_days: watched,
    active_days: play.days.size,
    minutes_per_day: mean(play.dayMinutes, watched),
    minutes_per_active_day: mean(play.dayMinutes, play.days.size),
    sessions: play.sessions,
    games_played: play.games.size,
    most_active_day: mostOf(play.days, (day, minutes) => ({ day, minutes })),
    longest_streak: longestStreak(play.days.keys()),
  };
}

/** What was played. */
function whatOf(database: Database, play: Play) {
  const games = playedGames(database, play.games);
  return {
    by_game: games.slice(0, PARTS_MAX).map(({ game_id, title, cover_url, minutes, sessions }) => ({
      game_id,
      title,
      cover_url,
      minutes,
      sessions,
    })),
    ...breakDown(database, games),
  };
}

function beforeTracking(
  database: Database,
  range: DayRange,
  games: ChosenGames,
): Statistics["before_tracking"] {
  const play = playByMonth(database, wholeMonths(range), games);
  const months = Map.groupBy(play, ({ month }) => month);
  return {
    minutes: sumMinutes(play),
    games: new Set(play.map(({ gameId }) => gameId)).size,
    months: Array.from(months, ([month, parts]) => ({ month, minutes: sumMinutes(parts) })).sort(
      (a, b) => (a.month < b.month ? -1 : 1),
    ),
  };
}

/** As many days as the range has, up to the day before it. */
function rangeBefore({ from, to, start }: DayRange, { calendar }: Reading): DayRange {
  const days = daysBetween(from, to) + 1;
  const first = Temporal.PlainDate.from(from).subtract({ days }).toString();
  const last = Temporal.PlainDate.from(from).subtract({ days: 1 }).toString();
  return { from: first, to: last, start: dayStart(first, calendar), end: start };
}

/** The chosen games of the library as they are now. */
function libraryOf(
  database: Database,
  games: ChosenGames,
): Pick<Statistics, "completed_undated" | "ratings" | "statuses"> {
  const condition = `archived_at IS NULL AND ${isChosen("id")}`;
  const undated = database
    .prepare<{ games: number }>(
      `SELECT count(*) AS games FROM games
       WHERE status = 'Completed' AND completion_date IS NULL AND ${condition}`,
    )
    .get(games);
  return {
    completed_undated: undated?.games ?? 0,
    ratings: database
      .prepare<Statistics["ratings"][number]>(
        `SELECT rating, count(*) AS games FROM games WHERE rating IS NOT NULL AND ${condition}
         GROUP BY rating ORDER BY rating`,
      )
      .all(games),
    statuses: database
      .prepare<Statistics["statuses"][number]>(
        `SELECT status, count(*) AS games FROM games WHERE ${condition}
         GROUP BY status ORDER BY games DESC, status`,
      )
      .all(games),
  };
}
