-- The parties of statements and of events: OF, LETTER, ONE and OTHER stand for what is different, ONE_SECTION and OTHER_SECTION
-- for the sections of an item that they stand in (views.rs).
CREATE VIEW OF_parties AS
SELECT
  lower(hex(x.key)) || '/LETTER' || x.id AS OF,
  lower(hex(x.key)) AS document,
  r.role, p.key AS k,
  'e' || (nullif(AT(x.list, p.value, 0), 0) - 1) AS entity,
  NEAR(x.anchor, nullif(AT(x.list, p.value, 1), 0) - 1) AS start,
  NEAR(x.anchor, nullif(AT(x.list, p.value, 1), 0) - 1) + AT(x.list, p.value, 2) AS "end",
  WORDS(x, p) AS words,
  (SELECT TERM(c.terms, 0) FROM _combinations AS c WHERE c.combination = AT(x.list, p.value, 3)) AS country,
  (SELECT TERM(c.terms, 1) FROM _combinations AS c WHERE c.combination = AT(x.list, p.value, 3)) AS sector,
  x.doc, x.n AS OF_n
FROM _OFs AS x
JOIN (SELECT 'ONE' AS role, ONE_SECTION AS section UNION ALL SELECT 'OTHER', OTHER_SECTION) AS r
JOIN json_each(ELEMENTS(SECTION(x.item, r.section))) AS p
JOIN _texts AS t USING (doc);
