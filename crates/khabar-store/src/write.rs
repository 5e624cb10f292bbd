//! Putting records into the tables, and taking them out again when they are read anew.

use std::collections::{BTreeMap, HashMap};

use khabar_record::{Block, CodePointRange, Entity, EntityId, MentionForm, Origin, Record, Time};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreErrorKind;
use crate::items::{self, Combinations, Words};
use crate::quick::QuickMap;
use crate::read::Loader;
use crate::search::{self, Facets, Stemmer};
use crate::stories::{self, Fresh, Marks};
use crate::terms::Terms;
use crate::{DocumentKey, blocks, day, furniture, pack};

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// A document that was read, on its way into the store.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// What it is known by.
    pub key: DocumentKey,
    /// The version of the reader.
    pub reader: u32,
    /// What was read.
    pub record: Record,
    /// How its text is laid out, so that it can be read again without its page.
    pub blocks: Vec<Block>,
}

/// What became of a document that was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was new.
    Added,
    /// It was there, made by an older reader, and its rows were made anew.
    Replaced,
    /// It was there as it is.
    Unchanged,
}

/// The writing side of a connection: it knows the numbers of the words and entities that it met.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    terms: Terms,
    combinations: Combinations,
    times: HashMap<(i64, String, Option<String>, Option<String>), i64>,
    pub(crate) stemmer: Stemmer,
    pub(crate) fresh: Fresh,
    /// Rows of entities by their hashes.
    entities: QuickMap<i64, i64>,
    /// The state of the file that all this is true of, as other connections leave it.
    version: Option<i64>,
}

/// Remembered values beyond this number are forgotten, to bound the memory.
const KEPT: usize = 1 << 16;

impl Writer {
    /// Forgets what a transaction that was rolled back may have taught.
    pub(crate) fn clear(&mut self) {
        self.terms.clear();
        self.combinations.clear();
        self.times.clear();
        self.fresh.clear();
        self.entities.clear();
    }

    /// Forgets what another connection may have made untrue: texts change and entities go when documents are read anew.
    pub(crate) fn check(&mut self, db: &Connection) -> Result<()> {
        let version: i64 = db.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.version.is_some_and(|known| known != version) {
            self.fresh.clear();
            self.entities.clear();
        }
        self.version = Some(version);
        Ok(())
    }

    /// Adds one document inside the caller's transaction.
    pub(crate) fn add(&mut self, db: &Connection, new: NewDocument) -> Result<Change> {
        let NewDocument { key, reader, record, blocks } = new;
        let known: Option<(i64, u32)> = db
            .prepare_cached("SELECT doc, reader FROM _documents WHERE key = ?1")?
            .query_row([&key.0[..]], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((doc, known_reader)) = known else {
            self.insert(db, None, key, reader, record, &blocks)?;
            return Ok(Change::Added);
        };
        found_at(db, doc, &record.document.source)?;
        if known_reader >= reader {
            return Ok(Change::Unchanged);
        }
        self.replace(db, doc, key, reader, record, &blocks)?;
        Ok(Change::Replaced)
    }

    /// Makes a document's rows anew inside the caller's transaction, whichever reader made the old ones.
    pub(crate) fn renew(&mut self, db: &Connection, new: NewDocument) -> Result<()> {
        let NewDocument { key, reader, record, blocks } = new;
        let doc: Option<i64> = db
            .prepare_cached("SELECT doc FROM _documents WHERE key = ?1")?
            .query_row([&key.0[..]], |row| row.get(0))
            .optional()?;
        match doc {
            Some(doc) => self.replace(db, doc, key, reader, record, &blocks),
            None => Ok(()),
        }
    }

    /// Makes a document's rows anew; its places stay.
    fn replace(
        &mut self,
        db: &Connection,
        doc: i64,
        key: DocumentKey,
        reader: u32,
        mut record: Record,
        blocks: &[Block],
    ) -> Result<()> {
        let source =
            db.query_row("SELECT source FROM _documents WHERE doc = ?1", [doc], |row| row.get(0))?;
        record.document.source = source;
        let before = entities_of(db, doc)?;
        stories::forget(db, &mut self.stemmer, doc)?;
        remove_rows(db, doc)?;
        self.insert(db, Some(doc), key, reader, record, blocks)?;
        for entity in before {
            remove_unused_entity(db, entity)?;
        }
        self.entities.clear();
        Ok(())
    }

    fn insert(
        &mut self,
        db: &Connection,
        doc: Option<i64>,
        key: DocumentKey,
        reader: u32,
        record: Record,
        blocks: &[Block],
    ) -> Result<()> {
        let blocks = blocks::pack(&record.document.text, blocks);
        let words = search::document_words(&record, &mut self.stemmer);
        let marks = Marks::of(&record, &words.most);
        let story_day = stories::day_of(&record);
        let record = record.into_code_points();
        let profiles = self.entities(db, &record.entities)?;
        let mut words_of =
            Words { db, terms: &mut self.terms, combinations: &mut self.combinations };
        let amounts = items::pack_amounts(&record.amounts, &mut words_of)?;
        let statements = items::pack_statements(&record.statements, &mut words_of)?;
        let events = items::pack_events(&record.events, &mut words_of)?;
        let row = Lists {
            amounts,
            statements,
            events,
            sentences: pack::pack(record.sentences.iter().map(|&span| (span, []))),
            entities: pack::pack_numbers(
                &profiles
                    .iter()
                    .flat_map(|&(id, entity)| {
                        let entity = entity.cast_unsigned();
                        [u64::from(id.0), entity / pack::PART, entity % pack::PART]
                    })
                    .collect::<Vec<_>>(),
            ),
            mentions: self.mentions(db, &record)?,
            times: self.times(db, &record.times)?,
            blocks,
        };
        let doc = self.document(db, doc, key, reader, &record, &row)?;
        let outlet = self.term(db, record.document.outlet.as_deref())?;
        let terms = search::line(words.terms, &profiles, Facets { outlet });
        db.prepare_cached("INSERT INTO _search (rowid, terms) VALUES (?1, ?2)")?
            .execute(params![doc, terms])?;
        let language = self.term(db, record.document.language.as_deref())?;
        stories::note(db, &mut self.fresh, doc, story_day, language, &marks, &words.text)
    }

    fn term(&mut self, db: &Connection, text: Option<&str>) -> Result<Option<i64>> {
        Ok(text.map(|text| self.terms.intern(db, text)).transpose()?)
    }

    fn document(
        &mut self,
        db: &Connection,
        doc: Option<i64>,
        key: DocumentKey,
        reader: u32,
        record: &Record<CodePointRange>,
        lists: &Lists,
    ) -> Result<i64> {
        let document = &record.document;
        let outlet = self.term(db, document.outlet.as_deref())?;
        let language = self.term(db, document.language.as_deref())?;
        let from =
            document.published_from.map(|from| self.terms.intern_name(db, from)).transpose()?;
        let origin = document.origin.as_ref().map(|origin| self.origin(db, origin)).transpose()?;
        db.prepare_cached(
            "INSERT INTO _documents (doc, key, reader, id, source, url, title, byline, outlet, published, published_from,
               language, origin, errors, blocks, sentences, entities, mentions, times, amounts, statements, events)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
        )?
        .execute(params![
            doc,
            &key.0[..],
            reader,
            DocumentId(&document.id),
            document.source,
            document.url,
            document.title,
            json_list(&document.byline),
            outlet,
            document.published.map(day::number),
            from,
            language,
            origin,
            json_list(&record.errors),
            lists.blocks,
            lists.sentences,
            lists.entities,
            lists.mentions,
            lists.times,
            lists.amounts,
            lists.statements,
            lists.events,
        ])?;
        let doc = doc.unwrap_or_else(|| db.last_insert_rowid());
        db.prepare_cached("INSERT INTO _texts (doc, text) VALUES (?1, ?2)")?
            .execute(params![doc, document.text])?;
        if let Some(json) = furniture::pack(&document.furniture) {
            db.prepare_cached("INSERT INTO _furniture (doc, json) VALUES (?1, ?2)")?
                .execute(params![doc, json])?;
        }
        Ok(doc)
    }

    /// Whose report a document is: one of few words, unless it comes with its evidence.
    fn origin(&mut self, db: &Connection, origin: &Origin<CodePointRange>) -> Result<Value> {
        let json = serde_json::to_string(origin).unwrap_or_default();
        if origin.evidence.is_empty() && origin.evidence_furniture.is_empty() {
            return Ok(Value::Integer(self.terms.intern(db, &json)?));
        }
        Ok(Value::Text(json))
    }

    /// The rows of the record's entities, each beside its number in the record.
    fn entities(&mut self, db: &Connection, entities: &[Entity]) -> Result<Vec<(EntityId, i64)>> {
        entities.iter().map(|entity| Ok((entity.id, self.entity(db, entity)?))).collect()
    }

    fn entity(&mut self, db: &Connection, entity: &Entity) -> Result<i64> {
        let hash = entity_hash(entity);
        if let Some(&row) = self.entities.get(&hash) {
            return Ok(row);
        }
        let known = db
            .prepare_cached("SELECT entity FROM _entity_hashes WHERE hash = ?1")?
            .query_row([hash], |row| row.get(0))
            .optional()?;
        let row = match known {
            Some(row) => row,
            None => self.new_entity(db, entity, hash)?,
        };
        if self.entities.len() >= KEPT {
            self.entities.clear();
        }
        self.entities.insert(hash, row);
        Ok(row)
    }

    fn new_entity(&mut self, db: &Connection, entity: &Entity, hash: i64) -> Result<i64> {
        let kind = self.terms.intern_name(db, entity.kind)?;
        let country = self.term(db, entity.country.as_deref())?;
        let role = self.term(db, entity.role.as_deref())?;
        let mut sectors = Vec::with_capacity(entity.sectors.len());
        for sector in &entity.sectors {
            sectors.push(self.terms.intern(db, sector)?);
        }
        let others: BTreeMap<&String, &String> =
            entity.names.iter().filter(|(code, _)| *code != "en" && *code != "ar").collect();
        let others = (!others.is_empty()).then(|| serde_json::to_string(&others).ok()).flatten();
        db.prepare_cached(
            "INSERT INTO _entities (kind, en, ar, names, country, sectors, role, wikidata, geonames, lat, lon)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            kind,
            entity.names.get("en"),
            entity.names.get("ar"),
            others,
            country,
            pack::join(sectors),
            role,
            entity.wikidata,
            entity.geonames,
            entity.lat,
            entity.lon
        ])?;
        let row = db.last_insert_rowid();
        db.prepare_cached("INSERT INTO _entity_hashes (hash, entity) VALUES (?1, ?2)")?
            .execute([hash, row])?;
        db.prepare_cached("INSERT INTO _names (rowid, terms) VALUES (?1, ?2)")?
            .execute(params![row, search::name_line(&entity.names, &mut self.stemmer)])?;
        Ok(row)
    }

    fn mentions(
        &mut self,
        db: &Connection,
        record: &Record<CodePointRange>,
    ) -> Result<Option<String>> {
        let mut items = Vec::with_capacity(record.mentions.len());
        // There are few forms, and many mentions of each.
        let mut forms: Vec<(MentionForm, i64)> = Vec::new();
        for mention in &record.mentions {
            let known = forms.iter().find(|(form, _)| *form == mention.form);
            let form = if let Some(&(_, number)) = known {
                number
            } else {
                let number = self.terms.intern_name(db, mention.form)?;
                forms.push((mention.form, number));
                number
            };
            items.push((mention.span, [u64::from(mention.entity.0), form.cast_unsigned()]));
        }
        Ok(pack::pack(items))
    }

    fn times(&mut self, db: &Connection, times: &[Time<CodePointRange>]) -> Result<Option<String>> {
        let mut items = Vec::with_capacity(times.len());
        for time in times {
            let kind = self.terms.intern_name(db, time.kind)?;
            let anchor = match time.anchor {
                Some(anchor) => self.terms.intern_name(db, anchor)?,
                None => 0,
            };
            let value = (kind, time.value.clone(), time.start.clone(), time.end.clone());
            let value = self.time_value(db, value)?.cast_unsigned();
            let parts = [value / pack::PART, value % pack::PART];
            items.push((time.span, [parts[0], parts[1], anchor.cast_unsigned()]));
        }
        Ok(pack::pack(items))
    }

    fn time_value(
        &mut self,
        db: &Connection,
        value: (i64, String, Option<String>, Option<String>),
    ) -> Result<i64> {
        if let Some(&number) = self.times.get(&value) {
            return Ok(number);
        }
        let (kind, text, first, after) = &value;
        let [first, after] = [first, after].map(|moment| moment.as_deref().map(pack_moment));
        let known = db
            .prepare_cached(
                "SELECT time_value FROM _time_values
                 WHERE value = ?2 AND type = ?1 AND first IS ?3 AND after IS ?4",
            )?
            .query_row(params![kind, text, first, after], |row| row.get(0))
            .optional()?;
        let number = if let Some(number) = known {
            number
        } else {
            db.prepare_cached(
                "INSERT INTO _time_values (type, value, first, after) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![kind, text, first, after])?;
            db.last_insert_rowid()
        };
        if self.times.len() >= KEPT {
            self.times.clear();
        }
        self.times.insert(value, number);
        Ok(number)
    }
}

/// The packed columns of a document.
struct Lists {
    sentences: Option<String>,
    entities: Option<String>,
    mentions: Option<String>,
    times: Option<String>,
    blocks: Option<String>,
    amounts: Option<String>,
    statements: Option<String>,
    events: Option<String>,
}

/// A moment as the file keeps it: seconds since 1970-01-01 where that says the same.
pub(crate) fn pack_moment(text: &str) -> Value {
    match day::seconds(text) {
        Some(seconds) if day::moment(seconds).as_deref() == Some(text) => Value::Integer(seconds),
        _ => Value::Text(text.to_owned()),
    }
}

fn json_list(list: &[String]) -> Option<String> {
    (!list.is_empty()).then(|| serde_json::to_string(list).ok()).flatten()
}

/// A document's identifier: half as long when it is a hash.
struct DocumentId<'d>(&'d str);

impl rusqlite::ToSql for DocumentId<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        match blake3::Hash::from_hex(self.0) {
            // Capital digits would come back as small ones.
            Ok(hash) if hash.to_hex().as_str() == self.0 => Ok(hash.as_bytes().to_vec().into()),
            _ => self.0.to_sql(),
        }
    }
}

/// A number for all that is known of an entity but its number in the record.
fn entity_hash(entity: &Entity) -> i64 {
    let anonymous = Entity { id: EntityId(0), ..entity.clone() };
    let json = serde_json::to_vec(&anonymous).unwrap_or_default();
    let hash = blake3::hash(&json);
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    i64::from_le_bytes(bytes)
}

/// Notes that a known document was found at `source` too. The first place in alphabetical order is the document's own, so
/// that the order of adding does not show.
pub(crate) fn found_at(db: &Connection, doc: i64, source: &str) -> Result<()> {
    let own: String = db
        .prepare_cached("SELECT source FROM _documents WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))?;
    let (first, other) = (own.as_str().min(source), own.as_str().max(source));
    if first == other {
        return Ok(());
    }
    db.prepare_cached("INSERT OR IGNORE INTO _sources (doc, source) VALUES (?1, ?2)")?
        .execute(params![doc, other])?;
    if first == source {
        db.prepare_cached("UPDATE _documents SET source = ?2 WHERE doc = ?1")?
            .execute(params![doc, first])?;
    }
    Ok(())
}

fn entities_of(db: &Connection, doc: i64) -> Result<Vec<i64>> {
    let packed: Option<String> = db
        .prepare_cached("SELECT entities FROM _documents WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))?;
    let numbers = pack::unpack_numbers(packed.as_deref().unwrap_or_default())
        .ok_or_else(|| StoreErrorKind::Damaged(format!("the entities of document {doc}")))?;
    let rows = numbers.chunks_exact(3).map(|item| item[1] * pack::PART + item[2]);
    Ok(rows.map(u64::cast_signed).collect())
}

/// Takes a document's rows out of every table but those of its places and stories.
fn remove_rows(db: &Connection, doc: i64) -> Result<()> {
    for table in ["_texts", "_furniture", "_documents"] {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE doc = ?1"))?.execute([doc])?;
    }
    db.prepare_cached("DELETE FROM _search WHERE rowid = ?1")?.execute([doc])?;
    Ok(())
}

/// Takes out what is known of an entity when no document says it any more.
fn remove_unused_entity(db: &Connection, entity: i64) -> Result<()> {
    let used = db
        .prepare_cached("SELECT 1 FROM _search_terms WHERE term = ?1 LIMIT 1")?
        .exists([search::entity_term(entity)])?;
    if used || !db.prepare_cached("SELECT 1 FROM _entities WHERE entity = ?1")?.exists([entity])? {
        return Ok(());
    }
    let hash = entity_hash(&Loader::new(db).entity(entity)?);
    let gone = db
        .prepare_cached("DELETE FROM _entity_hashes WHERE hash = ?1 AND entity = ?2")?
        .execute([hash, entity])?;
    if gone == 0 {
        // What is hashed may have been another in the version that added the entity.
        db.prepare_cached("DELETE FROM _entity_hashes WHERE entity = ?1")?.execute([entity])?;
    }
    db.prepare_cached("DELETE FROM _entities WHERE entity = ?1")?.execute([entity])?;
    Ok(())
}
