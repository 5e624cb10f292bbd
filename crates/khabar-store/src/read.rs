//! Making records of rows again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use khabar_record::{
    Amount, Block, CodePointRange, Cue, Document, Entity, EntityId, Event, EventId, Medium,
    Mention, Origin, Party, Record, Statement, StatementId, Time,
};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::DeserializeOwned;

use crate::error::StoreErrorKind;
use crate::terms::Terms;
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
            "SELECT d.*, t.text, f.json FROM _documents AS d
             JOIN _texts AS t USING (doc) LEFT JOIN _furniture AS f USING (doc) WHERE d.doc = ?1",
        )?;
        let mut rows = statement.query([doc])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreErrorKind::Damaged(format!("document {doc} has no text")))?;
        let key = row
            .get_ref("key")?
            .as_blob()
            .ok()
            .and_then(DocumentKey::from_slice)
            .ok_or_else(|| damaged("key", doc))?;
        let mut record = Record::new(self.head(doc, row)?);
        record.errors = json(row, "errors", doc)?.unwrap_or_default();
        self.lists(doc, row, &mut record)?;
        record.amounts = self.amounts(doc)?;
        record.statements = self.statements(doc)?;
        record.events = self.events(doc)?;
        Ok((key, row.get("reader")?, record.into_bytes()?))
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

    fn head(&mut self, doc: i64, row: &Row<'_>) -> Result<Document<CodePointRange>> {
        let id = match row.get_ref("id")? {
            ValueRef::Blob(bytes) => blake3::Hash::from_slice(bytes)
                .map_err(|_| damaged("id", doc))?
                .to_hex()
                .to_string(),
            _ => row.get("id")?,
        };
        let furniture =
            match row.get_ref("json")?.as_blob_or_null().map_err(rusqlite::Error::from)? {
                Some(bytes) => furniture::unpack(bytes).ok_or_else(|| damaged("furniture", doc))?,
                None => Vec::new(),
            };
        let published = match row.get::<_, Option<i64>>("published")? {
            Some(number) => Some(day::date(number).ok_or_else(|| damaged("published", doc))?),
            None => None,
        };
        let published_from = match row.get::<_, Option<i64>>("published_from")? {
            Some(term) => Some(self.terms.value(self.db, term)?),
            None => None,
        };
        Ok(Document {
            id,
            source: row.get("source")?,
            url: row.get("url")?,
            title: row.get("title")?,
            byline: json(row, "byline", doc)?.unwrap_or_default(),
            outlet: self.word(row, "outlet")?,
            published,
            published_time: None,
            published_from,
            language: self.word(row, "language")?,
            text: row.get("text")?,
            furniture,
            origin: json::<Origin<CodePointRange>>(row, "origin", doc)?,
        })
    }

    /// The packed columns of a document.
    fn lists(
        &mut self,
        doc: i64,
        row: &Row<'_>,
        record: &mut Record<CodePointRange>,
    ) -> Result<()> {
        record.sentences =
            packed::<0>(row, "sentences", doc)?.into_iter().map(|(span, [])| span).collect();
        let entities = pack::unpack_numbers(&text(row, "entities")?)
            .filter(|numbers| numbers.len().is_multiple_of(3))
            .ok_or_else(|| damaged("entities", doc))?;
        for item in entities.chunks_exact(3) {
            let id = EntityId(small(item[0].cast_signed(), "entities", doc)?);
            let entity = self.entity((item[1] * pack::PART + item[2]).cast_signed())?;
            record.entities.push(Entity { id, ..entity });
        }
        for (span, [entity, form]) in packed::<2>(row, "mentions", doc)? {
            record.mentions.push(Mention {
                entity: EntityId(small(entity.cast_signed(), "mentions", doc)?),
                span,
                form: self.terms.value(self.db, form.cast_signed())?,
            });
        }
        for (span, [high, low, anchor]) in packed::<3>(row, "times", doc)? {
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
        let mut statement = db.prepare_cached("SELECT * FROM _entities WHERE entity = ?1")?;
        let mut rows = statement.query([number])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreErrorKind::Damaged(format!("there is no entity {number}")))?;
        let mut names: BTreeMap<String, String> = json(row, "names", number)?.unwrap_or_default();
        for code in ["en", "ar"] {
            if let Some(name) = row.get(code)? {
                names.insert(code.to_owned(), name);
            }
        }
        let mut sectors = Vec::new();
        for term in integers(row, "sectors", number)? {
            sectors.push(self.terms.text(db, term)?.to_string());
        }
        let entity = Entity {
            id: EntityId(0),
            kind: self.terms.value(db, row.get("kind")?)?,
            names,
            country: self.word(row, "country")?,
            sectors,
            role: self.word(row, "role")?,
            wikidata: row.get("wikidata")?,
            geonames: row.get("geonames")?,
            lat: row.get("lat")?,
            lon: row.get("lon")?,
        };
        if self.entities.len() >= KEPT {
            self.entities.clear();
        }
        self.entities.insert(number, entity.clone());
        Ok(entity)
    }

    fn amounts(&mut self, doc: i64) -> Result<Vec<Amount<CodePointRange>>> {
        let mut statement =
            self.db.prepare_cached("SELECT * FROM _amounts WHERE doc = ?1 ORDER BY n")?;
        let mut rows = statement.query([doc])?;
        let mut amounts = Vec::new();
        while let Some(row) = rows.next()? {
            amounts.push(Amount {
                span: span(row, "start", "length")?.unwrap_or_default(),
                kind: self.word(row, "kind")?.unwrap_or_default(),
                value: row.get("value")?,
                high: row.get("high")?,
                unit: self.word(row, "unit")?,
                bound: self.terms.value(self.db, row.get("bound")?)?,
                of: self.word(row, "of")?,
            });
        }
        Ok(amounts)
    }

    fn statements(&mut self, doc: i64) -> Result<Vec<Statement<CodePointRange>>> {
        let mut query =
            self.db.prepare_cached("SELECT * FROM _statements WHERE doc = ?1 ORDER BY n")?;
        let mut rows = query.query([doc])?;
        let mut statements = Vec::new();
        while let Some(row) = rows.next()? {
            statements.push(self.statement(doc, row)?);
        }
        Ok(statements)
    }

    fn statement(&mut self, doc: i64, row: &Row<'_>) -> Result<Statement<CodePointRange>> {
        let cue = match span(row, "cue_start", "cue_length")? {
            Some(span) => Some(Cue {
                span,
                lemma: self.word(row, "lemma")?.unwrap_or_default(),
                act: self.word(row, "act")?.unwrap_or_default(),
            }),
            None => None,
        };
        let medium = match integers(row, "medium", doc)?.as_slice() {
            [] => None,
            &[start, end, kind] => Some(Medium {
                span: CodePointRange(small(start, "medium", doc)?, small(end, "medium", doc)?),
                kind: self.terms.text(self.db, kind)?.to_string(),
            }),
            _ => return Err(damaged("medium", doc)),
        };
        let content = integers(row, "content", doc)?;
        if !content.len().is_multiple_of(2) {
            return Err(damaged("content", doc));
        }
        Ok(Statement {
            id: StatementId(row.get("id")?),
            source: self.parties(row, "source")?,
            cue,
            content: content
                .chunks_exact(2)
                .map(|piece| {
                    Ok(CodePointRange(
                        small(piece[0], "content", doc)?,
                        small(piece[1], "content", doc)?,
                    ))
                })
                .collect::<Result<_>>()?,
            manner: self.terms.value(self.db, row.get("manner")?)?,
            kind: self.terms.value(self.db, row.get("kind")?)?,
            stance: self.terms.value(self.db, row.get("stance")?)?,
            addressee: self.parties(row, "addressee")?,
            medium,
            within: row.get::<_, Option<u32>>("within")?.map(StatementId),
            chain: integers(row, "chain", doc)?
                .into_iter()
                .map(|id| Ok(EntityId(small(id, "chain", doc)?)))
                .collect::<Result<_>>()?,
            answers: row.get::<_, Option<u32>>("answers")?.map(StatementId),
            said_at: row.get("said_at")?,
            rule: self.word(row, "rule")?.unwrap_or_default(),
        })
    }

    fn events(&mut self, doc: i64) -> Result<Vec<Event<CodePointRange>>> {
        let mut query =
            self.db.prepare_cached("SELECT * FROM _events WHERE doc = ?1 ORDER BY n")?;
        let mut rows = query.query([doc])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.push(self.event(doc, row)?);
        }
        Ok(events)
    }

    fn event(&mut self, doc: i64, row: &Row<'_>) -> Result<Event<CodePointRange>> {
        let mut contexts = Vec::new();
        for term in integers(row, "contexts", doc)? {
            contexts.push(self.terms.text(self.db, term)?.to_string());
        }
        Ok(Event {
            id: EventId(row.get("id")?),
            kind: self.word(row, "type")?.unwrap_or_default(),
            mode: self.word(row, "mode")?,
            contexts,
            cameo: self.word(row, "cameo")?,
            trigger: span(row, "trigger_start", "trigger_length")?.unwrap_or_default(),
            span: span(row, "start", "length")?.unwrap_or_default(),
            actors: self.parties(row, "actors")?,
            recipients: self.parties(row, "recipients")?,
            status: self.terms.value(self.db, row.get("status")?)?,
            when: row.get("time")?,
            place: row.get::<_, Option<u32>>("place")?.map(EntityId),
            according_to: row.get::<_, Option<u32>>("according_to")?.map(StatementId),
            amounts: integers(row, "amounts", doc)?
                .into_iter()
                .map(|index| small(index, "amounts", doc))
                .collect::<Result<_>>()?,
            rule: self.word(row, "rule")?.unwrap_or_default(),
        })
    }

    fn parties(&mut self, row: &Row<'_>, column: &str) -> Result<Vec<Party<CodePointRange>>> {
        let text: Option<Arc<str>> = row.get(column)?;
        match text {
            Some(text) => pack::unpack_parties(&text, |term| self.terms.text(self.db, term)),
            None => Ok(Vec::new()),
        }
    }

    pub(crate) fn word(&mut self, row: &Row<'_>, column: &str) -> Result<Option<String>> {
        match row.get::<_, Option<i64>>(column)? {
            Some(term) => Ok(Some(self.terms.text(self.db, term)?.to_string())),
            None => Ok(None),
        }
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
             JOIN _events AS v ON v.doc = r.doc AND v.n = r.n
             JOIN _events AS f ON f.doc = r.first_doc AND f.n = r.first_n
             JOIN _documents AS d ON d.doc = r.first_doc WHERE r.doc = ?1",
        )?;
        let rows = query.query_map([doc], |row| Ok((EventId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn denies(&self, doc: i64) -> Result<BTreeMap<StatementId, BTreeSet<String>>> {
        let mut query = self.db.prepare_cached(
            "SELECT s.id, lower(hex(d.key)) || '/v' || f.id FROM _denials AS r
             JOIN _statements AS s ON s.doc = r.doc AND s.n = r.n
             JOIN _events AS f ON f.doc = r.first_doc AND f.n = r.first_n
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

fn span(row: &Row<'_>, start: &str, length: &str) -> Result<Option<CodePointRange>> {
    let (start, length): (Option<u32>, Option<u32>) = (row.get(start)?, row.get(length)?);
    Ok(start.zip(length).map(|(start, length)| CodePointRange(start, start.saturating_add(length))))
}

fn integers(row: &Row<'_>, column: &str, number: i64) -> Result<Vec<i64>> {
    let text: Option<Arc<str>> = row.get(column)?;
    pack::integers(text.as_deref().unwrap_or_default()).ok_or_else(|| damaged(column, number))
}

fn packed<const N: usize>(
    row: &Row<'_>,
    column: &str,
    number: i64,
) -> Result<Vec<(CodePointRange, [u64; N])>> {
    pack::unpack(&text(row, column)?).ok_or_else(|| damaged(column, number))
}

fn text(row: &Row<'_>, column: &str) -> Result<Arc<str>> {
    Ok(row.get::<_, Option<Arc<str>>>(column)?.unwrap_or_default())
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str, number: i64) -> Result<Option<T>> {
    let text: Option<Arc<str>> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| damaged(column, number))).transpose()
}
