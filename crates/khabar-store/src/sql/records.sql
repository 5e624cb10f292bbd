-- Documents and what several of them share, as they are since version 5.

-- Words that occur together over and over (items/).
CREATE TABLE _combinations (
  combination INTEGER PRIMARY KEY,
  terms TEXT NOT NULL UNIQUE        -- 0 for a word that is missing; as all lists here a JSON array without its brackets
) STRICT;

-- What documents say of an entity. Documents that say the same of it share a row.
CREATE TABLE _entities (
  entity INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,            -- term
  en TEXT,
  ar TEXT,
  names TEXT,                       -- names in other languages: a JSON object
  country INTEGER,                  -- term
  sectors TEXT,                     -- terms
  role INTEGER,                     -- term
  wikidata TEXT,
  geonames INTEGER,
  lat REAL,
  lon REAL
) STRICT;
CREATE TABLE _entity_hashes (
  hash INTEGER PRIMARY KEY,         -- of all that is said of it
  entity INTEGER NOT NULL
) STRICT;

-- What a time expression means.
CREATE TABLE _time_values (
  time_value INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,            -- term
  value TEXT NOT NULL,
  first ANY,                        -- a number counts seconds since 1970-01-01, whatever else there may be stands as it is
  after ANY
) STRICT;
-- Words such as "now" mean another day in each document.
CREATE INDEX _time_values_by_value ON _time_values (value, first);

CREATE TABLE _documents (
  doc INTEGER PRIMARY KEY,
  key BLOB NOT NULL UNIQUE,         -- 16 bytes of BLAKE3 over the input
  reader INTEGER NOT NULL,          -- the version of the reader that made the rows
  id ANY NOT NULL,                  -- 32 bytes where it is a BLAKE3 hash, else text
  source TEXT NOT NULL,
  url TEXT,
  title TEXT,
  byline TEXT,                      -- JSON array
  outlet INTEGER,                   -- term
  published INTEGER,                -- days since 1970-01-01
  published_from INTEGER,           -- term
  language INTEGER,                 -- term
  origin ANY,                       -- JSON object as in khabar-record/1, where it rests on no words a term
  errors TEXT,                      -- JSON array
  blocks TEXT,                      -- how the text is laid out, for reading it again
  -- Packed lists, see pack.rs: a character for each number; a span is the gap to the span before it and its length. Numbers of
  -- rows stand in two parts, by 1024.
  sentences TEXT,                   -- gap, length
  entities TEXT,                    -- number in the record, row of _entities
  mentions TEXT,                    -- gap, length, number in the record, form (a term)
  times TEXT,                       -- gap, length, row of _time_values, anchor (a term or 0)
  -- Packed items, see items/.
  amounts TEXT,
  statements TEXT,
  events TEXT
) STRICT;
CREATE INDEX _documents_by_day ON _documents (published);
