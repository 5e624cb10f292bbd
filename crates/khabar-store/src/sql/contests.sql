-- What is contested: denials of happenings, and numbers that contradict each other (stories/).

-- Statements which say that a happening did not happen, or doubt it. What stands alone is a happening here too.
CREATE TABLE _denials (
  doc INTEGER NOT NULL,
  n INTEGER NOT NULL,               -- of the document's statements
  first_doc INTEGER NOT NULL,       -- the happening, by its first report
  first_n INTEGER NOT NULL,
  PRIMARY KEY (doc, n, first_doc, first_n)
) STRICT, WITHOUT ROWID;
CREATE INDEX _denials_by_first ON _denials (first_doc, first_n);

-- Numbers of a story that count the same thing, come from different voices and cannot all be right.
CREATE TABLE _rivals (
  doc INTEGER NOT NULL,
  n INTEGER NOT NULL,               -- of the document's amounts
  first_doc INTEGER NOT NULL,       -- the first number of the contest
  first_n INTEGER NOT NULL,
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX _rivals_by_first ON _rivals (first_doc, first_n);
