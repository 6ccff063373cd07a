import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { GameFilter, GameStatus } from "./game.ts";
import { Choice, Count, Day, Id, Minutes, Nullable, Strict } from "./primitive.ts";
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
  PARTS_MAX,
  PlayedSession,
  Streak,
  trackedSince,
  watchedDays,
} from "./statistics-figure.ts";

/** Which games are counted; nothing said means all. Archived games keep their play. */
export const PlayChoice = {
  game_id: Type.Optional(Id),
  /** One of the owner's tags, however it is written. */
  tag: GameFilter.tag,
  platform: GameFilter.platform,
};

/** Why nothing is said of how long the backlog lasts. */
export const BACKLOG_REASONS = ["no_backlog", "too_few_completed", "too_little_play"] as const;
export const BacklogReason = Choice(BACKLOG_REASONS);
export type BacklogReason = Static<typeof BacklogReason>;

const Backlog = Type.Object({
  games: countOf("games with the status Backlog"),
  minutes_per_game: Type.Union([Minutes, Type.Null()], {
    description:
      "whole minutes: the median total of one's own completed games; null with fewer than three",
  }),
  minutes_left: Type.Union([Minutes, Type.Null()], {
    description:
      "whole minutes: what the games of the backlog lack of the median, together; null where that is not known",
  }),
  minutes_per_week: Type.Union([Minutes, Type.Null()], {
    description:
      "whole minutes: the median of the weeks with play among the last 12; null with fewer than three",
  }),
  active_weeks: countOf("weeks with play among the last 12, which end today"),
  weeks: Type.Union([Count, Type.Null()], {
    description:
      "weeks until the backlog is played, with as many weeks with play in 12 as of late; null where that cannot be said",
  }),
  reason: Nullable(BacklogReason),
});

/** What was played in a range of days, all of it in the tracker's zone. */
export const Statistics = Type.Object({
  from: Day,
  to: Day,
  time_zone: Type.String(),
  tracked_since: trackedSince,
  minutes: minutesOf("of sessions on the range's days, and of gaps whose whole window lies in it"),
  gap_minutes: minutesOf(
    "the part of `minutes` that is on no day: it is in no figure by day, week, month, weekday or hour",
  ),
  before_tracking: Type.Object(
    {
      minutes: minutesOf("of the months named here"),
      games: countOf("games with play in them"),
      months: Type.Array(
        Type.Object({ month: Type.String({ description: "such as 2024-05" }), minutes: Minutes }),
      ),
    },
    {
      description:
        "Play from before tracking as Steam's Year in Review tells it, of the months that the range holds whole. No other figure holds it.",
    },
  ),
  days: countOf("days of the range"),
  watched_days: watchedDays,
  active_days: countOf("days with at least a minute of play"),
  minutes_per_day: Type.Union([Type.Number({ minimum: 0 }), Type.Null()], {
    description: "minutes on days per watched day, one decimal; null without one",
  }),
  minutes_per_active_day: Type.Union([Type.Number({ minimum: 0 }), Type.Null()], {
    description: "minutes on days per active day, one decimal; null without one",
  }),
  sessions: countOf("sessions with a minute on a day of the range"),
  games_played: countOf("games with minutes in `minutes`"),
  new_games: countOf(
    "games played in the range and never seen played before it, nor with playtime from before tracking",
  ),
  achievements_unlocked: countOf("achievements whose unlock Steam dates in the range"),
  most_active_day: Nullable(BestDay),
  /** Of those that began in the range. */
  longest_session: Nullable(PlayedSession),
  /** Within the range. */
  longest_streak: Nullable(Streak),
  /** The one that lasts: up to today, or to yesterday while today is young. It may have begun before the range. */
  current_streak: Nullable(Streak),
  by_game: Type.Array(
    Type.Object({
      ...gameCard,
      minutes: Minutes,
      sessions: Count,
    }),
    { maxItems: PARTS_MAX, description: `the ${PARTS_MAX} most played` },
  ),
  ...breakdown,
  by_weekday: byWeekday,
  by_hour: byHour,
  by_month: Type.Array(
    Type.Object({ month: Type.String({ description: "such as 2026-11" }), minutes: Minutes }),
    { description: "minutes on the days of each month of the range, months without play too" },
  ),
  completed: countOf("games whose completion date lies in the range"),
  completions,
  completed_undated: countOf(
    "the library as it is now, whatever the range: games with the status Completed and no completion date, which no range can count",
  ),
  ratings: Type.Array(Type.Object({ rating: Type.Number(), games: Count }), {
    description:
      "the library as it is now, whatever the range: games by rating (0 to 10 in halves)",
  }),
  statuses: Type.Array(Type.Object({ status: GameStatus, games: Count }), {
    description: "the library as it is now, whatever the range: games by status",
  }),
  /** The equally long range before this one; null when it begins before tracking does. */
  before: Nullable(Comparison),
  /** How long the backlog lasts at one's own pace, as of today. */
  backlog: Backlog,
});
export type Statistics = Static<typeof Statistics>;

/** The longest range that one answer is worked out for: a decade. */
export const STATISTICS_DAYS_MAX = 3_660;

export const getStatistics = defineRequest({
  subject: "store.statistics.get",
  description:
    "What was played in a range of days, both included: totals, streaks, by game, tag, genre, platform, status, weekday and hour, and against the range before. Default: the last 30 days of all games.",
  input: Strict({
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    ...PlayChoice,
  }),
  output: Statistics,
  timeoutMs: 5_000,
});
