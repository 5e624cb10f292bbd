-- The parts of records as version 4 kept them, a row each, for bringing older files up to date (store/migrate.rs). `row` is 67108864 times the document's number and what has come before it in the
-- record: so every row is put behind the last one, which takes least time and room, and those of a document lie together.

-- What a time expression means.
CREATE TABLE _time_values (
  time_value INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,            -- term
  value TEXT NOT NULL,
  first TEXT,
  after TEXT
) STRICT;
CREATE INDEX _time_values_by_value ON _time_values (value);

CREATE TABLE _amounts (
  row INTEGER PRIMARY KEY,
  start INTEGER NOT NULL,
  length INTEGER NOT NULL,
  kind INTEGER NOT NULL,            -- term
  value REAL NOT NULL,
  high REAL,
  unit INTEGER,                     -- term
  bound INTEGER NOT NULL,           -- term
  of INTEGER                        -- term
) STRICT;

-- Lists are JSON arrays without their brackets. A party is [entity in the record, start, end, country (a term), sector (a term)], cut off behind the
-- last part that is known.
CREATE TABLE _statements (
  row INTEGER PRIMARY KEY,
  id INTEGER NOT NULL,
  source TEXT,                      -- parties
  cue_start INTEGER,
  cue_length INTEGER,
  lemma INTEGER,                    -- term
  act INTEGER,                      -- term
  content TEXT,                     -- start, end, start, end, …
  manner INTEGER NOT NULL,          -- term
  kind INTEGER NOT NULL,            -- term
  stance INTEGER NOT NULL,          -- term
  addressee TEXT,                   -- parties
  medium TEXT,                      -- start, end, kind (a term)
  within INTEGER,
  chain TEXT,                       -- entities in the record
  answers INTEGER,
  said_at INTEGER,                  -- index into times
  day INTEGER,                      -- of said_at, else of publication; days since 1970-01-01
  rule INTEGER NOT NULL             -- term
) STRICT;

CREATE TABLE _events (
  row INTEGER PRIMARY KEY,
  id INTEGER NOT NULL,
  type INTEGER NOT NULL,            -- term
  mode INTEGER,                     -- term
  contexts TEXT,                    -- terms
  cameo INTEGER,                    -- term
  trigger_start INTEGER NOT NULL,
  trigger_length INTEGER NOT NULL,
  start INTEGER NOT NULL,
  length INTEGER NOT NULL,
  actors TEXT,                      -- parties
  recipients TEXT,                  -- parties
  status INTEGER NOT NULL,          -- term
  time INTEGER,                     -- index into times
  place INTEGER,                    -- entity in the record
  according_to INTEGER,
  amounts TEXT,                     -- indices into amounts
  day INTEGER,                      -- of time, else of publication; days since 1970-01-01
  rule INTEGER NOT NULL             -- term
) STRICT;
