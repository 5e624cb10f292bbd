-- The parties of statements and of events, which lie packed in two columns of each: OF, LETTER, ONE and OTHER stand for
-- what is different (views.rs).
CREATE VIEW OF_parties AS
WITH all_parties AS (
  SELECT d.doc, x.row & 67108863 AS n, x.id, 'ONE' AS role, j.key AS k, j.value AS party
  FROM _documents AS d CROSS JOIN _OFs AS x ON d.doc = x.row >> 26 AND x.row BETWEEN d.doc << 26 AND (d.doc << 26) + 67108863, json_each('[' || x.ONE_COLUMN || ']') AS j
  UNION ALL
  SELECT d.doc, x.row & 67108863, x.id, 'OTHER', j.key, j.value
  FROM _documents AS d CROSS JOIN _OFs AS x ON d.doc = x.row >> 26 AND x.row BETWEEN d.doc << 26 AND (d.doc << 26) + 67108863, json_each('[' || x.OTHER_COLUMN || ']') AS j
)
SELECT
  lower(hex(d.key)) || '/LETTER' || a.id AS OF,
  lower(hex(d.key)) AS document,
  a.role, a.k,
  'e' || json_extract(a.party, '$[0]') AS entity,
  json_extract(a.party, '$[1]') AS start,
  json_extract(a.party, '$[2]') AS "end",
  substr(t.text, json_extract(a.party, '$[1]') + 1, json_extract(a.party, '$[2]') - json_extract(a.party, '$[1]')) AS words,
  (SELECT text FROM _terms WHERE term = json_extract(a.party, '$[3]')) AS country,
  (SELECT text FROM _terms WHERE term = json_extract(a.party, '$[4]')) AS sector,
  a.doc, a.n AS OF_n
FROM all_parties AS a JOIN _documents AS d USING (doc) JOIN _texts AS t USING (doc);
