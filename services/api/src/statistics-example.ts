/** Answers as the OpenAPI document shows them: one game, played for 90 minutes on one evening. */
import type { Heatmap, listPlayedYears, Output, Statistics, YearReview } from "@tracker/contracts";

const TRACKED_SINCE = "2026-11-01T05:00:00.000Z";
const ZONE = "America/New_York";
const GAME = { game_id: 1, title: "Portal 2", cover_url: null };
const DAY = { day: "2026-11-20", minutes: 90 };
const SESSION = { session_id: 7, ...GAME, started_at: "2026-11-20T22:30:00.000Z", minutes: 90 };
const STREAK = { days: 1, from: DAY.day, to: DAY.day };
const COMPLETION = { ...GAME, completion_date: DAY.day };

const BREAKDOWN = {
  by_platform: [{ name: "PC", minutes: 90, games: 1 }],
  by_status: [{ name: "Completed", minutes: 90, games: 1 }],
  by_tag: [{ name: "co-op", minutes: 90, games: 1 }],
  by_genre: [{ name: "Action", minutes: 90, games: 1 }],
  by_catalogue_tag: [{ name: "Puzzle", minutes: 90, games: 1 }],
};

/** From 17:30 until 19:00 by the clock. */
const EVENING: Readonly<Record<number, number>> = { 17: 30, 18: 60 };
const FRIDAY_EVENING = {
  by_weekday: [0, 0, 0, 0, 90, 0, 0],
  by_hour: Array.from({ length: 7 }, (_, weekday) =>
    Array.from({ length: 24 }, (_, hour) => (weekday !== 4 ? 0 : (EVENING[hour] ?? 0))),
  ),
};

const PLAYED = {
  time_zone: ZONE,
  active_days: 1,
  sessions: 1,
  games_played: 1,
  new_games: 1,
  most_active_day: DAY,
  longest_session: SESSION,
  longest_streak: STREAK,
  completed: 1,
  completions: [COMPLETION],
};

export const STATISTICS_EXAMPLE: Statistics = {
  from: "2026-11-01",
  to: DAY.day,
  tracked_since: TRACKED_SINCE,
  minutes: 90,
  gap_minutes: 0,
  before_tracking: { minutes: 0, games: 0, months: [] },
  days: 20,
  watched_days: 20,
  minutes_per_day: 4.5,
  minutes_per_active_day: 90,
  achievements_unlocked: 2,
  current_streak: STREAK,
  ...PLAYED,
  completed_undated: 0,
  by_game: [{ ...GAME, minutes: 90, sessions: 1 }],
  ...BREAKDOWN,
  ...FRIDAY_EVENING,
  by_month: [{ month: "2026-11", minutes: 90 }],
  ratings: [{ rating: 9.5, games: 1 }],
  statuses: [{ status: "Completed", games: 1 }],
  before: null,
  backlog: {
    games: 0,
    minutes_per_game: null,
    minutes_left: null,
    minutes_per_week: null,
    active_weeks: 1,
    weeks: null,
    reason: "no_backlog",
  },
};

export const YEAR_REVIEW_EXAMPLE: YearReview = {
  year: 2026,
  from: "2026-01-01",
  to: DAY.day,
  is_over: false,
  minutes: 120,
  known: {
    tracked_since: TRACKED_SINCE,
    watched_days: 20,
    day_minutes: 90,
    gap_minutes: 0,
    month_minutes: 30,
    gap_percent: 0,
    month_percent: 25,
  },
  ...PLAYED,
  top_games: [{ ...GAME, minutes: 120, percent: 100, sessions: 1 }],
  most_active_week: { from: "2026-11-16", to: "2026-11-22", minutes: 90 },
  most_active_month: { month: "2026-11", minutes: 90 },
  by_month: Array.from({ length: 12 }, (_, index) => ({
    month: `2026-${String(index + 1).padStart(2, "0")}`,
    minutes: index === 10 ? 90 : 0,
    before_minutes: index === 4 ? 30 : 0,
  })),
  ...FRIDAY_EVENING,
  night: { from_hour: 22, until_hour: 6, minutes: 0, percent: 0 },
  first_session: SESSION,
  last_session: SESSION,
  achievements: {
    unlocked: 2,
    rarest: {
      ...GAME,
      api_name: "ACH.PARTY_OF_THREE",
      achievement: "Party of Three",
      icon_url: null,
      global_percent: 12.5,
      unlocked_at: "2026-11-20T23:12:00.000Z",
    },
  },
  ...BREAKDOWN,
  before: null,
};

export const PLAYED_YEARS_EXAMPLE: Output<typeof listPlayedYears> = {
  tracked_since: TRACKED_SINCE,
  items: [
    {
      year: 2026,
      minutes: 120,
      day_minutes: 90,
      gap_minutes: 0,
      month_minutes: 30,
      active_days: 1,
      games_played: 1,
    },
  ],
};

export const HEATMAP_EXAMPLE: Heatmap = {
  year: 2026,
  time_zone: ZONE,
  today: DAY.day,
  tracked_since: TRACKED_SINCE,
  minutes: 90,
  gap_minutes: 0,
  active_days: 1,
  most_active_day: DAY,
  days: Array.from({ length: 365 }, (_, index) => (index === 323 ? 90 : 0)),
};
