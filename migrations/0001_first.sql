-- Instants are epoch milliseconds (UTC) in columns named *_at; civil days are 'YYYY-MM-DD'; playtime is whole minutes.

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL DEFAULT 'steam' CHECK (provider IN ('steam')),
  steam_id TEXT NOT NULL UNIQUE,
  persona_name TEXT,
  -- How the newest look ended, and since when it has been so.
  state TEXT NOT NULL CHECK (state IN ('ok', 'partial', 'private', 'playtime_private', 'bad_key', 'bad_steam_id', 'limited', 'unreachable', 'malformed')),
  state_since INTEGER NOT NULL,
  state_reason TEXT,
  -- The first good sample: before it, nobody's day.
  tracking_since INTEGER,
  last_sample_at INTEGER,
  last_presence_at INTEGER,
  all_zero INTEGER NOT NULL DEFAULT 1 CHECK (all_zero IN (0, 1))
) STRICT;

CREATE TABLE sync_runs (
  id TEXT PRIMARY KEY,
  account_id INTEGER REFERENCES accounts (id),
  kind TEXT NOT NULL CHECK (kind <> ''),
  trigger TEXT NOT NULL CHECK (trigger IN ('startup', 'interval', 'midnight', 'presence_end', 'job', 'replay')),
  started_at INTEGER NOT NULL,
  observed_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'partial', 'private', 'playtime_private', 'bad_key', 'bad_steam_id', 'limited', 'unreachable', 'malformed')),
  reason TEXT,
  games_seen INTEGER NOT NULL DEFAULT 0 CHECK (games_seen >= 0),
  games_added INTEGER NOT NULL DEFAULT 0 CHECK (games_added >= 0),
  games_changed INTEGER NOT NULL DEFAULT 0 CHECK (games_changed >= 0),
  minutes_added INTEGER NOT NULL DEFAULT 0 CHECK (minutes_added >= 0),
  job_id INTEGER
) STRICT;
CREATE INDEX sync_runs_by_account ON sync_runs (account_id, observed_at, outcome);
CREATE INDEX sync_runs_by_time ON sync_runs (started_at);

-- What a person sets and what a sync sets are different columns: the *_override columns, status, rating, favourite,
-- notes, completion_date, visibility and archived_at are a person's; title, platform, cover_url, playtime and library state a sync's.
CREATE TABLE games (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL CHECK (title <> ''),
  title_override TEXT CHECK (title_override <> ''),
  platform TEXT NOT NULL CHECK (platform <> ''),
  platform_override TEXT CHECK (platform_override <> ''),
  status TEXT NOT NULL CHECK (status IN ('Playing', 'Completed', 'Backlog', 'Dropped', 'Wishlist')),
  rating REAL CHECK (rating BETWEEN 0 AND 10 AND rating * 2 = CAST(rating * 2 AS INTEGER)),
  -- Baseline + play: the highest total ever seen.
  playtime_minutes INTEGER NOT NULL DEFAULT 0 CHECK (playtime_minutes >= 0),
  -- The lower total that Steam reports now; null while it agrees.
  reported_minutes INTEGER CHECK (reported_minutes >= 0 AND reported_minutes < playtime_minutes),
  offline_minutes INTEGER CHECK (offline_minutes >= 0),
  missing_samples INTEGER NOT NULL DEFAULT 0 CHECK (missing_samples >= 0),
  -- The last sample that still listed the game, while it is missing.
  listed_until INTEGER,
  -- Null for a game that no sync ever saw.
  library_state TEXT CHECK (library_state IN ('owned', 'shared', 'not_in_library')),
  steam_app_id INTEGER UNIQUE CHECK (steam_app_id BETWEEN 1 AND 4294967295),
  cover_url TEXT,
  cover_override TEXT,
  completion_date TEXT CHECK (completion_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- What Steam itself says (rtime_last_played), and that or the newest session's end, whichever is later.
  steam_last_played_at INTEGER,
  last_played_at INTEGER,
  is_favorite INTEGER NOT NULL DEFAULT 0 CHECK (is_favorite IN (0, 1)),
  notes TEXT,
  visibility TEXT NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'totals', 'hidden')),
  archived_at INTEGER,
  -- Chosen by the caller that added the game by hand, so that a retry does not add it twice.
  request_id TEXT UNIQUE,
  -- The run that brought the game, so that games of one run are one feed item; null for a game added by hand.
  added_run_id TEXT REFERENCES sync_runs (id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX games_by_last_played ON games (last_played_at);
CREATE INDEX games_by_run ON games (added_run_id);

-- Steam apps whose game was purged: later syncs pass them over, until a person adds the game by hand again.
CREATE TABLE purged_apps (
  steam_app_id INTEGER PRIMARY KEY,
  purged_at INTEGER NOT NULL
) STRICT;

CREATE TABLE achievements (
  id INTEGER PRIMARY KEY,
  game_id INTEGER NOT NULL REFERENCES games (id) ON DELETE CASCADE,
  api_name TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  icon_url TEXT,
  unlocked INTEGER NOT NULL DEFAULT 0 CHECK (unlocked IN (0, 1)),
  unlocked_at INTEGER,
  hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
  global_percent REAL CHECK (global_percent BETWEEN 0 AND 100),
  UNIQUE (game_id, api_name)
) STRICT;
-- Counts and percentages of a whole library come from this index alone.
CREATE INDEX achievements_by_game ON achievements (game_id, unlocked);
CREATE INDEX achievements_by_unlock ON achievements (unlocked_at) WHERE unlocked_at IS NOT NULL;

CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> '')
) STRICT;

CREATE TABLE game_tags (
  game_id INTEGER NOT NULL REFERENCES games (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (game_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX game_tags_by_tag ON game_tags (tag_id);

-- The ledger. Append-only: rows go only when their whole game is purged.
CREATE TABLE playtime_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER REFERENCES accounts (id),
  game_id INTEGER NOT NULL REFERENCES games (id) ON DELETE CASCADE,
  observed_at INTEGER NOT NULL,
  previous_observed_at INTEGER CHECK (previous_observed_at < observed_at),
  minutes INTEGER NOT NULL,
  total_after INTEGER NOT NULL CHECK (total_after >= 0),
  kind TEXT NOT NULL CHECK (kind IN ('baseline', 'play', 'correction')),
  source TEXT NOT NULL CHECK (source IN ('owned', 'recent', 'person')),
  last_played_at INTEGER,
  offline_minutes INTEGER NOT NULL DEFAULT 0,
  run_id TEXT REFERENCES sync_runs (id),
  CHECK (CASE kind
    WHEN 'play' THEN minutes > 0 AND previous_observed_at IS NOT NULL AND offline_minutes BETWEEN 0 AND minutes
    WHEN 'baseline' THEN minutes >= 0
    ELSE minutes < 0 END)
) STRICT;
CREATE INDEX playtime_changes_by_game ON playtime_changes (game_id, observed_at);

CREATE TRIGGER playtime_changes_refuse_update BEFORE UPDATE ON playtime_changes
BEGIN
  SELECT RAISE(ABORT, 'playtime_changes is append-only');
END;
-- REPLACE deletes without asking the trigger below.
CREATE TRIGGER playtime_changes_refuse_replace BEFORE INSERT ON playtime_changes
WHEN EXISTS (SELECT 1 FROM playtime_changes WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'playtime_changes is append-only');
END;
-- A cascade runs after the game itself is gone; any other delete still finds it.
CREATE TRIGGER playtime_changes_refuse_delete BEFORE DELETE ON playtime_changes
WHEN EXISTS (SELECT 1 FROM games WHERE id = OLD.game_id)
BEGIN
  SELECT RAISE(ABORT, 'playtime_changes is append-only');
END;

-- Stretches in which every look found one game running. not_after is null while the newest look still does.
CREATE TABLE presence_intervals (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  -- Null for a game that is not Steam's or not in the library yet.
  game_id INTEGER REFERENCES games (id) ON DELETE CASCADE,
  app_id INTEGER,
  game_name TEXT,
  started_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL CHECK (last_seen_at >= started_at),
  not_before INTEGER NOT NULL CHECK (not_before <= started_at),
  not_after INTEGER CHECK (not_after >= last_seen_at),
  -- The session that showed it last, so that one which comes back once its minutes arrive keeps its id.
  session_id INTEGER
) STRICT;
CREATE UNIQUE INDEX presence_intervals_one_open ON presence_intervals (account_id) WHERE not_after IS NULL;
CREATE INDEX presence_intervals_by_game ON presence_intervals (game_id, not_after);
CREATE INDEX presence_intervals_by_app ON presence_intervals (app_id) WHERE game_id IS NULL;

-- Derived from the ledger and presence, and rebuildable from them.
CREATE TABLE play_sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  game_id INTEGER NOT NULL REFERENCES games (id) ON DELETE CASCADE,
  account_id INTEGER REFERENCES accounts (id),
  started_at INTEGER NOT NULL,
  -- Null while presence is open. Whether that is still so now is the reader's to judge by evidence_at.
  ended_at INTEGER CHECK (ended_at >= started_at),
  not_before INTEGER NOT NULL,
  not_after INTEGER,
  minutes INTEGER NOT NULL CHECK (minutes >= 0),
  precision TEXT NOT NULL CHECK (precision IN ('presence', 'last_played', 'poll', 'gap', 'manual', 'month')),
  -- The newest observation that the session rests on: the last look that saw it (open), else the sample that brought its last minutes.
  evidence_at INTEGER NOT NULL
) STRICT;
CREATE INDEX play_sessions_by_game ON play_sessions (game_id, started_at);
CREATE INDEX play_sessions_by_start ON play_sessions (started_at);
CREATE INDEX play_sessions_open ON play_sessions (game_id) WHERE ended_at IS NULL;
CREATE INDEX play_sessions_gaps ON play_sessions (not_before) WHERE precision = 'gap';

CREATE TABLE session_days (
  session_id INTEGER NOT NULL REFERENCES play_sessions (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  PRIMARY KEY (session_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_days_by_day ON session_days (day);

-- A person's corrections, append-only; they survive a rebuild of the sessions.
CREATE TABLE session_edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  game_id INTEGER NOT NULL REFERENCES games (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('add', 'move', 'merge', 'remove', 'idle')),
  arguments TEXT NOT NULL CHECK (json_valid(arguments)),
  created_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX session_edits_by_game ON session_edits (game_id);

-- One row for every ended day since the first ledger row; games_played counts the games with any playtime at its end.
CREATE TABLE daily_snapshots (
  date TEXT PRIMARY KEY,
  total_minutes INTEGER NOT NULL CHECK (total_minutes >= 0),
  games_played INTEGER NOT NULL CHECK (games_played >= 0)
) STRICT, WITHOUT ROWID;

-- A row only where a game's minutes differ from its previous row: a game on date D is its newest row <= D.
CREATE TABLE daily_game_snapshots (
  game_id INTEGER NOT NULL REFERENCES games (id) ON DELETE CASCADE,
  date TEXT NOT NULL,
  game_title TEXT NOT NULL,
  cover_url TEXT,
  minutes INTEGER NOT NULL CHECK (minutes >= 0),
  PRIMARY KEY (game_id, date)
) STRICT, WITHOUT ROWID;
CREATE INDEX daily_game_snapshots_by_date ON daily_game_snapshots (date);

CREATE TABLE steam_import_status (
  steam_app_id INTEGER PRIMARY KEY,
  game_imported INTEGER NOT NULL DEFAULT 0 CHECK (game_imported IN (0, 1)),
  achievements_imported INTEGER NOT NULL DEFAULT 0 CHECK (achievements_imported IN (0, 1)),
  error_message TEXT,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind <> ''),
  arguments TEXT NOT NULL CHECK (json_valid(arguments)),
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
  done INTEGER NOT NULL DEFAULT 0 CHECK (done >= 0),
  total INTEGER CHECK (total >= 0),
  rate_per_minute REAL,
  eta_seconds REAL,
  message TEXT,
  result TEXT CHECK (json_valid(result)),
  error TEXT,
  requested_by TEXT NOT NULL,
  -- How often it was taken up since it last got further: what ends a job that kills its worker.
  claims INTEGER NOT NULL DEFAULT 0 CHECK (claims >= 0),
  -- When its message was last handed to the outbox.
  published_at INTEGER,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  heartbeat_at INTEGER,
  finished_at INTEGER
) STRICT;
CREATE UNIQUE INDEX jobs_one_active ON jobs (kind) WHERE state IN ('queued', 'running', 'paused');

CREATE TABLE schedule_runs (
  schedule TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  job_id INTEGER REFERENCES jobs (id) ON DELETE SET NULL,
  PRIMARY KEY (schedule, due_at)
) STRICT, WITHOUT ROWID;

-- Messages whose cause is committed and which the server does not have yet; published in the order of id, then deleted.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  body BLOB NOT NULL,
  traceparent TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE ui_sessions (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  name TEXT NOT NULL CHECK (name <> ''),
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;

-- What the database itself has to remember, such as the calendar that its days were cut with.
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
