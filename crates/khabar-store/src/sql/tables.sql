-- The tables that khabar writes. Their names begin with an underscore: they are packed for size, number documents, words and
-- entities in the order in which they came, and may change with the schema's version. Ask the views (views.sql) instead.
-- Spans count Unicode code points of the text, end exclusive, as in khabar-record/1.

-- Words that occur over and over: outlets, rules, event types, units.
CREATE TABLE _terms (
  term INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- What documents say of an entity. Documents that say the same of it share a row.
CREATE TABLE _entities (
  entity INTEGER PRIMARY KEY,
  hash INTEGER NOT NULL,            -- of all that follows
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
CREATE INDEX _entities_by_hash ON _entities (hash);

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
  origin TEXT,                      -- JSON object as in khabar-record/1
  errors TEXT,                      -- JSON array
  blocks TEXT,                      -- how the text is laid out, for reading it again
  -- Packed lists, see pack.rs: a character for each number; a span is the gap to the span before it and its length. Numbers of
  -- rows stand in two parts, by 1024.
  sentences TEXT,                   -- gap, length
  entities TEXT,                    -- number in the record, row of _entities
  mentions TEXT,                    -- gap, length, number in the record, form (a term)
  times TEXT                        -- gap, length, row of _time_values, anchor (a term or 0)
) STRICT;
CREATE INDEX _documents_by_day ON _documents (published);

CREATE TABLE _texts (
  doc INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

-- What the page step took out of the text: a JSON array, deflated.
CREATE TABLE _furniture (
  doc INTEGER PRIMARY KEY,
  json BLOB NOT NULL
) STRICT;

-- Further places where the very same input was found; the first in alphabetical order stands in _documents.
CREATE TABLE _sources (
  doc INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (doc, source)
) STRICT, WITHOUT ROWID;

-- Full text: for each document the stems of its words and of its entities' names, made by khabar (search/), no text. One
-- posting costs about two bytes; where the words stand is found by reading the few documents that are shown.
CREATE VIRTUAL TABLE _search USING fts5 (
  terms, content='', contentless_delete=1, detail='none', tokenize="ascii tokenchars '_:+'"
);
CREATE VIRTUAL TABLE _search_terms USING fts5vocab (_search, instance);

-- Names of entities, in the same manner; the row is that of _entities. A name may stand here longer than its entity there.
CREATE VIRTUAL TABLE _names USING fts5 (
  terms, content='', columnsize=0, detail='none', tokenize="ascii tokenchars '_:+'"
);
CREATE VIRTUAL TABLE _names_terms USING fts5vocab (_names, instance);
