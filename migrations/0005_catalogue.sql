-- The catalogue: every app of Steam. What the list says of it is here, what other sources say in app_metadata.
CREATE TABLE apps (
  app_id INTEGER PRIMARY KEY CHECK (app_id BETWEEN 1 AND 4294967295),
  -- '' while nobody has told one.
  name TEXT NOT NULL,
  type TEXT CHECK (type <> ''),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  -- Which list it was last seen in (all, software, …); null for an app that no list ever held.
  list_scope TEXT CHECK (list_scope <> ''),
  -- Successive full lists of that scope without it, and when the first of them was fetched.
  missing_lists INTEGER NOT NULL DEFAULT 0 CHECK (missing_lists BETWEEN 0 AND 3),
  missing_since INTEGER,
  last_modified INTEGER,
  price_change_number INTEGER,
  first_seen_at INTEGER NOT NULL,
  CHECK ((missing_lists = 0) = (missing_since IS NULL)),
  CHECK (is_active = (missing_lists < 3))
) STRICT;

CREATE TABLE app_metadata (
  app_id INTEGER PRIMARY KEY REFERENCES apps (app_id) ON DELETE CASCADE,
  is_free INTEGER CHECK (is_free IN (0, 1)),
  is_visible INTEGER CHECK (is_visible IN (0, 1)),
  coming_soon INTEGER CHECK (coming_soon IN (0, 1)),
  release_date TEXT CHECK (release_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  developers TEXT CHECK (json_valid(developers)),
  publishers TEXT CHECK (json_valid(publishers)),
  languages TEXT CHECK (json_valid(languages)),
  header_url TEXT,
  owners_low INTEGER CHECK (owners_low >= 0),
  owners_high INTEGER CHECK (owners_high >= owners_low),
  positive INTEGER CHECK (positive >= 0),
  negative INTEGER CHECK (negative >= 0),
  ccu INTEGER CHECK (ccu >= 0),
  -- Minor units of the currency.
  currency TEXT CHECK (length(currency) = 3),
  price_initial INTEGER CHECK (price_initial >= 0),
  price_final INTEGER CHECK (price_final >= 0),
  discount_percent INTEGER CHECK (discount_percent BETWEEN 0 AND 100),
  -- SteamSpy's minutes; null is unknown, and 0 is never written.
  average_forever INTEGER CHECK (average_forever > 0),
  average_2weeks INTEGER CHECK (average_2weeks > 0),
  median_forever INTEGER CHECK (median_forever > 0),
  median_2weeks INTEGER CHECK (median_2weeks > 0),
  -- Which source told it last: two sources that disagree must not write a history in turns.
  reviews_from TEXT,
  price_from TEXT,
  tags_from TEXT,
  makers_from TEXT,
  CHECK ((owners_low IS NULL) = (owners_high IS NULL)),
  CHECK ((positive IS NULL) = (negative IS NULL)),
  CHECK ((currency IS NULL) = (price_final IS NULL) AND (currency IS NULL) = (price_initial IS NULL)
    AND (currency IS NULL) = (discount_percent IS NULL))
) STRICT;

-- How fresh each source's part is. A batch that is handed out moves next_due to the end of its lease.
CREATE TABLE app_sources (
  source TEXT NOT NULL CHECK (source IN ('store_items', 'steamspy_all', 'steamspy_details', 'store_details')),
  app_id INTEGER NOT NULL REFERENCES apps (app_id) ON DELETE CASCADE,
  fetch_status TEXT NOT NULL DEFAULT 'pending' CHECK (fetch_status IN ('pending', 'success', 'failed', 'not_found')),
  -- Failures since the last answer.
  fetch_attempts INTEGER NOT NULL DEFAULT 0 CHECK (fetch_attempts >= 0),
  last_asked INTEGER,
  last_updated INTEGER,
  -- Null for what is not asked app by app.
  next_due INTEGER,
  -- 1 the most popular … 32 the rest; 33 is not asked of its own.
  tier INTEGER NOT NULL CHECK (tier BETWEEN 1 AND 33),
  error TEXT,
  PRIMARY KEY (source, app_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX app_sources_due ON app_sources (source, tier, next_due) WHERE next_due IS NOT NULL;

-- Batches: what was handed out to whom, and what came of it, so that a repeated question gets the same answer.
CREATE TABLE app_batches (
  batch_id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  app_ids TEXT NOT NULL CHECK (json_valid(app_ids)),
  size INTEGER NOT NULL CHECK (size >= 0),
  leased_until INTEGER NOT NULL,
  recorded_at INTEGER,
  summary TEXT CHECK (json_valid(summary))
) STRICT, WITHOUT ROWID;
CREATE INDEX app_batches_open ON app_batches (source, leased_until) WHERE recorded_at IS NULL;
CREATE INDEX app_batches_by_end ON app_batches (leased_until);

-- Tags and genres as Steam has them; a library's own tags are another table.
CREATE TABLE app_words (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('tag', 'genre')),
  name TEXT NOT NULL CHECK (name <> ''),
  -- As a filter finds it: without case and accents.
  key TEXT NOT NULL,
  UNIQUE (kind, key)
) STRICT;

CREATE TABLE app_tags (
  word_id INTEGER NOT NULL REFERENCES app_words (id),
  app_id INTEGER NOT NULL REFERENCES apps (app_id) ON DELETE CASCADE,
  weight INTEGER NOT NULL CHECK (weight >= 0),
  PRIMARY KEY (word_id, app_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX app_tags_by_app ON app_tags (app_id, weight);

CREATE TABLE app_genres (
  word_id INTEGER NOT NULL REFERENCES app_words (id),
  app_id INTEGER NOT NULL REFERENCES apps (app_id) ON DELETE CASCADE,
  PRIMARY KEY (word_id, app_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX app_genres_by_app ON app_genres (app_id);

-- A row when one of them changed: the newest is what app_metadata says.
CREATE TABLE app_history (
  app_id INTEGER NOT NULL REFERENCES apps (app_id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  owners_low INTEGER,
  owners_high INTEGER,
  positive INTEGER,
  negative INTEGER,
  ccu INTEGER,
  currency TEXT,
  price_initial INTEGER,
  price_final INTEGER,
  discount_percent INTEGER,
  PRIMARY KEY (app_id, at)
) STRICT, WITHOUT ROWID;

-- When apps left Steam, and came back.
CREATE TABLE app_tombstones (
  app_id INTEGER NOT NULL REFERENCES apps (app_id) ON DELETE CASCADE,
  left_at INTEGER NOT NULL,
  returned_at INTEGER CHECK (returned_at > left_at),
  PRIMARY KEY (app_id, left_at)
) STRICT, WITHOUT ROWID;

-- Lists of apps, staged part by part and applied once they are whole.
CREATE TABLE app_lists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('full', 'incremental')),
  scope TEXT NOT NULL CHECK (scope <> ''),
  state TEXT NOT NULL CHECK (state IN ('staging', 'applying', 'applied', 'refused')),
  observed_at INTEGER NOT NULL,
  staged INTEGER NOT NULL DEFAULT 0 CHECK (staged >= 0),
  last_app_id INTEGER,
  -- The newest last_modified in it: what the next incremental list starts from.
  newest_modified INTEGER,
  applied_until INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  added INTEGER NOT NULL DEFAULT 0,
  missing INTEGER NOT NULL DEFAULT 0,
  reappeared INTEGER NOT NULL DEFAULT 0,
  renamed INTEGER NOT NULL DEFAULT 0,
  left_count INTEGER NOT NULL DEFAULT 0,
  returned INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX app_lists_applied ON app_lists (scope, kind, id) WHERE state = 'applied';

CREATE TABLE app_list_entries (
  list INTEGER NOT NULL REFERENCES app_lists (id) ON DELETE CASCADE,
  app_id INTEGER NOT NULL,
  -- Null where it is as the app has it.
  name TEXT,
  last_modified INTEGER,
  price_change_number INTEGER,
  PRIMARY KEY (list, app_id)
) STRICT, WITHOUT ROWID;

-- What an applied list changed, app by app; a scope's first list brings so many that only their number is kept.
CREATE TABLE app_list_changes (
  list INTEGER NOT NULL REFERENCES app_lists (id) ON DELETE CASCADE,
  app_id INTEGER NOT NULL REFERENCES apps (app_id) ON DELETE CASCADE,
  change TEXT NOT NULL CHECK (change IN ('added', 'missing', 'reappeared', 'renamed', 'left', 'returned')),
  name_before TEXT,
  PRIMARY KEY (app_id, list, change),
  CHECK ((name_before IS NOT NULL) = (change = 'renamed'))
) STRICT, WITHOUT ROWID;
CREATE INDEX app_list_changes_by_list ON app_list_changes (list, change);

-- SteamSpy's crawls, staged page by page and applied once they were checked.
CREATE TABLE steamspy_crawls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  crawl_id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('staging', 'applying', 'applied', 'refused')),
  started_at INTEGER NOT NULL,
  distinct_apps INTEGER NOT NULL DEFAULT 0,
  -- The page that is applied next, and how many of its rows are.
  applied_page INTEGER NOT NULL DEFAULT 0,
  applied_rows INTEGER NOT NULL DEFAULT 0,
  history INTEGER NOT NULL DEFAULT 0,
  reason TEXT
) STRICT;

CREATE TABLE steamspy_pages (
  crawl INTEGER NOT NULL REFERENCES steamspy_crawls (id) ON DELETE CASCADE,
  page INTEGER NOT NULL CHECK (page >= 0),
  observed_at INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  rows_sent INTEGER NOT NULL,
  is_last INTEGER NOT NULL CHECK (is_last IN (0, 1)),
  repeated INTEGER NOT NULL,
  owners_high_max INTEGER NOT NULL,
  -- Gzipped JSON; null once it is applied or refused.
  body BLOB,
  PRIMARY KEY (crawl, page)
) STRICT;

CREATE TABLE steamspy_page_apps (
  crawl INTEGER NOT NULL REFERENCES steamspy_crawls (id) ON DELETE CASCADE,
  app_id INTEGER NOT NULL,
  PRIMARY KEY (crawl, app_id)
) STRICT, WITHOUT ROWID;

-- What filters and sorts look at, narrow and in the order of popularity: derived from apps and app_metadata.
-- search_rank counts from the most popular; its low 32 bits are the app's id, so that it is unique and names the app.
CREATE TABLE app_search (
  search_rank INTEGER PRIMARY KEY,
  app_id INTEGER NOT NULL UNIQUE REFERENCES apps (app_id) ON DELETE CASCADE,
  is_active INTEGER NOT NULL,
  type TEXT,
  name_key TEXT NOT NULL,
  owners_low INTEGER,
  owners_high INTEGER,
  reviews INTEGER,
  -- Percent with one decimal, as it is shown.
  review_share REAL,
  -- What it costs now in minor units; 0 is free.
  price INTEGER,
  release_date TEXT,
  ccu INTEGER
) STRICT;
CREATE INDEX app_search_inactive ON app_search (search_rank) WHERE is_active = 0;
CREATE INDEX app_search_by_type ON app_search (type, search_rank);
CREATE INDEX app_search_by_name ON app_search (name_key, search_rank);
CREATE INDEX app_search_by_owners ON app_search (owners_low DESC, search_rank) WHERE owners_low IS NOT NULL;
CREATE INDEX app_search_by_reviews ON app_search (reviews DESC, search_rank) WHERE reviews IS NOT NULL;
CREATE INDEX app_search_by_share ON app_search (review_share DESC, search_rank) WHERE review_share IS NOT NULL;
CREATE INDEX app_search_by_price ON app_search (price, search_rank) WHERE price IS NOT NULL;
CREATE INDEX app_search_by_release ON app_search (release_date DESC, search_rank) WHERE release_date IS NOT NULL;
CREATE INDEX app_search_by_ccu ON app_search (ccu DESC, search_rank) WHERE ccu IS NOT NULL;

-- Names by the row of app_search. It keeps no text: the words are made by the program (folded, each after two spaces, so
-- that the trigrams of a beginning of one or two letters are there as well), which also makes the questions.
CREATE VIRTUAL TABLE app_names USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
);
