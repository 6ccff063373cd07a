-- What the request of that request_id asked for: the same id with something else is a mistake, and must not look like a game added.
ALTER TABLE games ADD COLUMN request_hash TEXT;
