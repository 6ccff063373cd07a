-- Play from before tracking, as Steam's Year in Review tells it. It never becomes part of a day.

-- One game in one month. Kept by app, so that a game which comes into the library later has its past already.
CREATE TABLE month_records (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  steam_app_id INTEGER NOT NULL CHECK (steam_app_id BETWEEN 1 AND 4294967295),
  month TEXT NOT NULL CHECK (month GLOB '20[0-9][0-9]-[01][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
  -- Steam's own unit here; minutes are made of it when the months are put together.
  played_seconds INTEGER NOT NULL CHECK (played_seconds > 0),
  -- Null when not told.
  sessions INTEGER CHECK (sessions >= 0),
  -- When Steam first told this figure: what was played after is not in it.
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, steam_app_id, month)
) STRICT, WITHOUT ROWID;

-- How the newest question for each year ended. A year that was never answered is not done.
CREATE TABLE review_years (
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  year INTEGER NOT NULL CHECK (year BETWEEN 2022 AND 2099),
  asked_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'partial', 'private', 'playtime_private', 'bad_key', 'bad_steam_id', 'limited', 'unreachable', 'malformed')),
  reason TEXT,
  -- The newest answer, whatever came after it; null before the first.
  answered_at INTEGER,
  -- The job that asked: one that is taken up again passes over what it has done.
  job_id INTEGER,
  PRIMARY KEY (account_id, year)
) STRICT, WITHOUT ROWID;
