-- Stories, near-copies and happenings: what is made of all documents together (stories/). A story is known by its first document
-- and a happening by its first report; what stands alone has no row.

-- What a document is compared by, and the day it belongs to.
CREATE TABLE _marks (
  doc INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,             -- days since 1970-01-01; -1000000 for none
  language INTEGER,                 -- term
  marks BLOB NOT NULL               -- four bytes each, see stories/marks.rs
) STRICT;
CREATE INDEX _marks_by_day ON _marks (day);

-- Runs of three words: hashes of a sixteenth of those in each text.
CREATE TABLE _runs (
  run INTEGER NOT NULL,
  doc INTEGER NOT NULL,
  PRIMARY KEY (run, doc)
) STRICT, WITHOUT ROWID;

-- Documents whose stories are not up to date, and the day from which on days are to be looked at; the row of document 0 says
-- where a portion of that work ended.
CREATE TABLE _unsettled (
  doc INTEGER PRIMARY KEY,
  day INTEGER                       -- none: the document has no marks yet
) STRICT;

-- Documents behind the first of their story.
CREATE TABLE _story_documents (
  doc INTEGER PRIMARY KEY,
  story INTEGER NOT NULL            -- the first document
) STRICT;
CREATE INDEX _story_documents_by_story ON _story_documents (story);

-- Near-copies: `doc` says in all but the same words what `original` says, or is linked to it by others that do.
CREATE TABLE _copies (
  doc INTEGER PRIMARY KEY,
  original INTEGER NOT NULL,        -- the one published first
  similarity REAL NOT NULL          -- the share of the shorter text's runs that stand in the longer
) STRICT;
CREATE INDEX _copies_by_original ON _copies (original);

-- Events that report a happening which has several reports.
CREATE TABLE _happening_reports (
  doc INTEGER NOT NULL,
  n INTEGER NOT NULL,               -- of the document's events
  first_doc INTEGER NOT NULL,       -- the first report
  first_n INTEGER NOT NULL,
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX _happening_reports_by_first ON _happening_reports (first_doc, first_n);
