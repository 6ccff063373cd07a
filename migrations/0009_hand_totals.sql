-- A game that no sync ever saw is measured by nothing but its sessions: what a person's corrections add to them is part of its
-- total from now on, as it always was of its days and snapshots.
UPDATE games SET playtime_minutes = playtime_minutes
  + (SELECT coalesce(sum(minutes), 0) FROM session_edits WHERE game_id = games.id AND undone_at IS NULL)
WHERE library_state IS NULL
  AND EXISTS (SELECT 1 FROM session_edits WHERE game_id = games.id AND undone_at IS NULL AND minutes <> 0);
