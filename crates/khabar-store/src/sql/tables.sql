-- The tables that khabar writes. Their names begin with an underscore: they are packed for size, number documents, words and
-- entities in the order in which they came, and may change with the schema's version. Ask the views (views.sql) instead.
-- Spans count Unicode code points of the text, end exclusive, as in khabar-record/1.

-- Words that occur over and over: outlets, rules, event types, units.
CREATE TABLE _terms (
  term INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

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
