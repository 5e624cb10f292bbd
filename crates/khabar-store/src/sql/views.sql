-- What to ask. Every row names its document by `document` (32 hexadecimal digits, the same for the same input everywhere) and,
-- where it rests on words, gives them with their place: "start" and "end" count Unicode code points of the text, end
-- exclusive. NUMBER, GAP and COUNT stand for longer expressions that take packed lists apart (pack.rs), PARTIES for a view
-- (parties.sql), WORDS for the words of a party. Days are written YYYY-MM-DD, languages ISO 639-1, countries ISO 3166-1 alpha-3.

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
  json_extract(d.origin, '$.kind') AS origin,
  json_extract(d.origin, '$.outlet') AS origin_outlet,
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
  (SELECT text FROM _terms WHERE term = v.type) AS type, v.value, v.first, v.after,
  (SELECT text FROM _terms WHERE term = NUMBER(d.times, 5 * w.n + 4)) AS anchor,
  w.start, w."end",
  substr(t.text, w.start + 1, w."end" - w.start) AS words
FROM walk AS w JOIN _documents AS d USING (doc) JOIN _texts AS t USING (doc)
JOIN _time_values AS v ON v.time_value = NUMBER(d.times, 5 * w.n + 2) * 1024 + NUMBER(d.times, 5 * w.n + 3)
WHERE w.n >= 0;

-- Numbers with what they count or measure.
CREATE VIEW amounts AS
SELECT
  lower(hex(d.key)) AS document, a.row & 67108863 AS n,
  (SELECT text FROM _terms WHERE term = a.kind) AS kind,
  a.value, a.high,
  (SELECT text FROM _terms WHERE term = a.unit) AS unit,
  (SELECT text FROM _terms WHERE term = a.bound) AS bound,
  (SELECT text FROM _terms WHERE term = a.of) AS "of",
  a.start, a.start + a.length AS "end",
  substr(t.text, a.start + 1, a.length) AS words
FROM _documents AS d CROSS JOIN _amounts AS a ON d.doc = a.row >> 26 AND a.row BETWEEN d.doc << 26 AND (d.doc << 26) + 67108863 JOIN _texts AS t USING (doc);

-- Who says what, through whom. `words` is the content; its pieces stand in statement_contents.
CREATE VIEW statements AS
SELECT
  lower(hex(d.key)) || '/s' || s.id AS statement,
  lower(hex(d.key)) AS document,
  (SELECT text FROM _terms WHERE term = s.stance) AS stance,
  (SELECT text FROM _terms WHERE term = s.kind) AS kind,
  (SELECT text FROM _terms WHERE term = s.manner) AS manner,
  (SELECT group_concat(WORDS(p), ', ') FROM json_each('[' || s.source || ']') AS p) AS source,
  (SELECT group_concat(substr(t.text, c.value + 1, json_extract('[' || s.content || ']', '$[' || (c.key + 1) || ']') - c.value), ' … ')
    FROM json_each('[' || s.content || ']') AS c WHERE c.key % 2 = 0) AS words,
  substr(t.text, s.cue_start + 1, s.cue_length) AS cue,
  (SELECT text FROM _terms WHERE term = s.lemma) AS lemma,
  (SELECT text FROM _terms WHERE term = s.act) AS act,
  s.cue_start, s.cue_start + s.cue_length AS cue_end,
  (SELECT text FROM _terms WHERE term = json_extract('[' || s.medium || ']', '$[2]')) AS medium,
  lower(hex(d.key)) || '/s' || s.within AS within,
  lower(hex(d.key)) || '/s' || s.answers AS answers,
  s.said_at,
  date(s.day * 86400, 'unixepoch') AS day,
  (SELECT text FROM _terms WHERE term = s.rule) AS rule,
  d.doc, s.row & 67108863 AS n
FROM _documents AS d CROSS JOIN _statements AS s ON d.doc = s.row >> 26 AND s.row BETWEEN d.doc << 26 AND (d.doc << 26) + 67108863 JOIN _texts AS t USING (doc);

-- The sources and addressees of statements.
PARTIES(statement, s, source, addressee)

-- The pieces of statements' contents.
CREATE VIEW statement_contents AS
SELECT
  lower(hex(d.key)) || '/s' || s.id AS statement,
  lower(hex(d.key)) AS document,
  c.key / 2 AS k,
  c.value AS start,
  json_extract('[' || s.content || ']', '$[' || (c.key + 1) || ']') AS "end",
  substr(t.text, c.value + 1, json_extract('[' || s.content || ']', '$[' || (c.key + 1) || ']') - c.value) AS words
FROM _documents AS d CROSS JOIN _statements AS s ON d.doc = s.row >> 26 AND s.row BETWEEN d.doc << 26 AND (d.doc << 26) + 67108863
CROSS JOIN json_each('[' || s.content || ']') AS c JOIN _texts AS t USING (doc)
WHERE c.key % 2 = 0;

-- Through whom a statement came, the outermost carrier first and the speaker last.
CREATE VIEW statement_chains AS
SELECT
  lower(hex(d.key)) || '/s' || s.id AS statement,
  lower(hex(d.key)) AS document,
  j.key AS k,
  'e' || j.value AS entity
FROM _documents AS d CROSS JOIN _statements AS s ON d.doc = s.row >> 26 AND s.row BETWEEN d.doc << 26 AND (d.doc << 26) + 67108863
CROSS JOIN json_each('[' || s.chain || ']') AS j;

-- Who does what to whom, in the terms of PLOVER. `words` is the clause; `according_to` is empty when the author says it.
CREATE VIEW events AS
SELECT
  lower(hex(d.key)) || '/v' || v.id AS event,
  lower(hex(d.key)) AS document,
  (SELECT text FROM _terms WHERE term = v.type) AS type,
  (SELECT text FROM _terms WHERE term = v.mode) AS mode,
  (SELECT group_concat(x.text, ' ') FROM json_each('[' || v.contexts || ']') AS c JOIN _terms AS x ON x.term = c.value) AS contexts,
  (SELECT text FROM _terms WHERE term = v.cameo) AS cameo,
  (SELECT text FROM _terms WHERE term = v.status) AS status,
  (SELECT group_concat(coalesce(WORDS(p), 'e' || json_extract(p.value, '$[0]')), ', ') FROM json_each('[' || v.actors || ']') AS p) AS actors,
  (SELECT group_concat(coalesce(WORDS(p), 'e' || json_extract(p.value, '$[0]')), ', ') FROM json_each('[' || v.recipients || ']') AS p) AS recipients,
  substr(t.text, v.trigger_start + 1, v.trigger_length) AS "trigger",
  v.trigger_start, v.trigger_start + v.trigger_length AS trigger_end,
  substr(t.text, v.start + 1, v.length) AS words,
  v.start, v.start + v.length AS "end",
  v.time,
  date(v.day * 86400, 'unixepoch') AS day,
  'e' || v.place AS place,
  lower(hex(d.key)) || '/s' || v.according_to AS according_to,
  (SELECT r.happening FROM happening_reports AS r WHERE r.doc = d.doc AND r.n = v.row & 67108863) AS happening,
  v.amounts,
  (SELECT text FROM _terms WHERE term = v.rule) AS rule,
  d.doc, v.row & 67108863 AS n
FROM _documents AS d CROSS JOIN _events AS v ON d.doc = v.row >> 26 AND v.row BETWEEN d.doc << 26 AND (d.doc << 26) + 67108863 JOIN _texts AS t USING (doc);

-- The actors and recipients of events.
PARTIES(event, v, actor, recipient)

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
  lower(hex(f.key)) || '/v' || e.id AS happening,
  lower(hex(d.key)) || '/v' || v.id AS event,
  lower(hex(d.key)) AS document,
  (SELECT text FROM _terms WHERE term = d.outlet) AS outlet,
  date(d.published * 86400, 'unixepoch') AS published,
  lower(hex(d.key)) || '/s' || v.according_to AS according_to,
  (SELECT lower(hex(o.key)) FROM _copies AS c JOIN _documents AS o ON o.doc = c.original WHERE c.doc = d.doc) AS copy_of,
  r.doc, r.n
FROM _happening_reports AS r
JOIN _documents AS d ON d.doc = r.doc JOIN _events AS v ON v.row = (r.doc << 26) + r.n
JOIN _documents AS f ON f.doc = r.first_doc JOIN _events AS e ON e.row = (r.first_doc << 26) + r.first_n;

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
  + (SELECT count(*) FROM _happening_reports AS o JOIN _events AS e ON e.row = (o.doc << 26) + o.n JOIN _terms AS t ON t.term = e.status
     WHERE o.first_doc = v.doc AND o.first_n = v.n AND t.text = 'negated' AND e.according_to IS NULL) AS denials,
  (SELECT s.story FROM story_documents AS s WHERE s.doc = v.doc) AS story,
  v.document
FROM events AS v
LEFT JOIN (
  SELECT r.first_doc, r.first_n,
    count(*) AS reports,
    count(DISTINCT CASE WHEN t.text IN ('actual', 'historical') THEN r.doc END) AS documents,
    count(DISTINCT CASE WHEN t.text IN ('actual', 'historical') THEN d.outlet END) AS outlets
  FROM _happening_reports AS r JOIN _documents AS d USING (doc)
  JOIN _events AS e ON e.row = (r.doc << 26) + r.n JOIN _terms AS t ON t.term = e.status
  GROUP BY r.first_doc, r.first_n
) AS r ON r.first_doc = v.doc AND r.first_n = v.n
WHERE r.first_doc IS NOT NULL
  OR v.status IN ('actual', 'historical') AND NOT EXISTS (SELECT 1 FROM _happening_reports AS o WHERE o.doc = v.doc AND o.n = v.n);

-- Who denies or doubts which happening: `denial` is a statement, or an event that the outlet itself says did not happen, which
-- has no `source`.
CREATE VIEW denials AS
SELECT
  lower(hex(f.key)) || '/v' || e.id AS happening,
  s.statement AS denial, s.document, s.day, s.stance, s.source, s.words,
  n.doc
FROM _denials AS n
JOIN statements AS s ON s.doc = n.doc AND s.n = n.n
JOIN _documents AS f ON f.doc = n.first_doc JOIN _events AS e ON e.row = (n.first_doc << 26) + n.first_n
UNION ALL
SELECT
  lower(hex(f.key)) || '/v' || e.id, v.event, v.document, v.day, NULL, NULL, v.words, r.doc
FROM _happening_reports AS r
JOIN events AS v ON v.doc = r.doc AND v.n = r.n
JOIN _documents AS f ON f.doc = r.first_doc JOIN _events AS e ON e.row = (r.first_doc << 26) + r.first_n
WHERE v.status = 'negated' AND v.according_to IS NULL;

-- Numbers of one story that count the same thing, come from different voices and cannot all be right. Those of one `contest`
-- contradict each other; `n` is that of the view amounts.
CREATE VIEW rivals AS
SELECT
  lower(hex(f.key)) || '/a' || r.first_n AS contest,
  lower(hex(d.key)) AS document, r.n,
  a.value, a.high,
  (SELECT text FROM _terms WHERE term = a.bound) AS bound,
  (SELECT text FROM _terms WHERE term = a.of) AS "of",
  (SELECT text FROM _terms WHERE term = a.unit) AS unit,
  a.start, a.start + a.length AS "end",
  substr(t.text, a.start + 1, a.length) AS words,
  r.doc
FROM _rivals AS r
JOIN _amounts AS a ON a.row = (r.doc << 26) + r.n JOIN _documents AS d USING (doc) JOIN _texts AS t USING (doc)
JOIN _documents AS f ON f.doc = r.first_doc;
