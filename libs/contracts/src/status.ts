import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { Count, Empty, Id, Instant, Nullable, Page, PageInput, Strict } from "./primitive.ts";
import { Outcome, Trigger } from "./library.ts";

export const Account = Type.Object({
  id: Id,
  provider: Type.Literal("steam"),
  steam_id: Type.String(),
  persona_name: Nullable(Type.String()),
  /** How the last look ended, and since when it has been so. */
  state: Outcome,
  state_since: Instant,
  state_reason: Nullable(Type.String()),
  /** The first sample that showed a library: before it, nobody's day. */
  tracking_since: Nullable(Instant),
  last_sample_at: Nullable(Instant),
});
export type Account = Static<typeof Account>;

export const SyncRun = Type.Object({
  id: Type.String(),
  account_id: Nullable(Id),
  kind: Type.String(),
  /** Which year a look at a Year in Review asked for; null for every other kind. */
  review_year: Nullable(Type.Integer()),
  trigger: Trigger,
  started_at: Instant,
  observed_at: Instant,
  outcome: Outcome,
  reason: Nullable(Type.String()),
  games_seen: Count,
  games_added: Count,
  games_changed: Count,
  minutes_added: Count,
});
export type SyncRun = Static<typeof SyncRun>;

export const listRuns = defineRequest({
  subject: "store.runs.list",
  description: "Every look that talked to the outside, newest first.",
  input: Strict({ ...PageInput }),
  output: Page(SyncRun),
});

export const getStoreStatus = defineRequest({
  subject: "store.status.get",
  description:
    "The state of what is stored: accounts, last runs, active jobs, sizes, and whether the books balance.",
  input: Empty,
  output: Type.Object({
    accounts: Type.Array(Account),
    last_runs: Type.Array(SyncRun),
    active_jobs: Count,
    outbox_waiting: Count,
    games: Count,
    /** Games for which baseline + play ≠ stored total, or sessions ≠ play: always 0, or something is wrong. */
    unbalanced_games: Count,
    database_bytes: Count,
    schema_version: Count,
    /** Null while writes work; otherwise why they do not (disk full, read-only file). */
    write_problem: Nullable(Type.String()),
    last_backup_at: Nullable(Instant),
    last_snapshot_date: Nullable(Type.String()),
    time_zone: Type.String(),
    day_start_hour: Type.Integer(),
  }),
});
export type StoreStatus = Static<typeof getStoreStatus.output>;
