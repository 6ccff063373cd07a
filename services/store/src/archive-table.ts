/** A table that goes into an archive. Rows are written in the order of their key, so that the same data is the same bytes. */
export interface ArchivedTable {
  readonly name: string;
  readonly key: readonly string[];
  /** Columns that mean nothing elsewhere. */
  readonly without?: readonly string[];
  /** Only these rows. */
  readonly where?: string;
}

/** Everything that a person would miss, parents before their children. */
export const ARCHIVED_TABLES: readonly ArchivedTable[] = [
  { name: "settings", key: ["key"], where: "key = 'calendar'" },
  { name: "accounts", key: ["id"] },
  { name: "sync_runs", key: ["id"], without: ["job_id"] },
  { name: "games", key: ["id"] },
  { name: "purged_apps", key: ["steam_app_id"] },
  { name: "achievements", key: ["id"] },
  { name: "tags", key: ["id"] },
  { name: "game_tags", key: ["game_id", "tag_id"] },
  { name: "playtime_changes", key: ["id"] },
  { name: "presence_intervals", key: ["id"] },
  { name: "play_sessions", key: ["id"] },
  { name: "session_days", key: ["session_id", "day"] },
  { name: "session_edits", key: ["id"] },
  { name: "daily_snapshots", key: ["date"] },
  { name: "daily_game_snapshots", key: ["game_id", "date"] },
  { name: "steam_import_status", key: ["steam_app_id"], without: ["job_id"] },
  { name: "month_records", key: ["account_id", "steam_app_id", "month"] },
  { name: "review_years", key: ["account_id", "year"], without: ["job_id"] },
  { name: "apps", key: ["app_id"] },
  { name: "app_metadata", key: ["app_id"] },
  { name: "app_sources", key: ["source", "app_id"] },
  { name: "app_words", key: ["id"] },
  { name: "app_tags", key: ["word_id", "app_id"] },
  { name: "app_genres", key: ["word_id", "app_id"] },
  { name: "app_history", key: ["app_id", "at"] },
  { name: "app_tombstones", key: ["app_id", "left_at"] },
  { name: "app_lists", key: ["id"], where: "state IN ('applied', 'refused')" },
  {
    name: "app_list_changes",
    key: ["app_id", "list", "change"],
    where: "list IN (SELECT id FROM app_lists WHERE state IN ('applied', 'refused'))",
  },
  { name: "steamspy_crawls", key: ["id"], where: "state IN ('applied', 'refused')" },
];

/** What stays behind: credentials, the work of one running tracker, and what is derived from the rest. A test holds that every table is in one of the two lists. */
export const UNARCHIVED_TABLES: readonly string[] = [
  "api_tokens",
  "ui_sessions",
  "webhooks",
  "webhook_deliveries",
  "jobs",
  "outbox",
  "schedule_runs",
  "schema_migrations",
  "app_batches",
  "app_list_entries",
  "steamspy_pages",
  "steamspy_page_apps",
  "app_search",
];

/** The sheets for people and their tools; an import reads only the tables. */
export const SHEETS = ["games", "sessions", "achievements"] as const;
export type Sheet = (typeof SHEETS)[number];

export function tableFile(name: string): string {
  return `tables/${name}.jsonl`;
}

export function sheetFile(name: Sheet): string {
  return `csv/${name}.csv`;
}
