//! Putting records into the tables, and taking them out again when they are read anew.

use std::collections::{BTreeMap, HashMap};

use khabar_record::{Block, CodePointRange, Entity, EntityId, Event, Record, Statement, Time};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreErrorKind;
use crate::search::{self, Facets, Stemmer};
use crate::stories::{self, Fresh, Marks};
use crate::terms::{self, Terms};
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
    times: HashMap<(i64, String, Option<String>, Option<String>), i64>,
    pub(crate) stemmer: Stemmer,
    pub(crate) fresh: Fresh,
}

/// Remembered values beyond this number are forgotten, to bound the memory.
const KEPT: usize = 1 << 16;

impl Writer {
    /// Forgets what a transaction that was rolled back may have taught.
    pub(crate) fn clear(&mut self) {
        self.terms.clear();
        self.times.clear();
        self.fresh.clear();
    }

    /// Forgets what another connection may have made untrue.
    pub(crate) fn check(&mut self, db: &Connection) -> Result<()> {
        self.fresh.check(db.pragma_query_value(None, "data_version", |row| row.get(0))?);
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
        let row = Lists {
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
        self.amounts(db, doc, &record)?;
        let published = record.document.published;
        let day_of = |time: Option<u32>| {
            time.and_then(|index| record.times.get(index as usize))
                .and_then(|time| day::of_start(time.start.as_deref()?))
                .or(published)
                .map(day::number)
        };
        for (n, statement) in (0_i64..).zip(&record.statements) {
            self.statement(db, doc, n, statement, day_of(statement.said_at))?;
        }
        for (n, event) in (0_i64..).zip(&record.events) {
            self.event(db, doc, n, event, day_of(event.when))?;
        }
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
        db.prepare_cached(
            "INSERT INTO _documents (doc, key, reader, id, source, url, title, byline, outlet, published, published_from,
               language, origin, errors, blocks, sentences, entities, mentions, times)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
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
            document.origin.as_ref().and_then(|origin| serde_json::to_string(origin).ok()),
            json_list(&record.errors),
            lists.blocks,
            lists.sentences,
            lists.entities,
            lists.mentions,
            lists.times,
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

    /// The rows of the record's entities, each beside its number in the record.
    fn entities(&mut self, db: &Connection, entities: &[Entity]) -> Result<Vec<(EntityId, i64)>> {
        entities.iter().map(|entity| Ok((entity.id, self.entity(db, entity)?))).collect()
    }

    fn entity(&mut self, db: &Connection, entity: &Entity) -> Result<i64> {
        let kind = self.terms.intern_name(db, entity.kind)?;
        let country = self.term(db, entity.country.as_deref())?;
        let role = self.term(db, entity.role.as_deref())?;
        let mut sectors = Vec::with_capacity(entity.sectors.len());
        for sector in &entity.sectors {
            sectors.push(self.terms.intern(db, sector)?);
        }
        let hash = entity_hash(entity);
        let known = db
            .prepare_cached("SELECT entity FROM _entities WHERE hash = ?1")?
            .query_row([hash], |row| row.get(0))
            .optional()?;
        if let Some(row) = known {
            return Ok(row);
        }
        let others: BTreeMap<&String, &String> =
            entity.names.iter().filter(|(code, _)| *code != "en" && *code != "ar").collect();
        let others = (!others.is_empty()).then(|| serde_json::to_string(&others).ok()).flatten();
        db.prepare_cached(
            "INSERT INTO _entities (hash, kind, en, ar, names, country, sectors, role, wikidata, geonames, lat, lon)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            hash,
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
        for mention in &record.mentions {
            let form = self.terms.intern_name(db, mention.form)?;
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

    fn amounts(
        &mut self,
        db: &Connection,
        doc: i64,
        record: &Record<CodePointRange>,
    ) -> Result<()> {
        for (n, amount) in (0_i64..).zip(&record.amounts) {
            let kind = self.terms.intern(db, &amount.kind)?;
            let unit = self.term(db, amount.unit.as_deref())?;
            let bound = self.terms.intern_name(db, amount.bound)?;
            let of = self.term(db, amount.of.as_deref())?;
            let (start, length) = place(amount.span);
            db.prepare_cached("INSERT INTO _amounts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
                .execute(params![
                    row_of(doc, n),
                    start,
                    length,
                    kind,
                    amount.value,
                    amount.high,
                    unit,
                    bound,
                    of
                ])?;
        }
        Ok(())
    }

    fn statement(
        &mut self,
        db: &Connection,
        doc: i64,
        n: i64,
        statement: &Statement<CodePointRange>,
        day: Option<i64>,
    ) -> Result<()> {
        let terms = &mut self.terms;
        let source = pack::pack_parties(&statement.source, |word| terms.intern(db, word))?;
        let addressee = pack::pack_parties(&statement.addressee, |word| terms.intern(db, word))?;
        let cue = statement.cue.as_ref();
        let lemma = cue.map(|cue| terms.intern(db, &cue.lemma)).transpose()?;
        let act = cue.map(|cue| terms.intern(db, &cue.act)).transpose()?;
        let content = statement.content.iter().flat_map(|span| [span.0, span.1]).map(i64::from);
        let medium = match &statement.medium {
            Some(medium) => pack::join([
                i64::from(medium.span.0),
                i64::from(medium.span.1),
                terms.intern(db, &medium.kind)?,
            ]),
            None => None,
        };
        let manner = terms.intern_name(db, statement.manner)?;
        let kind = terms.intern_name(db, statement.kind)?;
        let stance = terms.intern_name(db, statement.stance)?;
        let rule = terms.intern(db, &statement.rule)?;
        db.prepare_cached(
            "INSERT INTO _statements (row, id, source, cue_start, cue_length, lemma, act, content, manner, kind, stance,
               addressee, medium, within, chain, answers, said_at, day, rule)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?
        .execute(params![
            row_of(doc, n),
            statement.id.0,
            source,
            cue.map(|cue| place(cue.span).0),
            cue.map(|cue| place(cue.span).1),
            lemma,
            act,
            pack::join(content),
            manner,
            kind,
            stance,
            addressee,
            medium,
            statement.within.map(|id| id.0),
            pack::join(statement.chain.iter().map(|id| i64::from(id.0))),
            statement.answers.map(|id| id.0),
            statement.said_at,
            day,
            rule,
        ])?;
        Ok(())
    }

    fn event(
        &mut self,
        db: &Connection,
        doc: i64,
        n: i64,
        event: &Event<CodePointRange>,
        day: Option<i64>,
    ) -> Result<()> {
        let terms = &mut self.terms;
        let kind = terms.intern(db, &event.kind)?;
        let mut word = |word: &str| terms.intern(db, word);
        let mode = event.mode.as_deref().map(&mut word).transpose()?;
        let cameo = event.cameo.as_deref().map(&mut word).transpose()?;
        let mut contexts = Vec::with_capacity(event.contexts.len());
        for context in &event.contexts {
            contexts.push(word(context)?);
        }
        let actors = pack::pack_parties(&event.actors, &mut word)?;
        let recipients = pack::pack_parties(&event.recipients, &mut word)?;
        let rule = word(&event.rule)?;
        let status = word(&terms::name(event.status))?;
        let (trigger_start, trigger_length) = place(event.trigger);
        let (start, length) = place(event.span);
        db.prepare_cached(
            "INSERT INTO _events (row, id, type, mode, contexts, cameo, trigger_start, trigger_length, start, length,
               actors, recipients, status, time, place, according_to, amounts, day, rule)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?
        .execute(params![
            row_of(doc, n),
            event.id.0,
            kind,
            mode,
            pack::join(contexts),
            cameo,
            trigger_start,
            trigger_length,
            start,
            length,
            actors,
            recipients,
            status,
            event.when,
            event.place.map(|id| id.0),
            event.according_to.map(|id| id.0),
            pack::join(event.amounts.iter().copied().map(i64::from)),
            day,
            rule,
        ])?;
        Ok(())
    }
}

/// The packed columns of a document.
struct Lists {
    sentences: Option<String>,
    entities: Option<String>,
    mentions: Option<String>,
    times: Option<String>,
    blocks: Option<String>,
}

/// More than the rows that a document can have in one table: no text that is read is so long that it has so many words.
pub(crate) const ROWS: i64 = 1 << 26;

/// The number of a document's row in the tables of `rows.sql`.
pub(crate) fn row_of(doc: i64, n: i64) -> i64 {
    debug_assert!(n < ROWS, "a document of more than {ROWS} rows");
    doc * ROWS + n
}

fn place(span: CodePointRange) -> (u32, u32) {
    (span.0, span.1 - span.0)
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
    for table in ["_amounts", "_statements", "_events"] {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE row BETWEEN ?1 AND ?2"))?
            .execute([row_of(doc, 0), row_of(doc, ROWS - 1)])?;
    }
    db.prepare_cached("DELETE FROM _search WHERE rowid = ?1")?.execute([doc])?;
    Ok(())
}

/// Takes out what is known of an entity when no document says it any more.
fn remove_unused_entity(db: &Connection, entity: i64) -> Result<()> {
    let used = db
        .prepare_cached("SELECT 1 FROM _search_terms WHERE term = ?1 LIMIT 1")?
        .exists([search::entity_term(entity)])?;
    if !used {
        db.prepare_cached("DELETE FROM _entities WHERE entity = ?1")?.execute([entity])?;
    }
    Ok(())
}
