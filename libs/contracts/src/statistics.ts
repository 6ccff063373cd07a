import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { Count, Day, Id, Instant, Minutes, Nullable, Strict } from "./primitive.ts";
import { GameStatus } from "./game.ts";

const GameCard = { game_id: Id, title: Type.String(), cover_url: Nullable(Type.String()) };

/** What a part of the range's play amounts to, the most played first; shares of several tags or genres overlap. */
const Part = Type.Object({ name: Type.String(), minutes: Minutes, games: Count });

/** Days on each of which something was played, one after the other. */
const Streak = Type.Object({ days: Count, from: Day, to: Day });

/** What was played in a range of days, all of it in the tracker's zone. */
export const Statistics = Type.Object({
  from: Day,
  to: Day,
  time_zone: Type.String(),
  /** Of sessions on the range's days, and of gaps whose whole window lies in it. */
  minutes: Minutes,
  /** The part of `minutes` that is on no day: it is in no figure by day, weekday or hour. */
  gap_minutes: Minutes,
  days: Count,
  /** Days with at least a minute of play. */
  active_days: Count,
  sessions: Count,
  games_played: Count,
  /** Games of which the first play that was ever seen lies in the range. */
  new_games: Count,
  achievements_unlocked: Count,
  most_active_day: Nullable(Type.Object({ day: Day, minutes: Minutes })),
  longest_session: Nullable(
    Type.Object({ session_id: Id, ...GameCard, started_at: Instant, minutes: Minutes }),
  ),
  /** The longest run of active days within the range. */
  longest_streak: Nullable(Streak),
  /** The one that lasts: up to today, or to yesterday while today is young. It may have begun before the range. */
  current_streak: Nullable(Streak),
  /** The 100 most played. */
  by_game: Type.Array(Type.Object({ ...GameCard, minutes: Minutes, sessions: Count })),
  by_platform: Type.Array(Part),
  by_status: Type.Array(Part),
  by_tag: Type.Array(Part),
  /** By the catalogue's genres, as far as it knows the game. */
  by_genre: Type.Array(Part),
  /** Minutes by weekday (Monday first) and hour of the clock: 7 rows of 24. */
  by_hour: Type.Array(Type.Array(Minutes, { minItems: 24, maxItems: 24 }), {
    minItems: 7,
    maxItems: 7,
  }),
  /** Minutes by month of the range (`YYYY-MM`), months without play too. */
  by_month: Type.Array(Type.Object({ month: Type.String(), minutes: Minutes })),
  completions: Type.Array(Type.Object({ ...GameCard, completion_date: Day })),
  /** The library as it is now, whatever the range: games by rating, and by status. */
  ratings: Type.Array(Type.Object({ rating: Type.Number(), games: Count })),
  statuses: Type.Array(Type.Object({ status: GameStatus, games: Count })),
  /** The equally long range before this one; null when it begins before tracking does. */
  before: Nullable(
    Type.Object({ from: Day, to: Day, minutes: Minutes, active_days: Count, sessions: Count }),
  ),
  /** How long the backlog lasts at one's own pace. */
  backlog: Type.Object({
    games: Count,
    /** The median of one's own completed games; null with fewer than three. */
    minutes_per_game: Nullable(Minutes),
    /** The mean of the last 12 weeks; null without play in them. */
    minutes_per_week: Nullable(Minutes),
    /** Null where one of the two is not known. */
    weeks: Nullable(Count),
  }),
});
export type Statistics = Static<typeof Statistics>;

/** The longest range that one answer is worked out for: a decade. */
export const STATISTICS_DAYS_MAX = 3_660;

export const getStatistics = defineRequest({
  subject: "store.statistics.get",
  description:
    "What was played in a range of days, both included: totals, streaks, by game, tag, genre, platform, status, weekday and hour, and against the range before. Default: the last 30 days.",
  input: Strict({
    from: Type.Optional(Day),
    to: Type.Optional(Day),
  }),
  output: Statistics,
  timeoutMs: 5_000,
});
