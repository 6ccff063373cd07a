import type { getYearReview as definition, Input, YearReview } from "@tracker/contracts";
import { dayEnd, dayOf, dayStart, sumMinutes } from "@tracker/playtime";
import type { Database } from "./database.ts";
import type { DayRange, Reading } from "./day-range.ts";
import { percentageOf } from "./game-row.ts";
import { instantOrNull } from "./instant.ts";
import { compare } from "./statistics-comparison.ts";
import { byMonth, byWeek, byWeekday, mostOf } from "./statistics-day.ts";
import { countNew, countUnlocked, rarestUnlocked, readCompleted } from "./statistics-event.ts";
import { breakDown, playedGames, type PlayedGame } from "./statistics-game.ts";
import { type Known, readKnown, watchedDays } from "./statistics-known.ts";
import { type MonthPlay, playByMonth } from "./statistics-month.ts";
import { type GamePlay, type Play, readPlay } from "./statistics-play.ts";
import { sessionOf } from "./statistics-session.ts";
import { longestStreak } from "./statistics-streak.ts";

const TOP_GAMES = 25;
const NIGHT_FROM_HOUR = 22;
const NIGHT_UNTIL_HOUR = 6;

/** A year of play; of the running one what there is of it, against the same days of the year before. */
export function getYearReview(
  database: Database,
  { year }: Input<typeof definition>,
  reading: Reading,
): YearReview {
  const { calendar } = reading;
  const today = dayOf(reading.now, calendar);
  const range = yearRange(year, reading);
  const known = readKnown(database, reading);
  const play = readPlay(database, range, { games: null, calendar });
  const months = playByMonth(database, { first: `${year}-01`, last: `${year}-12` }, null);
  const games = playedGames(database, withMonths(play.games, months));
  const sure = knownOf(play, months, known, watchedDays(range, known, today));
  return {
    year,
    from: range.from,
    to: lastDayTold(range, today),
    time_zone: calendar.zone,
    is_over: today > range.to,
    minutes: play.dayMinutes + play.gapMinutes + sumMinutes(months),
    known: sure,
    sessions: play.sessions,
    games_played: games.length,
    new_games: sure.watched_days === 0 ? null : countNew(database, range, play.games.keys()),
    top_games: topGames(games),
    longest_session: sessionOf(database, play.longest),
    ...daysOf(range, play, months),
    first_session: sessionOf(database, play.first),
    last_session: sessionOf(database, play.last),
    ...readCompleted(database, range, null),
    achievements: {
      unlocked: countUnlocked(database, range, null),
      rarest: rarestUnlocked(database, range),
    },
    ...breakDown(database, games),
    before: compare(play, sameDaysBefore(year, range, today, reading), known, (before) =>
      readPlay(database, before, { games: null, calendar }),
    ),
  };
}

export function yearRange(year: number, { calendar }: Reading): DayRange {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`];
  return { from, to, start: dayStart(from, calendar), end: dayEnd(to, calendar) };
}

function lastDayTold({ from, to }: DayRange, today: string): string {
  return today >= from && today < to ? today : to;
}

/** The year before; while the year lasts, only up to the same day: February 29 is then met by the 28th. */
function sameDaysBefore(year: number, range: DayRange, today: string, reading: Reading): DayRange {
  const before = yearRange(year - 1, reading);
  const last = Temporal.PlainDate.from(lastDayTold(range, today)).subtract({ years: 1 }).toString();
  return { ...before, to: last, end: dayEnd(last, reading.calendar) };
}

/** Each game's minutes with those of the months from before tracking. */
function withMonths(
  games: ReadonlyMap<number, Readonly<GamePlay>>,
  months: readonly MonthPlay[],
): Map<number, GamePlay> {
  const all = new Map(Array.from(games, ([id, play]) => [id, { ...play }]));
  for (const { gameId, minutes } of months) {
    const play = all.get(gameId) ?? { minutes: 0, sessions: 0 };
    all.set(gameId, { ...play, minutes: play.minutes + minutes });
  }
  return all;
}

function knownOf(
  play: Play,
  months: readonly MonthPlay[],
  { trackedSince }: Known,
  watched: number,
): YearReview["known"] {
  const monthMinutes = sumMinutes(months);
  const all = play.dayMinutes + play.gapMinutes + monthMinutes;
  return {
    tracked_since: instantOrNull(trackedSince),
    watched_days: watched,
    day_minutes: play.dayMinutes,
    gap_minutes: play.gapMinutes,
    month_minutes: monthMinutes,
    gap_percent: percentageOf(play.gapMinutes, all),
    month_percent: percentageOf(monthMinutes, all),
  };
}

function topGames(games: readonly PlayedGame[]): YearReview["top_games"] {
  const all = sumMinutes(games);
  return games.slice(0, TOP_GAMES).map(({ game_id, title, cover_url, minutes, sessions }) => ({
    game_id,
    title,
    cover_url,
    minutes,
    percent: percentageOf(minutes, all),
    sessions,
  }));
}

/** When in the year it was played. */
function daysOf(range: DayRange, play: Play, months: readonly MonthPlay[]) {
  const before = new Map<string, number>();
  for (const { month, minutes } of months) before.set(month, (before.get(month) ?? 0) + minutes);
  const inMonths = byMonth(range, play.days).map(({ month, minutes }) => ({
    month,
    minutes,
    before_minutes: before.get(month) ?? 0,
  }));
  const night = sumNight(play.hours);
  return {
    active_days: play.days.size,
    longest_streak: longestStreak(play.days.keys()),
    most_active_day: mostOf(play.days, (day, minutes) => ({ day, minutes })),
    most_active_week: mostOf(byWeek(play.days), (monday, minutes) =>
      weekOf(monday, minutes, range),
    ),
    most_active_month: mostOf(
      new Map(inMonths.map(({ month, minutes, before_minutes: rest }) => [month, minutes + rest])),
      (month, minutes) => ({ month, minutes }),
    ),
    by_month: inMonths,
    by_weekday: byWeekday(play.hours),
    by_hour: [...play.hours],
    night: {
      from_hour: NIGHT_FROM_HOUR,
      until_hour: NIGHT_UNTIL_HOUR,
      minutes: night,
      percent: percentageOf(night, play.dayMinutes),
    },
  };
}

function weekOf(monday: string, minutes: number, { from, to }: DayRange) {
  const sunday = Temporal.PlainDate.from(monday).add({ days: 6 }).toString();
  return { from: monday < from ? from : monday, to: sunday > to ? to : sunday, minutes };
}

function sumNight(hours: readonly (readonly number[])[]): number {
  const night = (row: readonly number[]) =>
    row.filter((_, hour) => hour >= NIGHT_FROM_HOUR || hour < NIGHT_UNTIL_HOUR);
  return hours.flatMap(night).reduce((sum, minutes) => sum + minutes, 0);
}
