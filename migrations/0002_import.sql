-- The import of achievements. Instants are epoch milliseconds (UTC) in columns named *_at, as before.

-- When a person last chose the status, and when it was set once because the last achievement was unlocked.
ALTER TABLE games ADD COLUMN status_set_at INTEGER;
ALTER TABLE games ADD COLUMN auto_completed_at INTEGER;
-- When the store was asked for the cover: from then on samples, which only know the old address, leave it alone.
ALTER TABLE games ADD COLUMN cover_checked_at INTEGER;

-- How the newest attempt on the app's achievements ended; null before the first.
ALTER TABLE steam_import_status ADD COLUMN outcome TEXT CHECK (outcome IN ('ok', 'none', 'no_stats', 'not_visible', 'empty', 'limited', 'unreachable', 'malformed'));
-- The job that is done with the app, whatever came of it: a job that is taken up again passes it over.
ALTER TABLE steam_import_status ADD COLUMN job_id INTEGER;
ALTER TABLE steam_import_status ADD COLUMN attempted_at INTEGER;
-- Since when minutes have been played that no attempt has looked for achievements of.
ALTER TABLE steam_import_status ADD COLUMN stale_since INTEGER;
-- How far the account is, as told for many apps at once: shown until the achievements themselves are there.
ALTER TABLE steam_import_status ADD COLUMN overview_unlocked INTEGER CHECK (overview_unlocked >= 0);
ALTER TABLE steam_import_status ADD COLUMN overview_total INTEGER CHECK (overview_total >= overview_unlocked);
CREATE INDEX steam_import_status_stale ON steam_import_status (stale_since) WHERE stale_since IS NOT NULL;
