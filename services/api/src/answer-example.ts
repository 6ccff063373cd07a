/** Answers as the OpenAPI document shows them, and as the store of the tests gives them; a test holds each to its schema. */
import type {
  Achievement,
  FeedItem,
  Game,
  GameHistory,
  listAchievements,
  NowPlaying,
  Output,
  Session,
  SessionEditOutcome,
} from "@tracker/contracts";

const AT = "2026-11-20T22:30:00.000Z";
const ZONE = "America/New_York";

/** The one page of a list. */
export function pageOf<T>(...items: T[]): { items: T[]; next_cursor: null } {
  return { items, next_cursor: null };
}

export const GAME_EXAMPLE: Game = {
  id: 1,
  title: "Game 1",
  platform: "PC",
  status: "Playing",
  rating: null,
  playtime_minutes: 90,
  hours_played: 1.5,
  steam_app_id: 1_001,
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
};

export const SESSION_EXAMPLE: Session = {
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

/** Of {@link GAME_EXAMPLE}: 90 minutes in all, none of them lost. */
export const HISTORY_EXAMPLE: GameHistory = {
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
export const ACHIEVEMENTS_EXAMPLE: Output<typeof listAchievements> = {
  items: [UNLOCKED],
  unlocked: 1,
  total: 1,
  completion_percentage: 100,
  import: { outcome: "ok", imported: true, message: null, attempted_at: AT },
};

const FED = { at: AT, day: "2026-11-20", live: false } as const;
export const FEED_EXAMPLE: FeedItem[] = [
  { type: "session", ...FED, session: SESSION_EXAMPLE },
  {
    type: "games_added",
    ...FED,
    count: 1,
    games: [{ game_id: 1, title: "Game 1", cover_url: null }],
  },
];

export const SESSION_EDIT_OUTCOME_EXAMPLE: SessionEditOutcome = {
  edit: {
    id: 1,
    game_id: 1,
    title: "Game 1",
    kind: "remove",
    summary: "A session was taken out.",
    at: AT,
    created_at: AT,
    undone_at: null,
    applied: true,
    minutes: -60,
  },
  sessions: [],
};

const DAY = { day: "2026-11-20", minutes: 60, games: [] };
export const DAYS_EXAMPLE = {
  from: "2026-10-22",
  to: "2026-11-20",
  time_zone: ZONE,
  minutes: 60,
  items: [DAY],
  gaps: [],
};
export const DAY_EXAMPLE = {
  ...DAY,
  time_zone: ZONE,
  starts_at: "2026-11-20T05:00:00.000Z",
  ends_at: "2026-11-21T05:00:00.000Z",
  sessions: [SESSION_EXAMPLE],
  gaps: [],
};
export const SNAPSHOT_EXAMPLE = { date: "2026-11-20", total_minutes: 90, games_played: 1 };
export const TAGS_EXAMPLE = { items: [{ name: "rpg", games: 1 }] };

export const NOW_PLAYING_EXAMPLE: NowPlaying = {
  playing: true,
  tier: 1,
  game: {
    id: 1,
    title: "Game 1",
    steam_app_id: 1_001,
    cover_url: null,
    hours_played: 1.5,
    unlocked_achievements: 0,
    total_achievements: 0,
    completion_percentage: 0,
    last_played_at: AT,
  },
  since: AT,
  as_of: "2026-11-20T22:31:00.000Z",
  stale: false,
};
