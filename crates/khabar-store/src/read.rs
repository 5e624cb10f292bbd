//! Making records of rows again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use khabar_record::{
    Block, CodePointRange, Document, Entity, EntityId, EventId, Mention, Origin, Record,
    StatementId, Time,
};
use rusqlite::types::{FromSql, Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::DeserializeOwned;

use crate::error::StoreErrorKind;
use crate::items::{self, Combinations, Words};
use crate::quick::QuickMap;
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
    combinations: Combinations,
    entities: QuickMap<i64, Entity>,
    times: QuickMap<i64, Time<CodePointRange>>,
}

/// Remembered entities and times beyond this number are forgotten, to bound the memory.
const KEPT: usize = 1 << 14;

impl<'c> Loader<'c> {
    pub(crate) fn new(db: &'c Connection) -> Self {
        Self {
            db,
            terms: Terms::default(),
            combinations: Combinations::default(),
            entities: QuickMap::default(),
            times: QuickMap::default(),
        }
    }

    /// Loads the document of a row number.
    pub(crate) fn document(&mut self, doc: i64) -> Result<StoredDocument> {
        let (key, reader, record) = self.load(doc)?;
        let (story, happenings) = (self.story(doc)?, self.happenings(doc, &record)?);
        let denies = self.denies(doc, &record)?;
        Ok(StoredDocument { key, reader, record, story, happenings, denies })
    }

    /// Loads a document without what was made of it and others.
    pub(crate) fn record(&mut self, doc: i64) -> Result<Record> {
        Ok(self.load(doc)?.2)
    }

    fn load(&mut self, doc: i64) -> Result<(DocumentKey, u32, Record)> {
        let db = self.db;
        let mut statement = db.prepare_cached(
            "SELECT d.key, d.reader, d.id, d.source, d.url, d.title, d.byline, d.outlet, d.published, d.published_from,
               d.language, t.text, f.json, d.origin, d.errors, d.sentences, d.entities, d.mentions, d.times,
               d.amounts, d.statements, d.events
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
        self.items(&mut row, &mut record)?;
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
            origin: self.origin(doc, row.next_ref()?)?,
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
        if let Some(time) = self.times.get(&number) {
            return Ok(time.clone());
        }
        let (kind, value, first, after): (i64, _, Value, Value) = self
            .db
            .prepare_cached(
                "SELECT type, value, first, after FROM _time_values WHERE time_value = ?1",
            )?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let kind = self.terms.value(self.db, kind)?;
        let (start, end) = (moment(first, number)?, moment(after, number)?);
        let span = CodePointRange::default();
        let time = Time { span, kind, value, start, end, anchor: None };
        if self.times.len() >= KEPT {
            self.times.clear();
        }
        self.times.insert(number, time.clone());
        Ok(time)
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

    /// The packed items of a document.
    fn items(&mut self, row: &mut Columns<'_>, record: &mut Record<CodePointRange>) -> Result<()> {
        let (amounts, statements, events): (Text, Text, Text) =
            (row.next()?, row.next()?, row.next()?);
        let mut words =
            Words { db: self.db, terms: &mut self.terms, combinations: &mut self.combinations };
        if let Some(packed) = amounts {
            record.amounts = items::unpack_amounts(&packed, &mut words)?;
        }
        if let Some(packed) = statements {
            record.statements = items::unpack_statements(&packed, &mut words)?;
        }
        if let Some(packed) = events {
            record.events = items::unpack_events(&packed, &mut words)?;
        }
        Ok(())
    }

    fn origin(&mut self, doc: i64, cell: ValueRef<'_>) -> Result<Option<Origin<CodePointRange>>> {
        let text: Text = match cell {
            ValueRef::Integer(term) => Some(self.terms.text(self.db, term)?),
            cell => FromSql::column_result(cell).map_err(|_| damaged("origin", doc))?,
        };
        json(text, "origin", doc)
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
    fn happenings(&self, doc: i64, record: &Record) -> Result<BTreeMap<EventId, String>> {
        let mut query = self.db.prepare_cached(
            "SELECT r.n, r.first_n, d.events, lower(hex(d.key)) FROM _happening_reports AS r
             JOIN _documents AS d ON d.doc = r.first_doc WHERE r.doc = ?1",
        )?;
        let mut found = BTreeMap::new();
        let mut rows = query.query([doc])?;
        while let Some(row) = rows.next()? {
            // Until stories are settled what is known may be of the rows that an older reader made.
            let event = record.events.get(row.get::<_, u32>(0)? as usize);
            if let Some((event, happening)) = event.zip(happening(row)?) {
                found.insert(event.id, happening);
            }
        }
        Ok(found)
    }

    fn denies(&self, doc: i64, record: &Record) -> Result<BTreeMap<StatementId, BTreeSet<String>>> {
        let mut query = self.db.prepare_cached(
            "SELECT r.n, r.first_n, d.events, lower(hex(d.key)) FROM _denials AS r
             JOIN _documents AS d ON d.doc = r.first_doc WHERE r.doc = ?1",
        )?;
        let mut found: BTreeMap<StatementId, BTreeSet<String>> = BTreeMap::new();
        let mut rows = query.query([doc])?;
        while let Some(row) = rows.next()? {
            let statement = record.statements.get(row.get::<_, u32>(0)? as usize);
            if let Some((statement, happening)) = statement.zip(happening(row)?) {
                found.entry(statement.id).or_default().insert(happening);
            }
        }
        Ok(found)
    }
}

/// The key of a happening out of its place among the packed events of its document.
fn happening(row: &Row<'_>) -> rusqlite::Result<Option<String>> {
    let (at, events, key): (u32, Option<Arc<str>>, String) =
        (row.get(1)?, row.get(2)?, row.get(3)?);
    let id = items::event_id(events.as_deref().unwrap_or_default(), at as usize);
    Ok(id.map(|id| format!("{key}/{id}")))
}

/// Reads what [`pack_moment`](crate::write::pack_moment) wrote.
fn moment(cell: Value, row: i64) -> Result<Option<String>> {
    match cell {
        Value::Null => Ok(None),
        Value::Text(text) => Ok(Some(text)),
        Value::Integer(seconds) => {
            Ok(Some(day::moment(seconds).ok_or_else(|| damaged("time", row))?))
        }
        _ => Err(damaged("time", row)),
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
