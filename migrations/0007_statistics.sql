-- What was played before tracking is asked of every game at once: without this its baselines are found among all that was ever played.
CREATE INDEX playtime_changes_baselines ON playtime_changes (game_id, observed_at, minutes) WHERE kind = 'baseline';
