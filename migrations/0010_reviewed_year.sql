-- The year that a look at a Year in Review asked for: the looks at several years stand beside each other in the list.
ALTER TABLE sync_runs ADD COLUMN review_year INTEGER;
UPDATE sync_runs SET review_year = CAST(substr(id, length('review-' || account_id || '-') + 1, 4) AS INTEGER)
WHERE kind = 'year_in_review';
