import type {
  Achievement,
  App,
  AppSummary,
  FeedItem,
  Game,
  GameHistory,
  Job,
  Session,
  SessionEditOutcome,
  Statistics,
  SyncRun,
} from "@tracker/contracts";

const AT = "2026-11-20T22:30:00.000Z";

export function testGame(changes: Partial<Game> & { id: number }): Game {
  return {
    title: `Game ${changes.id}`,
    platform: "PC",
    status: "Playing",
    rating: null,
    playtime_minutes: 90,
    hours_played: 1.5,
    steam_app_id: 1_000 + changes.id,
    cover_url: null,
    completion_date: null,
    last_played_at: AT,
    is_favorite: false,
    notes: null,
    visibility: "public",
    library_state: "owned",
    steam_reports_less: false,
    tags: [],
    unlocked_achievements: 0,
    total_achievements: 0,
    completion_percentage: 0,
    created_at: AT,
    updated_at: AT,
    archived_at: null,
    ...changes,
  };
}

export const SESSION: Session = {
  id: 7,
  game_id: 1,
  title: "Game 1",
  cover_url: null,
  steam_app_id: 1_001,
  started_at: AT,
  ended_at: "2026-11-20T23:30:00.000Z",
  not_before: AT,
  not_after: "2026-11-20T23:31:00.000Z",
  minutes: 60,
  precision: "presence",
  live: false,
  corrected: false,
  days: [{ day: "2026-11-20", minutes: 60 }],
};

/** Of the game that {@link testGame} makes: 90 minutes in all, none of them lost. */
export const HISTORY: GameHistory = {
  game_id: 1,
  time_zone: "America/New_York",
  tracked_since: "2026-11-01T05:00:00.000Z",
  before: {
    minutes: 20,
    unknown_minutes: 5,
    months: [{ month: "2024-05", minutes: 15 }],
  },
  days: [{ day: "2026-11-20", minutes: 60 }],
  gaps: [{ not_before: AT, not_after: "2026-11-22T23:31:00.000Z", minutes: 10 }],
  corrections: { minutes: 0 },
  steam_total: 90,
  reconciles: true,
};

const UNLOCKED: Achievement = {
  id: 1,
  api_name: "ACH_01",
  title: "Reluctant Pilgrim",
  description: null,
  icon_url: null,
  unlocked: true,
  unlocked_at: AT,
  hidden: true,
  global_percent: 12.5,
};
export const ACHIEVEMENTS = {
  items: [UNLOCKED],
  unlocked: 1,
  total: 1,
  completion_percentage: 100,
  import: { outcome: "ok" as const, imported: true, message: null, attempted_at: AT },
};

const FED = { at: AT, day: "2026-11-20", live: false } as const;
export const FEED: readonly FeedItem[] = [
  { type: "session", ...FED, session: SESSION },
  {
    type: "games_added",
    ...FED,
    count: 1,
    games: [{ game_id: 1, title: "Game 1", cover_url: null }],
  },
];

export const RUN: SyncRun = {
  id: "run-00001",
  account_id: null,
  kind: "library",
  trigger: "interval",
  started_at: AT,
  observed_at: AT,
  outcome: "ok",
  reason: null,
  games_seen: 1,
  games_added: 0,
  games_changed: 0,
  minutes_added: 0,
};

export function testJob(changes: Partial<Job>): Job {
  return {
    id: 1,
    kind: "poll",
    arguments: {},
    state: "queued",
    progress: { done: 0, total: null, rate_per_minute: null, eta_seconds: null, message: null },
    result: null,
    error: null,
    requested_by: "api",
    created_at: AT,
    started_at: null,
    heartbeat_at: null,
    finished_at: null,
    ...changes,
  };
}

export const APP_SUMMARY: AppSummary = {
  app_id: 1_001,
  name: "Game 1",
  type: "game",
  is_active: true,
  is_free: false,
  coming_soon: false,
  release_date: "2011-04-18",
  price: { currency: "USD", initial: 999, final: 499, discount_percent: 50 },
  owners: { low: 20_000, high: 50_000 },
  reviews: { positive: 90, negative: 10, percent_positive: 90 },
  ccu: 12,
  header_url: null,
  game_id: 1,
};

export const APP: App = {
  ...APP_SUMMARY,
  developers: ["A Studio"],
  publishers: [],
  genres: ["Indie"],
  tags: [{ name: "Puzzle", weight: 5 }],
  languages: ["English"],
  playtime: {
    average_forever: null,
    average_2weeks: null,
    median_forever: null,
    median_2weeks: null,
  },
  first_seen_at: AT,
  left_at: null,
  absences: [],
  sources: [],
};

export const STATISTICS: Statistics = {
  from: "2026-11-01",
  to: "2026-11-20",
  time_zone: "America/New_York",
  minutes: 90,
  gap_minutes: 0,
  days: 20,
  active_days: 1,
  sessions: 1,
  games_played: 1,
  new_games: 0,
  achievements_unlocked: 0,
  most_active_day: { day: "2026-11-20", minutes: 90 },
  longest_session: null,
  longest_streak: null,
  current_streak: null,
  by_game: [],
  by_platform: [],
  by_status: [],
  by_tag: [],
  by_genre: [],
  by_hour: Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0)),
  by_month: [{ month: "2026-11", minutes: 90 }],
  completions: [],
  ratings: [],
  statuses: [],
  before: null,
  backlog: { games: 0, minutes_per_game: null, minutes_per_week: null, weeks: null },
};

export const SESSION_EDIT_OUTCOME: SessionEditOutcome = {
  edit: {
    id: 1,
    game_id: 1,
    title: "Game 1",
    kind: "remove",
    summary: "A session was taken out.",
    created_at: AT,
    undone_at: null,
    applied: true,
    minutes: -60,
  },
  sessions: [],
};
