import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { Count, Day, Instant, Minutes, Nullable, Strict } from "./primitive.ts";
import {
  BestDay,
  breakdown,
  byHour,
  byWeekday,
  Comparison,
  completions,
  countOf,
  gameCard,
  minutesOf,
  percentOf,
  PlayedSession,
  Streak,
  trackedSince,
  watchedDays,
} from "./statistics-figure.ts";
import { PlayChoice } from "./statistics.ts";

/** A year of which something may be known. */
export const Year = Type.Integer({
  minimum: 1_970,
  maximum: 2_099,
  description: "a year from 1970 to 2099",
});

/** How sure a year's minutes are; the three parts add up to all of them. */
const Known = Type.Object({
  tracked_since: trackedSince,
  watched_days: watchedDays,
  day_minutes: minutesOf("on days"),
  gap_minutes: minutesOf("known to lie in the year, but on no day of it"),
  month_minutes: minutesOf("from before tracking, as Steam's Year in Review tells them by month"),
  gap_percent: percentOf("`gap_minutes` of all; 0 without play"),
  month_percent: percentOf("`month_minutes` of all; 0 without play"),
});

const RarestAchievement = Type.Object({
  ...gameCard,
  api_name: Type.String(),
  achievement: Type.String({ description: "its title" }),
  icon_url: Nullable(Type.String()),
  global_percent: percentOf("of Steam's players have it"),
  unlocked_at: Instant,
});

/** A year of play, all of it in the tracker's zone; figures by day hold only what is known to the day. */
export const YearReview = Type.Object({
  year: Year,
  from: Day,
  /** The last day told: today while the year lasts. */
  to: Day,
  time_zone: Type.String(),
  is_over: Type.Boolean(),
  minutes: minutesOf("of days, of gaps and of months before tracking; `known` tells them apart"),
  known: Known,
  active_days: countOf("days with at least a minute of play"),
  sessions: countOf("sessions with a minute on a day of the year"),
  games_played: countOf("games with minutes in `minutes`"),
  new_games: Type.Union([Count, Type.Null()], {
    description:
      "games played in the year and never seen played before it, nor with playtime from before tracking; null when no day was watched",
  }),
  top_games: Type.Array(
    Type.Object({
      ...gameCard,
      minutes: minutesOf("of days, gaps and months before tracking"),
      percent: percentOf("of all the year's minutes"),
      sessions: Count,
    }),
    { maxItems: 25, description: "the 25 most played" },
  ),
  /** Of those that began in the year. */
  longest_session: Nullable(PlayedSession),
  /** Within the year. */
  longest_streak: Nullable(Streak),
  most_active_day: Nullable(BestDay),
  most_active_week: Type.Union(
    [Type.Object({ from: Day, to: Day, minutes: Minutes }), Type.Null()],
    { description: "from Monday to Sunday, cut at the year's ends" },
  ),
  most_active_month: Type.Union(
    [Type.Object({ month: Type.String(), minutes: Minutes }), Type.Null()],
    { description: "both figures of `by_month` together" },
  ),
  by_month: Type.Array(
    Type.Object({
      month: Type.String({ description: "such as 2026-11" }),
      minutes: minutesOf("on days"),
      before_minutes: minutesOf("from before tracking, on no day"),
    }),
    { minItems: 12, maxItems: 12 },
  ),
  by_weekday: byWeekday,
  by_hour: byHour,
  night: Type.Object(
    {
      from_hour: Type.Integer({ minimum: 0, maximum: 23, description: "hour of the clock" }),
      until_hour: Type.Integer({ minimum: 0, maximum: 23, description: "hour of the clock" }),
      minutes: minutesOf("on hours of the night"),
      percent: percentOf("of the minutes on days; 0 without play"),
    },
    { description: "what was played at night; the rest of the minutes on days was by day" },
  ),
  /** The first that has minutes on a day of the year, by its start; and the last. */
  first_session: Nullable(PlayedSession),
  last_session: Nullable(PlayedSession),
  completed: countOf("games whose completion date lies in the year"),
  completions,
  achievements: Type.Object({
    unlocked: countOf("achievements whose unlock Steam dates in the year"),
    rarest: Nullable(RarestAchievement),
  }),
  ...breakdown,
  /** The year before, up to the same day while this one lasts; null when it begins before tracking does. */
  before: Nullable(Comparison),
});
export type YearReview = Static<typeof YearReview>;

export const getYearReview = defineRequest({
  subject: "store.statistics.year",
  description:
    "A year in review: how much, when and of what, against the year before, and how much of it is known to the day.",
  input: Strict({ year: Year }),
  output: YearReview,
  timeoutMs: 5_000,
});

export const listPlayedYears = defineRequest({
  subject: "store.statistics.years",
  description: "The years of which any play is known, newest first.",
  input: Strict({}),
  output: Type.Object({
    tracked_since: trackedSince,
    items: Type.Array(
      Type.Object({
        year: Year,
        minutes: minutesOf("of days, gaps and months before tracking, as its review tells"),
        day_minutes: minutesOf("on days"),
        gap_minutes: minutesOf("known to lie in the year, but on no day of it"),
        month_minutes: minutesOf("from before tracking, on no day"),
        active_days: countOf("days with at least a minute of play"),
        games_played: countOf("games with minutes in `minutes`"),
      }),
      { maxItems: 130 },
    ),
  }),
  timeoutMs: 5_000,
});

export const getHeatmap = defineRequest({
  subject: "store.statistics.heatmap",
  description: "Minutes on each day of a year, of all games or of some. Default: this year.",
  input: Strict({ year: Type.Optional(Year), ...PlayChoice }),
  output: Type.Object({
    year: Year,
    time_zone: Type.String(),
    today: Day,
    tracked_since: trackedSince,
    minutes: minutesOf("on all days of the year"),
    gap_minutes: minutesOf("known to lie in the year, but on no day of it: not in `minutes`"),
    active_days: countOf("days with at least a minute of play"),
    most_active_day: Nullable(BestDay),
    days: Type.Array(Minutes, {
      minItems: 365,
      maxItems: 366,
      description: "whole minutes on each day, January 1 first; 0 on days to come",
    }),
  }),
  timeoutMs: 5_000,
});
export type Heatmap = Static<typeof getHeatmap.output>;
