//! Making records of rows again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use khabar_record::{
    Amount, Block, CodePointRange, Cue, Document, Entity, EntityId, Event, EventId, Medium,
    Mention, Origin, Party, Record, Statement, StatementId, Time,
};
use rusqlite::types::{FromSql, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::DeserializeOwned;

use crate::error::StoreErrorKind;
use crate::terms::Terms;
use crate::write::{ROWS, row_of};
use crate::{DocumentKey, blocks, day, furniture, pack};

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// A document as it stands in the store.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDocument {
    /// What it is known by.
    pub key: DocumentKey,
    /// The version of the reader that read it.
    pub reader: u32,
    /// The very record that was added.
    pub record: Record,
    /// The key of the story it belongs to, once stories were made.
    pub story: Option<String>,
    /// The keys of the happenings that its events report, once stories were made.
    pub happenings: BTreeMap<EventId, String>,
    /// The keys of the happenings that its statements deny or doubt, once stories were made.
    pub denies: BTreeMap<StatementId, BTreeSet<String>>,
}

/// The reading side of a connection: it knows the words and entities that it met.
#[derive(Debug)]
pub(crate) struct Loader<'c> {
    db: &'c Connection,
    terms: Terms,
    entities: BTreeMap<i64, Entity>,
}

/// Remembered entities beyond this number are forgotten, to bound the memory.
const KEPT: usize = 1 << 14;

impl<'c> Loader<'c> {
    pub(crate) fn new(db: &'c Connection) -> Self {
        Self { db, terms: Terms::default(), entities: BTreeMap::new() }
    }

    /// Loads the document of a row number.
    pub(crate) fn document(&mut self, doc: i64) -> Result<StoredDocument> {
        let (key, reader, record) = self.load(doc)?;
        let (story, happenings) = (self.story(doc)?, self.happenings(doc)?);
        Ok(StoredDocument { key, reader, record, story, happenings, denies: self.denies(doc)? })
    }

    /// Loads a document without what was made of it and others.
    pub(crate) fn record(&mut self, doc: i64) -> Result<Record> {
        Ok(self.load(doc)?.2)
    }

    fn load(&mut self, doc: i64) -> Result<(DocumentKey, u32, Record)> {
        let db = self.db;
        let mut statement = db.prepare_cached(
            "SELECT d.key, d.reader, d.id, d.source, d.url, d.title, d.byline, d.outlet, d.published, d.published_from,
               d.language, t.text, f.json, d.origin, d.errors, d.sentences, d.entities, d.mentions, d.times
             FROM _documents AS d
             JOIN _texts AS t USING (doc) LEFT JOIN _furniture AS f USING (doc) WHERE d.doc = ?1",
        )?;
        let mut rows = statement.query([doc])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreErrorKind::Damaged(format!("document {doc} has no text")))?;
        let mut row = Columns::of(row);
        let key = row.next_ref()?.as_blob().ok().and_then(DocumentKey::from_slice);
        let key = key.ok_or_else(|| damaged("key", doc))?;
        let reader = row.next()?;
        let mut record = Record::new(self.head(doc, &mut row)?);
        record.errors = json(row.next()?, "errors", doc)?.unwrap_or_default();
        self.lists(doc, &mut row, &mut record)?;
        record.amounts = self.amounts(doc)?;
        record.statements = self.statements(doc)?;
        record.events = self.events(doc)?;
        Ok((key, reader, record.into_bytes()?))
    }

    /// The layout of a document's text.
    pub(crate) fn blocks(&self, doc: i64, text: &str) -> Result<Vec<Block>> {
        let packed: Option<String> = self
            .db
            .prepare_cached("SELECT blocks FROM _documents WHERE doc = ?1")?
            .query_row([doc], |row| row.get(0))?;
        blocks::unpack(text, packed.as_deref().unwrap_or_default())
            .ok_or_else(|| damaged("blocks", doc))
    }

    fn head(&mut self, doc: i64, row: &mut Columns<'_>) -> Result<Document<CodePointRange>> {
        let id = match row.next_ref()? {
            ValueRef::Blob(bytes) => blake3::Hash::from_slice(bytes)
                .map_err(|_| damaged("id", doc))?
                .to_hex()
                .to_string(),
            id => String::column_result(id).map_err(|_| damaged("id", doc))?,
        };
        let (source, url, title) = (row.next()?, row.next()?, row.next()?);
        let byline = json(row.next()?, "byline", doc)?.unwrap_or_default();
        let outlet = self.word(row.next()?)?;
        let published = match row.next::<Option<i64>>()? {
            Some(number) => Some(day::date(number).ok_or_else(|| damaged("published", doc))?),
            None => None,
        };
        let published_from = match row.next::<Option<i64>>()? {
            Some(term) => Some(self.terms.value(self.db, term)?),
            None => None,
        };
        let language = self.word(row.next()?)?;
        let text = row.next()?;
        let furniture = match row.next_ref()?.as_blob_or_null().map_err(rusqlite::Error::from)? {
            Some(bytes) => furniture::unpack(bytes).ok_or_else(|| damaged("furniture", doc))?,
            None => Vec::new(),
        };
        Ok(Document {
            id,
            source,
            url,
            title,
            byline,
            outlet,
            published,
            published_time: None,
            published_from,
            language,
            text,
            furniture,
            origin: json::<Origin<CodePointRange>>(row.next()?, "origin", doc)?,
        })
    }

    /// The packed columns of a document.
    fn lists(
        &mut self,
        doc: i64,
        row: &mut Columns<'_>,
        record: &mut Record<CodePointRange>,
    ) -> Result<()> {
        record.sentences = packed::<0>(&row.next()?, "sentences", doc)?
            .into_iter()
            .map(|(span, [])| span)
            .collect();
        let entities = pack::unpack_numbers(&row.next::<Option<Arc<str>>>()?.unwrap_or_default())
            .filter(|numbers| numbers.len().is_multiple_of(3))
            .ok_or_else(|| damaged("entities", doc))?;
        for item in entities.chunks_exact(3) {
            let id = EntityId(small(item[0].cast_signed(), "entities", doc)?);
            let entity = self.entity((item[1] * pack::PART + item[2]).cast_signed())?;
            record.entities.push(Entity { id, ..entity });
        }
        for (span, [entity, form]) in packed::<2>(&row.next()?, "mentions", doc)? {
            record.mentions.push(Mention {
                entity: EntityId(small(entity.cast_signed(), "mentions", doc)?),
                span,
                form: self.terms.value(self.db, form.cast_signed())?,
            });
        }
        for (span, [high, low, anchor]) in packed::<3>(&row.next()?, "times", doc)? {
            let anchor = match anchor {
                0 => None,
                term => Some(self.terms.value(self.db, term.cast_signed())?),
            };
            let value = self.time_value((high * pack::PART + low).cast_signed())?;
            record.times.push(Time { span, anchor, ..value });
        }
        Ok(())
    }

    fn time_value(&mut self, number: i64) -> Result<Time<CodePointRange>> {
        let (kind, value, start, end): (i64, _, _, _) = self
            .db
            .prepare_cached(
                "SELECT type, value, first, after FROM _time_values WHERE time_value = ?1",
            )?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let kind = self.terms.value(self.db, kind)?;
        Ok(Time { span: CodePointRange::default(), kind, value, start, end, anchor: None })
    }

    /// What is known of an entity, without its number in a record.
    pub(crate) fn entity(&mut self, number: i64) -> Result<Entity> {
        if let Some(entity) = self.entities.get(&number) {
            return Ok(entity.clone());
        }
        let db = self.db;
        let mut statement = db.prepare_cached(
            "SELECT kind, en, ar, names, country, sectors, role, wikidata, geonames, lat, lon
             FROM _entities WHERE entity = ?1",
        )?;
        let mut rows = statement.query([number])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreErrorKind::Damaged(format!("there is no entity {number}")))?;
        let mut row = Columns::of(row);
        let kind = self.terms.value(db, row.next()?)?;
        let own: [Option<String>; 2] = [row.next()?, row.next()?];
        let mut names: BTreeMap<String, String> =
            json(row.next()?, "names", number)?.unwrap_or_default();
        for (code, name) in ["en", "ar"].into_iter().zip(own) {
            if let Some(name) = name {
                names.insert(code.to_owned(), name);
            }
        }
        let country = self.word(row.next()?)?;
        let mut sectors = Vec::new();
        for term in integers(&row.next()?, "sectors", number)? {
            sectors.push(self.terms.text(db, term)?.to_string());
        }
        let entity = Entity {
            id: EntityId(0),
            kind,
            names,
            country,
            sectors,
            role: self.word(row.next()?)?,
            wikidata: row.next()?,
            geonames: row.next()?,
            lat: row.next()?,
            lon: row.next()?,
        };
        if self.entities.len() >= KEPT {
            self.entities.clear();
        }
        self.entities.insert(number, entity.clone());
        Ok(entity)
    }

    fn amounts(&mut self, doc: i64) -> Result<Vec<Amount<CodePointRange>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT start, length, kind, value, high, unit, bound, of FROM _amounts WHERE row BETWEEN ?1 AND ?2 ORDER BY row",
        )?;
        let mut rows = statement.query([row_of(doc, 0), row_of(doc, ROWS - 1)])?;
        let mut amounts = Vec::new();
        while let Some(row) = rows.next()? {
            let mut row = Columns::of(row);
            amounts.push(Amount {
                span: row.span()?.unwrap_or_default(),
                kind: self.word(row.next()?)?.unwrap_or_default(),
                value: row.next()?,
                high: row.next()?,
                unit: self.word(row.next()?)?,
                bound: self.terms.value(self.db, row.next()?)?,
                of: self.word(row.next()?)?,
            });
        }
        Ok(amounts)
    }

    fn statements(&mut self, doc: i64) -> Result<Vec<Statement<CodePointRange>>> {
        let mut query = self.db.prepare_cached(
            "SELECT id, source, cue_start, cue_length, lemma, act, content, manner, kind, stance, addressee, medium,
               within, chain, answers, said_at, rule
             FROM _statements WHERE row BETWEEN ?1 AND ?2 ORDER BY row",
        )?;
        let mut rows = query.query([row_of(doc, 0), row_of(doc, ROWS - 1)])?;
        let mut statements = Vec::new();
        while let Some(row) = rows.next()? {
            statements.push(self.statement(doc, Columns::of(row))?);
        }
        Ok(statements)
    }

    fn statement(&mut self, doc: i64, mut row: Columns<'_>) -> Result<Statement<CodePointRange>> {
        let id = StatementId(row.next()?);
        let source = self.parties(row.next()?)?;
        let cue = row.span()?;
        let (lemma, act) = (self.word(row.next()?)?, self.word(row.next()?)?);
        let cue = cue.map(|span| Cue {
            span,
            lemma: lemma.unwrap_or_default(),
            act: act.unwrap_or_default(),
        });
        let content = integers(&row.next()?, "content", doc)?;
        if !content.len().is_multiple_of(2) {
            return Err(damaged("content", doc));
        }
        let piece = |piece: &[i64]| {
            Ok(CodePointRange(small(piece[0], "content", doc)?, small(piece[1], "content", doc)?))
        };
        Ok(Statement {
            id,
            source,
            cue,
            content: content.chunks_exact(2).map(piece).collect::<Result<_>>()?,
            manner: self.terms.value(self.db, row.next()?)?,
            kind: self.terms.value(self.db, row.next()?)?,
            stance: self.terms.value(self.db, row.next()?)?,
            addressee: self.parties(row.next()?)?,
            medium: self.medium(doc, &mut row)?,
            within: row.next::<Option<u32>>()?.map(StatementId),
            chain: integers(&row.next()?, "chain", doc)?
                .into_iter()
                .map(|id| Ok(EntityId(small(id, "chain", doc)?)))
                .collect::<Result<_>>()?,
            answers: row.next::<Option<u32>>()?.map(StatementId),
            said_at: row.next()?,
            rule: self.word(row.next()?)?.unwrap_or_default(),
        })
    }

    fn medium(
        &mut self,
        doc: i64,
        row: &mut Columns<'_>,
    ) -> Result<Option<Medium<CodePointRange>>> {
        match integers(&row.next()?, "medium", doc)?.as_slice() {
            [] => Ok(None),
            &[start, end, kind] => Ok(Some(Medium {
                span: CodePointRange(small(start, "medium", doc)?, small(end, "medium", doc)?),
                kind: self.terms.text(self.db, kind)?.to_string(),
            })),
            _ => Err(damaged("medium", doc)),
        }
    }

    fn events(&mut self, doc: i64) -> Result<Vec<Event<CodePointRange>>> {
        let mut query = self.db.prepare_cached(
            "SELECT contexts, id, type, mode, cameo, trigger_start, trigger_length, start, length, actors, recipients,
               status, time, place, according_to, amounts, rule
             FROM _events WHERE row BETWEEN ?1 AND ?2 ORDER BY row",
        )?;
        let mut rows = query.query([row_of(doc, 0), row_of(doc, ROWS - 1)])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.push(self.event(doc, Columns::of(row))?);
        }
        Ok(events)
    }

    fn event(&mut self, doc: i64, mut row: Columns<'_>) -> Result<Event<CodePointRange>> {
        let mut contexts = Vec::new();
        for term in integers(&row.next()?, "contexts", doc)? {
            contexts.push(self.terms.text(self.db, term)?.to_string());
        }
        Ok(Event {
            id: EventId(row.next()?),
            kind: self.word(row.next()?)?.unwrap_or_default(),
            mode: self.word(row.next()?)?,
            contexts,
            cameo: self.word(row.next()?)?,
            trigger: row.span()?.unwrap_or_default(),
            span: row.span()?.unwrap_or_default(),
            actors: self.parties(row.next()?)?,
            recipients: self.parties(row.next()?)?,
            status: self.terms.value(self.db, row.next()?)?,
            when: row.next()?,
            place: row.next::<Option<u32>>()?.map(EntityId),
            according_to: row.next::<Option<u32>>()?.map(StatementId),
            amounts: integers(&row.next()?, "amounts", doc)?
                .into_iter()
                .map(|index| small(index, "amounts", doc))
                .collect::<Result<_>>()?,
            rule: self.word(row.next()?)?.unwrap_or_default(),
        })
    }

    fn parties(&mut self, text: Text) -> Result<Vec<Party<CodePointRange>>> {
        match text {
            Some(text) => pack::unpack_parties(&text, |term| self.terms.text(self.db, term)),
            None => Ok(Vec::new()),
        }
    }

    /// The word of a column that may be empty.
    pub(crate) fn word(&mut self, term: Option<i64>) -> Result<Option<String>> {
        Ok(term
            .map(|term| self.terms.text(self.db, term))
            .transpose()?
            .map(|text| text.to_string()))
    }

    /// The key of a document's story: that of its first document. A document alone is no story.
    fn story(&self, doc: i64) -> Result<Option<String>> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT lower(hex(d.key)) FROM _documents AS d WHERE d.doc = coalesce(
                   (SELECT story FROM _story_documents WHERE doc = ?1),
                   (SELECT story FROM _story_documents WHERE story = ?1 LIMIT 1))",
            )?
            .query_row([doc], |row| row.get(0))
            .optional()?)
    }

    /// The key of a happening is the event that reports it first.
    fn happenings(&self, doc: i64) -> Result<BTreeMap<EventId, String>> {
        let mut query = self.db.prepare_cached(
            "SELECT v.id, lower(hex(d.key)) || '/v' || f.id FROM _happening_reports AS r
             JOIN _events AS v ON v.row = (r.doc << 26) + r.n
             JOIN _events AS f ON f.row = (r.first_doc << 26) + r.first_n
             JOIN _documents AS d ON d.doc = r.first_doc WHERE r.doc = ?1",
        )?;
        let rows = query.query_map([doc], |row| Ok((EventId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn denies(&self, doc: i64) -> Result<BTreeMap<StatementId, BTreeSet<String>>> {
        let mut query = self.db.prepare_cached(
            "SELECT s.id, lower(hex(d.key)) || '/v' || f.id FROM _denials AS r
             JOIN _statements AS s ON s.row = (r.doc << 26) + r.n
             JOIN _events AS f ON f.row = (r.first_doc << 26) + r.first_n
             JOIN _documents AS d ON d.doc = r.first_doc WHERE r.doc = ?1",
        )?;
        let mut found: BTreeMap<StatementId, BTreeSet<String>> = BTreeMap::new();
        let mut rows = query.query([doc])?;
        while let Some(row) = rows.next()? {
            found.entry(StatementId(row.get(0)?)).or_default().insert(row.get(1)?);
        }
        Ok(found)
    }
}

fn damaged(what: &str, row: i64) -> StoreErrorKind {
    StoreErrorKind::Damaged(format!("the {what} of row {row}"))
}

fn small(number: i64, what: &str, row: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| damaged(what, row))
}

/// Takes the columns of a row in their order; to look each up by its name would take longer than all else.
struct Columns<'r> {
    row: &'r Row<'r>,
    at: usize,
}

impl<'r> Columns<'r> {
    fn of(row: &'r Row<'r>) -> Self {
        Self { row, at: 0 }
    }

    fn next<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.at += 1;
        self.row.get(self.at - 1)
    }

    fn next_ref(&mut self) -> rusqlite::Result<ValueRef<'r>> {
        self.at += 1;
        self.row.get_ref(self.at - 1)
    }

    /// A start and a length.
    fn span(&mut self) -> rusqlite::Result<Option<CodePointRange>> {
        let (start, length): (Option<u32>, Option<u32>) = (self.next()?, self.next()?);
        let end = |start: u32, length| CodePointRange(start, start.saturating_add(length));
        Ok(start.zip(length).map(|(start, length)| end(start, length)))
    }
}

/// A column of text that may be empty.
type Text = Option<Arc<str>>;

fn integers(text: &Text, what: &str, row: i64) -> Result<Vec<i64>> {
    pack::integers(text.as_deref().unwrap_or_default()).ok_or_else(|| damaged(what, row))
}

fn packed<const N: usize>(
    text: &Text,
    what: &str,
    row: i64,
) -> Result<Vec<(CodePointRange, [u64; N])>> {
    pack::unpack(text.as_deref().unwrap_or_default()).ok_or_else(|| damaged(what, row))
}

fn json<T: DeserializeOwned>(text: Text, what: &str, row: i64) -> Result<Option<T>> {
    text.map(|text| serde_json::from_str(&text).map_err(|_| damaged(what, row))).transpose()
}
