-- Version 4 of the tables out of version 3: the old ones step aside, rows_4.sql makes the new ones, and the rows go over.
ALTER TABLE _time_values RENAME TO _old_time_values;
ALTER TABLE _amounts RENAME TO _old_amounts;
ALTER TABLE _statements RENAME TO _old_statements;
ALTER TABLE _events RENAME TO _old_events;
-- ROWS
INSERT INTO _time_values (time_value, type, value, first, after) SELECT time_value, type, value, first, after FROM _old_time_values ORDER BY time_value;
DROP TABLE _old_time_values;
INSERT INTO _amounts (row, start, length, kind, value, high, unit, bound, of)
SELECT (doc << 26) + n, start, length, kind, value, high, unit, bound, of FROM _old_amounts ORDER BY doc, n;
DROP TABLE _old_amounts;
INSERT INTO _statements (row, id, source, cue_start, cue_length, lemma, act, content, manner, kind, stance, addressee, medium, within, chain, answers, said_at, day, rule)
SELECT (doc << 26) + n, id, source, cue_start, cue_length, lemma, act, content, manner, kind, stance, addressee, medium, within, chain, answers, said_at, day, rule FROM _old_statements ORDER BY doc, n;
DROP TABLE _old_statements;
INSERT INTO _events (row, id, type, mode, contexts, cameo, trigger_start, trigger_length, start, length, actors, recipients, status, time, place, according_to, amounts, day, rule)
SELECT (doc << 26) + n, id, type, mode, contexts, cameo, trigger_start, trigger_length, start, length, actors, recipients, status, time, place, according_to, amounts, day, rule FROM _old_events ORDER BY doc, n;
DROP TABLE _old_events;
