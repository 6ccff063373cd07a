-- A person's corrections of sessions: a kind more (split), and what each one comes to. CHECKs cannot be altered, so the
-- table, which nothing wrote to before, is made anew.
CREATE TABLE session_edits_next (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  game_id INTEGER NOT NULL REFERENCES games (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('add', 'move', 'merge', 'split', 'remove', 'idle')),
  arguments TEXT NOT NULL CHECK (json_valid(arguments)),
  created_at INTEGER NOT NULL,
  undone_at INTEGER,
  -- Derived, and worked out anew whenever the game's sessions are: whether it still finds its session, and by how many
  -- minutes it makes the sessions more (or less) than what Steam counted.
  applied INTEGER NOT NULL DEFAULT 0 CHECK (applied IN (0, 1)),
  minutes INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO session_edits_next (id, game_id, kind, arguments, created_at, undone_at)
  SELECT id, game_id, kind, arguments, created_at, undone_at FROM session_edits;
DROP TABLE session_edits;
ALTER TABLE session_edits_next RENAME TO session_edits;
CREATE INDEX session_edits_by_game ON session_edits (game_id);
-- Appended to, and undone; what a person said is never changed or taken out.
CREATE TRIGGER session_edits_refuse_update BEFORE UPDATE OF game_id, kind, arguments, created_at ON session_edits
BEGIN
  SELECT RAISE(ABORT, 'session_edits is append-only');
END;
CREATE TRIGGER session_edits_refuse_delete BEFORE DELETE ON session_edits
WHEN EXISTS (SELECT 1 FROM games WHERE id = OLD.game_id)
BEGIN
  SELECT RAISE(ABORT, 'session_edits is append-only');
END;

-- Whether a person had a hand in it.
ALTER TABLE play_sessions ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0 CHECK (corrected IN (0, 1));
