/** The operation's answers as the OpenAPI document shows them, and as the store of the tests gives them. */
import type {
  Backup,
  Job,
  StartedJob,
  StoreStatus,
  SyncRun,
  Token,
  Webhook,
  WebhookDelivery,
} from "@tracker/contracts";

const AT = "2026-11-20T22:30:00.000Z";

export const RUN_EXAMPLE: SyncRun = {
  id: "run-00001",
  account_id: null,
  kind: "library",
  review_year: null,
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

export const JOB_EXAMPLE: Job = {
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
};

export const STARTED_JOB_EXAMPLE: StartedJob = { id: 1, kind: "poll", state: "queued" };

export const TOKEN_EXAMPLE: Token = {
  id: 1,
  name: "portfolio",
  scopes: ["read"],
  created_at: AT,
  expires_at: null,
  last_used_at: null,
  revoked_at: null,
};

export const DELIVERY_EXAMPLE: WebhookDelivery = {
  id: 1,
  event: "session.started",
  state: "delivered",
  attempts: 1,
  next_attempt_at: null,
  status: 204,
  error: null,
  duration_ms: 85,
  created_at: AT,
  finished_at: "2026-11-20T22:30:00.085Z",
};

export const WEBHOOK_EXAMPLE: Webhook = {
  id: 1,
  name: "my page",
  host: "hooks.example.org",
  format: "standard",
  events: ["session.started", "session.ended"],
  enabled: true,
  disabled_reason: null,
  created_at: AT,
  waiting: 0,
  last_delivery: DELIVERY_EXAMPLE,
};

export const STORE_STATUS_EXAMPLE: StoreStatus = {
  accounts: [],
  last_runs: [RUN_EXAMPLE],
  active_jobs: 0,
  outbox_waiting: 0,
  games: 1,
  unbalanced_games: 0,
  database_bytes: 4_096,
  schema_version: 1,
  write_problem: null,
  last_backup_at: null,
  last_snapshot_date: null,
  time_zone: "America/New_York",
  day_start_hour: 0,
};

export const BACKUP_EXAMPLE: Backup = {
  name: "tracker-nightly-20261120T093000Z.db",
  bytes: 24_117_248,
  made_at: "2026-11-20T09:30:00.000Z",
  made_for: "nightly",
  checked: true,
  schema_version: 6,
};
