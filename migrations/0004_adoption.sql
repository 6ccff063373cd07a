-- Taking over the database of an older tracker. Instants are epoch milliseconds (UTC) in columns named *_at, as before.

-- The ledger may hold what an older tracker saw (source 'adopted'). Where it had a baseline of its own already, a negative
-- 'adopted' baseline at the same instant takes back what the older rows account for, as no row is ever changed:
-- baseline + play stays the stored total. CHECKs cannot be altered, so the table is made anew.
CREATE TABLE playtime_changes_next (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER REFERENCES accounts (id),
  game_id INTEGER NOT NULL REFERENCES games (id) ON DELETE CASCADE,
  observed_at INTEGER NOT NULL,
  previous_observed_at INTEGER CHECK (previous_observed_at < observed_at),
  minutes INTEGER NOT NULL,
  total_after INTEGER NOT NULL CHECK (total_after >= 0),
  kind TEXT NOT NULL CHECK (kind IN ('baseline', 'play', 'correction')),
  source TEXT NOT NULL CHECK (source IN ('owned', 'recent', 'person', 'adopted')),
  last_played_at INTEGER,
  offline_minutes INTEGER NOT NULL DEFAULT 0,
  run_id TEXT REFERENCES sync_runs (id),
  CHECK (CASE kind
    WHEN 'play' THEN minutes > 0 AND previous_observed_at IS NOT NULL AND offline_minutes BETWEEN 0 AND minutes
    WHEN 'baseline' THEN minutes >= 0 OR source = 'adopted'
    ELSE minutes < 0 END)
) STRICT;
INSERT INTO playtime_changes_next SELECT * FROM playtime_changes;
-- Ids that were given once are not given again.
DELETE FROM sqlite_sequence WHERE name = 'playtime_changes_next';
INSERT INTO sqlite_sequence (name, seq) SELECT 'playtime_changes_next', seq FROM sqlite_sequence WHERE name = 'playtime_changes';
DROP TABLE playtime_changes;
ALTER TABLE playtime_changes_next RENAME TO playtime_changes;
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

-- An older tracker kept achievements by their title. Steam's own list, which is always whole and has their names,
-- takes the place of a game's adopted ones as soon as it comes.
CREATE TRIGGER achievements_replace_adopted AFTER INSERT ON achievements
WHEN NEW.api_name NOT GLOB 'adopted:*'
BEGIN
  DELETE FROM achievements WHERE game_id = NEW.game_id AND api_name GLOB 'adopted:*';
END;
