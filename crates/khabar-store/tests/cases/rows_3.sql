-- The tables of rows as they were in version 3, filled from those of version 4.
ALTER TABLE _time_values RENAME TO _new_time_values;
CREATE TABLE _time_values (
  time_value INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,
  value TEXT NOT NULL,
  first TEXT,
  after TEXT,
  UNIQUE (value, type, first, after)
) STRICT;
INSERT INTO _time_values SELECT * FROM _new_time_values;
DROP TABLE _new_time_values;
ALTER TABLE _amounts RENAME TO _new_amounts;
CREATE TABLE _amounts (
  doc INTEGER NOT NULL,
  n INTEGER NOT NULL,
  start INTEGER NOT NULL,
  length INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  value REAL NOT NULL,
  high REAL,
  unit INTEGER,
  bound INTEGER NOT NULL,
  of INTEGER,
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;
INSERT INTO _amounts SELECT row >> 26, row & 67108863, start, length, kind, value, high, unit, bound, of FROM _new_amounts;
DROP TABLE _new_amounts;
ALTER TABLE _statements RENAME TO _new_statements;
CREATE TABLE _statements (
  doc INTEGER NOT NULL,
  n INTEGER NOT NULL,
  id INTEGER NOT NULL,
  source TEXT,
  cue_start INTEGER,
  cue_length INTEGER,
  lemma INTEGER,
  act INTEGER,
  content TEXT,
  manner INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  stance INTEGER NOT NULL,
  addressee TEXT,
  medium TEXT,
  within INTEGER,
  chain TEXT,
  answers INTEGER,
  said_at INTEGER,
  day INTEGER,
  rule INTEGER NOT NULL,
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;
INSERT INTO _statements SELECT row >> 26, row & 67108863, id, source, cue_start, cue_length, lemma, act, content, manner, kind, stance, addressee, medium, within, chain, answers, said_at, day, rule FROM _new_statements;
DROP TABLE _new_statements;
ALTER TABLE _events RENAME TO _new_events;
CREATE TABLE _events (
  doc INTEGER NOT NULL,
  n INTEGER NOT NULL,
  id INTEGER NOT NULL,
  type INTEGER NOT NULL,
  mode INTEGER,
  contexts TEXT,
  cameo INTEGER,
  trigger_start INTEGER NOT NULL,
  trigger_length INTEGER NOT NULL,
  start INTEGER NOT NULL,
  length INTEGER NOT NULL,
  actors TEXT,
  recipients TEXT,
  status INTEGER NOT NULL,
  time INTEGER,
  place INTEGER,
  according_to INTEGER,
  amounts TEXT,
  day INTEGER,
  rule INTEGER NOT NULL,
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;
INSERT INTO _events SELECT row >> 26, row & 67108863, id, type, mode, contexts, cameo, trigger_start, trigger_length, start, length, actors, recipients, status, time, place, according_to, amounts, day, rule FROM _new_events;
DROP TABLE _new_events;
