-- Takes a store of version 5 back to the tables of version 4; rows_4.sql and the test fill in what stands in packed items now.
DROP INDEX _time_values_by_value;
ALTER TABLE _time_values RENAME TO _new_time_values;
UPDATE _documents SET origin = (SELECT text FROM _terms WHERE term = origin) WHERE typeof(origin) = 'integer';
ALTER TABLE _documents DROP COLUMN amounts;
ALTER TABLE _documents DROP COLUMN statements;
ALTER TABLE _documents DROP COLUMN events;
ALTER TABLE _entities ADD COLUMN hash INTEGER NOT NULL DEFAULT 0;
UPDATE _entities AS e SET hash = (SELECT hash FROM _entity_hashes AS h WHERE h.entity = e.entity);
CREATE INDEX _entities_by_hash ON _entities (hash);
DROP TABLE _entity_hashes;
DROP TABLE _combinations;
DROP TABLE _stale_stories;
-- ROWS
INSERT INTO _time_values
SELECT
  time_value, type, value,
  CASE typeof(first) WHEN 'integer' THEN strftime('%Y-%m-%dT%H:%M:%S', first, 'unixepoch') ELSE first END,
  CASE typeof(after) WHEN 'integer' THEN strftime('%Y-%m-%dT%H:%M:%S', after, 'unixepoch') ELSE after END
FROM _new_time_values;
DROP TABLE _new_time_values;
