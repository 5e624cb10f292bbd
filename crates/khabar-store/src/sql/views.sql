-- What to ask. Every row names its document by `document` (32 hexadecimal digits, the same for the same input everywhere) and,
-- where it rests on words, gives them with their place: "start" and "end" count Unicode code points of the text, end
-- exclusive. NUMBER, GAP and COUNT stand for longer expressions that take packed lists apart (pack.rs), ITEMS, SECTION,
-- ELEMENTS, AT, NEAR and TERM for such that take packed items apart (items/sql.rs), PARTIES for a view (parties.sql), WORDS for
-- the words of a party, DAY for the day of a time. Days are written YYYY-MM-DD, languages ISO 639-1, countries ISO 3166-1 alpha-3.

-- Amounts, statements and events with what the views below have in common.
CREATE VIEW _amounts AS
SELECT d.doc, d.key, d.amounts AS list, x.key AS n, x.value AS item, c.terms,
  AT(d.amounts, x.value, 0) AS start,
  AT(d.amounts, x.value, 1) AS length,
  CAST(SECTION(x.value, 1) AS REAL) AS value,
  CAST(nullif(SECTION(x.value, 2), '') AS REAL) AS high
FROM _documents AS d JOIN json_each(ITEMS(d.amounts)) AS x JOIN _combinations AS c ON c.combination = AT(d.amounts, x.value, 2);

CREATE VIEW _statements AS
SELECT d.doc, d.key, d.statements AS list, x.key AS n, x.value AS item, c.terms,
  coalesce(nullif(AT(d.statements, SECTION(x.value, 1), 3), 0) - 1, x.key + 1) AS id,
  AT(d.statements, x.value, 1) AS anchor,
  nullif(AT(d.statements, x.value, 2), 0) - 1 AS cue_length,
  nullif(AT(d.statements, SECTION(x.value, 1), 0), 0) - 1 AS said_at,
  nullif(AT(d.statements, SECTION(x.value, 1), 1), 0) - 1 AS within,
  nullif(AT(d.statements, SECTION(x.value, 1), 2), 0) - 1 AS answers
FROM _documents AS d JOIN json_each(ITEMS(d.statements)) AS x JOIN _combinations AS c ON c.combination = AT(d.statements, x.value, 0);

CREATE VIEW _events AS
SELECT d.doc, d.key, d.events AS list, x.key AS n, x.value AS item, c.terms,
  coalesce(nullif(AT(d.events, SECTION(x.value, 1), 3), 0) - 1, x.key + 1) AS id,
  AT(d.events, x.value, 1) AS anchor,
  AT(d.events, x.value, 2) AS trigger_length,
  NEAR(AT(d.events, x.value, 1), AT(d.events, x.value, 3)) AS start,
  AT(d.events, x.value, 4) AS length,
  nullif(AT(d.events, SECTION(x.value, 1), 0), 0) - 1 AS time,
  nullif(AT(d.events, SECTION(x.value, 1), 1), 0) - 1 AS place,
  nullif(AT(d.events, SECTION(x.value, 1), 2), 0) - 1 AS according_to
FROM _documents AS d JOIN json_each(ITEMS(d.events)) AS x JOIN _combinations AS c ON c.combination = AT(d.events, x.value, 0);

-- One row a document. `id` is the identifier that was given with the input, else the BLAKE3 hash of the text.
CREATE VIEW documents AS
SELECT
  lower(hex(d.key)) AS document,
  CASE typeof(d.id) WHEN 'blob' THEN lower(hex(d.id)) ELSE d.id END AS id,
  d.title,
  (SELECT text FROM _terms WHERE term = d.outlet) AS outlet,
  date(d.published * 86400, 'unixepoch') AS published,
  (SELECT text FROM _terms WHERE term = d.language) AS language,
  d.byline,
  d.source,
  d.url,
  json_extract(ORIGIN(d), '$.kind') AS origin,
  json_extract(ORIGIN(d), '$.outlet') AS origin_outlet,
  d.reader,
  t.text,
  d.doc AS doc
FROM _documents AS d JOIN _texts AS t USING (doc);

-- Every path and address at which a document was found.
CREATE VIEW sources AS
SELECT lower(hex(d.key)) AS document, d.source AS source FROM _documents AS d
UNION ALL
SELECT lower(hex(d.key)), s.source FROM _sources AS s JOIN _documents AS d USING (doc);

-- The sentences of a document, in order.
CREATE VIEW sentences AS
WITH RECURSIVE walk(doc, n, start, "end") AS (
  SELECT doc, -1, 0, 0 FROM _documents WHERE sentences IS NOT NULL
  UNION ALL
  SELECT w.doc, w.n + 1,
    w."end" + GAP(d.sentences, 2 * w.n + 2),
    w."end" + GAP(d.sentences, 2 * w.n + 2) + NUMBER(d.sentences, 2 * w.n + 3)
  FROM walk AS w JOIN _documents AS d USING (doc) WHERE 2 * w.n + 3 < COUNT(d.sentences)
)
SELECT
  lower(hex(d.key)) AS document, w.n, w.start, w."end",
  substr(t.text, w.start + 1, w."end" - w.start) AS words
FROM walk AS w JOIN _documents AS d USING (doc) JOIN _texts AS t USING (doc) WHERE w.n >= 0;

-- Who and what a document speaks of; `entity` is its number in the document.
CREATE VIEW entities AS
WITH RECURSIVE walk(doc, n, id, entity) AS (
  SELECT doc, -1, 0, 0 FROM _documents WHERE entities IS NOT NULL
  UNION ALL
  SELECT w.doc, w.n + 1,
    NUMBER(d.entities, 3 * w.n + 3),
    NUMBER(d.entities, 3 * w.n + 4) * 1024 + NUMBER(d.entities, 3 * w.n + 5)
  FROM walk AS w JOIN _documents AS d USING (doc) WHERE 3 * w.n + 5 < COUNT(d.entities)
)
SELECT
  lower(hex(d.key)) AS document,
  'e' || w.id AS entity,
  (SELECT text FROM _terms WHERE term = e.kind) AS kind,
  e.en AS name_en,
  e.ar AS name_ar,
  (SELECT text FROM _terms WHERE term = e.country) AS country,
  (SELECT group_concat(t.text, ' ') FROM json_each('[' || e.sectors || ']') AS s JOIN _terms AS t ON t.term = s.value) AS sectors,
  (SELECT text FROM _terms WHERE term = e.role) AS role,
  e.wikidata, e.geonames, e.lat, e.lon,
  d.doc, e.entity AS profile
FROM walk AS w JOIN _documents AS d USING (doc) JOIN _entities AS e USING (entity) WHERE w.n >= 0;

-- Where a document speaks of an entity.
CREATE VIEW mentions AS
WITH RECURSIVE walk(doc, n, start, "end") AS (
  SELECT doc, -1, 0, 0 FROM _documents WHERE mentions IS NOT NULL
  UNION ALL
  SELECT w.doc, w.n + 1,
    w."end" + GAP(d.mentions, 4 * w.n + 4),
    w."end" + GAP(d.mentions, 4 * w.n + 4) + NUMBER(d.mentions, 4 * w.n + 5)
  FROM walk AS w JOIN _documents AS d USING (doc) WHERE 4 * w.n + 7 < COUNT(d.mentions)
)
SELECT
  lower(hex(d.key)) AS document, w.n,
  'e' || NUMBER(d.mentions, 4 * w.n + 2) AS entity,
  (SELECT text FROM _terms WHERE term = NUMBER(d.mentions, 4 * w.n + 3)) AS form,
  w.start, w."end",
  substr(t.text, w.start + 1, w."end" - w.start) AS words
FROM walk AS w JOIN _documents AS d USING (doc) JOIN _texts AS t USING (doc) WHERE w.n >= 0;

-- Times and dates; `type` and `value` as in TIMEX3, `first` and `after` the days or moments it lies between.
CREATE VIEW times AS
WITH RECURSIVE walk(doc, n, start, "end") AS (
  SELECT doc, -1, 0, 0 FROM _documents WHERE times IS NOT NULL
  UNION ALL
  SELECT w.doc, w.n + 1,
    w."end" + GAP(d.times, 5 * w.n + 5),
    w."end" + GAP(d.times, 5 * w.n + 5) + NUMBER(d.times, 5 * w.n + 6)
  FROM walk AS w JOIN _documents AS d USING (doc) WHERE 5 * w.n + 9 < COUNT(d.times)
)
SELECT
  lower(hex(d.key)) AS document, w.n,
  (SELECT text FROM _terms WHERE term = v.type) AS type, v.value, MOMENT(v.first) AS first, MOMENT(v.after) AS after,
  (SELECT text FROM _terms WHERE term = NUMBER(d.times, 5 * w.n + 4)) AS anchor,
  w.start, w."end",
  substr(t.text, w.start + 1, w."end" - w.start) AS words
FROM walk AS w JOIN _documents AS d USING (doc) JOIN _texts AS t USING (doc)
JOIN _time_values AS v ON v.time_value = NUMBER(d.times, 5 * w.n + 2) * 1024 + NUMBER(d.times, 5 * w.n + 3)
WHERE w.n >= 0;

-- Numbers with what they count or measure.
CREATE VIEW amounts AS
SELECT
  lower(hex(a.key)) AS document, a.n,
  TERM(a.terms, 0) AS kind,
  a.value, a.high,
  TERM(a.terms, 1) AS unit,
  TERM(a.terms, 2) AS bound,
  TERM(a.terms, 3) AS "of",
  a.start, a.start + a.length AS "end",
  substr(t.text, a.start + 1, a.length) AS words
FROM _amounts AS a JOIN _texts AS t USING (doc);

-- Who says what, through whom. `words` is the content; its pieces stand in statement_contents.
CREATE VIEW statements AS
SELECT
  lower(hex(s.key)) || '/s' || s.id AS statement,
  lower(hex(s.key)) AS document,
  TERM(s.terms, 4) AS stance,
  TERM(s.terms, 3) AS kind,
  TERM(s.terms, 2) AS manner,
  (SELECT group_concat(WORDS(s, p), ', ') FROM json_each(ELEMENTS(SECTION(s.item, 3))) AS p) AS source,
  (SELECT group_concat(substr(t.text, NEAR(s.anchor, AT(s.list, c.value, 0)) + 1, AT(s.list, c.value, 1)), ' … ')
    FROM json_each(ELEMENTS(SECTION(s.item, 2))) AS c) AS words,
  substr(t.text, s.anchor + 1, s.cue_length) AS cue,
  TERM(s.terms, 0) AS lemma,
  TERM(s.terms, 1) AS act,
  CASE WHEN s.cue_length IS NOT NULL THEN s.anchor END AS cue_start, s.anchor + s.cue_length AS cue_end,
  (SELECT text FROM _terms WHERE term = AT(s.list, SECTION(s.item, 6), 2)) AS medium,
  lower(hex(s.key)) || '/s' || s.within AS within,
  lower(hex(s.key)) || '/s' || s.answers AS answers,
  s.said_at,
  DAY(s.said_at) AS day,
  TERM(s.terms, 5) AS rule,
  s.doc, s.n
FROM _statements AS s JOIN _documents AS d USING (doc) JOIN _texts AS t USING (doc);

-- The sources and addressees of statements.
PARTIES(statement, s, source, 3, addressee, 5)

-- The pieces of statements' contents.
CREATE VIEW statement_contents AS
SELECT
  lower(hex(s.key)) || '/s' || s.id AS statement,
  lower(hex(s.key)) AS document,
  c.key AS k,
  NEAR(s.anchor, AT(s.list, c.value, 0)) AS start,
  NEAR(s.anchor, AT(s.list, c.value, 0)) + AT(s.list, c.value, 1) AS "end",
  substr(t.text, NEAR(s.anchor, AT(s.list, c.value, 0)) + 1, AT(s.list, c.value, 1)) AS words
FROM _statements AS s JOIN json_each(ELEMENTS(SECTION(s.item, 2))) AS c JOIN _texts AS t USING (doc);

-- Through whom a statement came, the outermost carrier first and the speaker last.
CREATE VIEW statement_chains AS
SELECT
  lower(hex(s.key)) || '/s' || s.id AS statement,
  lower(hex(s.key)) AS document,
  j.key AS k,
  'e' || AT(s.list, j.value, 0) AS entity
FROM _statements AS s JOIN json_each(ELEMENTS(SECTION(s.item, 4))) AS j;

-- Who does what to whom, in the terms of PLOVER. `words` is the clause; `according_to` is empty when the author says it.
CREATE VIEW events AS
SELECT
  lower(hex(v.key)) || '/v' || v.id AS event,
  lower(hex(v.key)) AS document,
  TERM(v.terms, 0) AS type,
  TERM(v.terms, 1) AS mode,
  (SELECT group_concat(x.text, ' ') FROM json_each('[' || v.terms || ']') AS c JOIN _terms AS x ON x.term = c.value WHERE c.key > 4) AS contexts,
  TERM(v.terms, 2) AS cameo,
  TERM(v.terms, 3) AS status,
  (SELECT group_concat(coalesce(WORDS(v, p), 'e' || (nullif(AT(v.list, p.value, 0), 0) - 1)), ', ') FROM json_each(ELEMENTS(SECTION(v.item, 2))) AS p) AS actors,
  (SELECT group_concat(coalesce(WORDS(v, p), 'e' || (nullif(AT(v.list, p.value, 0), 0) - 1)), ', ') FROM json_each(ELEMENTS(SECTION(v.item, 3))) AS p) AS recipients,
  substr(t.text, v.anchor + 1, v.trigger_length) AS "trigger",
  v.anchor AS trigger_start, v.anchor + v.trigger_length AS trigger_end,
  substr(t.text, v.start + 1, v.length) AS words,
  v.start, v.start + v.length AS "end",
  v.time,
  DAY(v.time) AS day,
  'e' || v.place AS place,
  lower(hex(v.key)) || '/s' || v.according_to AS according_to,
  (SELECT r.happening FROM happening_reports AS r WHERE r.doc = v.doc AND r.n = v.n) AS happening,
  (SELECT group_concat(AT(v.list, a.value, 0)) FROM json_each(ELEMENTS(SECTION(v.item, 4))) AS a) AS amounts,
  TERM(v.terms, 4) AS rule,
  v.doc, v.n
FROM _events AS v JOIN _documents AS d USING (doc) JOIN _texts AS t USING (doc);

-- The actors and recipients of events.
PARTIES(event, v, actor, 2, recipient, 3)

-- All documents of stories, the first of each among them.
CREATE VIEW _story_members AS
SELECT doc, story FROM _story_documents
UNION ALL
SELECT DISTINCT story, story FROM _story_documents;

-- The documents of stories. A story is known by its first document, and what stands alone is none.
CREATE VIEW story_documents AS
SELECT
  lower(hex(f.key)) AS story,
  lower(hex(d.key)) AS document,
  (SELECT text FROM _terms WHERE term = d.outlet) AS outlet,
  date(d.published * 86400, 'unixepoch') AS published,
  (SELECT text FROM _terms WHERE term = d.language) AS language,
  d.title,
  (SELECT lower(hex(o.key)) FROM _copies AS c JOIN _documents AS o ON o.doc = c.original WHERE c.doc = d.doc) AS copy_of,
  d.doc
FROM _story_members AS m JOIN _documents AS d USING (doc) JOIN _documents AS f ON f.doc = m.story;

-- Stories: documents on the same happening, across outlets, days and languages. `title` is that of the first document.
CREATE VIEW stories AS
SELECT
  lower(hex(f.key)) AS story,
  f.title,
  date(min(d.published) * 86400, 'unixepoch') AS first,
  date(max(d.published) * 86400, 'unixepoch') AS last,
  count(*) AS documents,
  count(DISTINCT d.outlet) AS outlets,
  count(DISTINCT d.language) AS languages,
  count(c.doc) AS copies
FROM _story_members AS m JOIN _documents AS d USING (doc) JOIN _documents AS f ON f.doc = m.story LEFT JOIN _copies AS c ON c.doc = m.doc
GROUP BY m.story;

-- Near-copies: documents that say in all but the same words what an original says, the one published first. `similarity` is
-- the share of the shorter text's runs of three words that stand in the longer.
CREATE VIEW copies AS
SELECT lower(hex(d.key)) AS document, lower(hex(o.key)) AS original, c.similarity
FROM _copies AS c JOIN _documents AS d USING (doc) JOIN _documents AS o ON o.doc = c.original;

-- Which event reports which happening. A happening is known by the event that reports it first.
CREATE VIEW happening_reports AS
SELECT
  lower(hex(f.key)) || '/v' || f.id AS happening,
  lower(hex(d.key)) || '/v' || v.id AS event,
  lower(hex(d.key)) AS document,
  (SELECT text FROM _terms WHERE term = d.outlet) AS outlet,
  date(d.published * 86400, 'unixepoch') AS published,
  lower(hex(d.key)) || '/s' || v.according_to AS according_to,
  (SELECT lower(hex(o.key)) FROM _copies AS c JOIN _documents AS o ON o.doc = c.original WHERE c.doc = d.doc) AS copy_of,
  r.doc, r.n
FROM _happening_reports AS r
JOIN _documents AS d ON d.doc = r.doc JOIN _events AS v ON v.doc = r.doc AND v.n = r.n
JOIN _events AS f ON f.doc = r.first_doc AND f.n = r.first_n;

-- What happened, once however often it is reported: happenings with several reports, told as the first report tells them, and
-- the events that are reported once. `reports` are all events that speak of it; `documents` and `outlets` say that it happened;
-- `denials` are the rows of the view of that name.
CREATE VIEW happenings AS
SELECT
  v.event AS happening,
  v.type, v.mode, v.day, v.actors, v.recipients, v.place, v.words,
  coalesce(r.reports, 1) AS reports,
  coalesce(r.documents, 1) AS documents,
  coalesce(r.outlets, 1) AS outlets,
  (SELECT count(*) FROM _denials AS n WHERE n.first_doc = v.doc AND n.first_n = v.n)
  + (SELECT count(*) FROM _happening_reports AS o JOIN _events AS e ON e.doc = o.doc AND e.n = o.n
     WHERE o.first_doc = v.doc AND o.first_n = v.n AND TERM(e.terms, 3) = 'negated' AND e.according_to IS NULL) AS denials,
  (SELECT s.story FROM story_documents AS s WHERE s.doc = v.doc) AS story,
  v.document
FROM events AS v
LEFT JOIN (
  SELECT r.first_doc, r.first_n,
    count(*) AS reports,
    count(DISTINCT CASE WHEN TERM(e.terms, 3) IN ('actual', 'historical') THEN r.doc END) AS documents,
    count(DISTINCT CASE WHEN TERM(e.terms, 3) IN ('actual', 'historical') THEN d.outlet END) AS outlets
  FROM _happening_reports AS r JOIN _documents AS d USING (doc) JOIN _events AS e ON e.doc = r.doc AND e.n = r.n
  GROUP BY r.first_doc, r.first_n
) AS r ON r.first_doc = v.doc AND r.first_n = v.n
WHERE r.first_doc IS NOT NULL
  OR v.status IN ('actual', 'historical') AND NOT EXISTS (SELECT 1 FROM _happening_reports AS o WHERE o.doc = v.doc AND o.n = v.n);

-- Who denies or doubts which happening: `denial` is a statement, or an event that the outlet itself says did not happen, which
-- has no `source`.
CREATE VIEW denials AS
SELECT
  lower(hex(f.key)) || '/v' || f.id AS happening,
  s.statement AS denial, s.document, s.day, s.stance, s.source, s.words,
  n.doc
FROM _denials AS n
JOIN statements AS s ON s.doc = n.doc AND s.n = n.n
JOIN _events AS f ON f.doc = n.first_doc AND f.n = n.first_n
UNION ALL
SELECT
  lower(hex(f.key)) || '/v' || f.id, v.event, v.document, v.day, NULL, NULL, v.words, r.doc
FROM _happening_reports AS r
JOIN events AS v ON v.doc = r.doc AND v.n = r.n
JOIN _events AS f ON f.doc = r.first_doc AND f.n = r.first_n
WHERE v.status = 'negated' AND v.according_to IS NULL;

-- Numbers of one story that count the same thing, come from different voices and cannot all be right. Those of one `contest`
-- contradict each other; `n` is that of the view amounts.
CREATE VIEW rivals AS
SELECT
  lower(hex(f.key)) || '/a' || r.first_n AS contest,
  lower(hex(a.key)) AS document, r.n,
  a.value, a.high,
  TERM(a.terms, 2) AS bound,
  TERM(a.terms, 3) AS "of",
  TERM(a.terms, 1) AS unit,
  a.start, a.start + a.length AS "end",
  substr(t.text, a.start + 1, a.length) AS words,
  r.doc
FROM _rivals AS r
JOIN _amounts AS a ON a.doc = r.doc AND a.n = r.n JOIN _texts AS t ON t.doc = r.doc
JOIN _documents AS f ON f.doc = r.first_doc;
