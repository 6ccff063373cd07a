/** The first part of every query key: what an event can make old (live.ts). */
export const KEYS = {
  nowPlaying: "now-playing",
  sessions: "sessions",
  edits: "session-edits",
  days: "days",
  feed: "feed",
  statistics: "statistics",
  games: "games",
  drafts: "drafts",
  history: "history",
  achievements: "achievements",
  tags: "tags",
  apps: "apps",
  jobs: "jobs",
  runs: "runs",
  status: "status",
  backups: "backups",
  schedules: "schedules",
  tokens: "tokens",
  webhooks: "webhooks",
  setup: "setup",
} as const;
export type Key = (typeof KEYS)[keyof typeof KEYS];
