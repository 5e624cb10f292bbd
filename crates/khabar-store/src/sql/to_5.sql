-- Version 5 of the tables out of version 4: the old ones step aside, records.sql makes the new ones, and what they hold goes over.
DROP INDEX _documents_by_day;
DROP INDEX _entities_by_hash;
DROP INDEX _time_values_by_value;
ALTER TABLE _documents RENAME TO _old_documents;
ALTER TABLE _entities RENAME TO _old_entities;
ALTER TABLE _time_values RENAME TO _old_time_values;
ALTER TABLE _amounts RENAME TO _old_amounts;
ALTER TABLE _statements RENAME TO _old_statements;
ALTER TABLE _events RENAME TO _old_events;
-- RECORDS
INSERT INTO _entities (entity, kind, en, ar, names, country, sectors, role, wikidata, geonames, lat, lon)
SELECT entity, kind, en, ar, names, country, sectors, role, wikidata, geonames, lat, lon FROM _old_entities ORDER BY entity;
INSERT INTO _entity_hashes (hash, entity) SELECT hash, min(entity) FROM _old_entities GROUP BY hash;
DROP TABLE _old_entities;
INSERT INTO _time_values (time_value, type, value, first, after)
SELECT
  time_value, type, value,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%S', first) = first THEN CAST(strftime('%s', first) AS INTEGER) ELSE first END,
  CASE WHEN strftime('%Y-%m-%dT%H:%M:%S', after) = after THEN CAST(strftime('%s', after) AS INTEGER) ELSE after END
FROM _old_time_values ORDER BY time_value;
DROP TABLE _old_time_values;
-- ROWS
DROP TABLE _old_amounts;
DROP TABLE _old_statements;
DROP TABLE _old_events;
DROP TABLE _old_documents;
