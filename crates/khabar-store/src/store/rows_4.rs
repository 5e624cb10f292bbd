//! From the rows of version 4 to the items of version 5.
//!
//! Statements, events and amounts had a row each; the tables that they stood in are read here once more, document by document,
//! and their lists go to the documents.

use std::sync::Arc;

use khabar_record::{
    Amount, CodePointRange, Cue, EntityId, Event, EventId, Medium, Party, Statement, StatementId,
};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Row};

use crate::error::StoreErrorKind;
use crate::items::{self, Combinations, Words};
use crate::pack;
use crate::terms::Terms;

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// More than the rows that a document had in one table.
const ROWS: i64 = 1 << 26;

/// Fills the documents of version 5 out of the tables of version 4, which stand aside.
pub(super) fn fill(db: &Connection) -> Result<()> {
    let docs: Vec<i64> = db
        .prepare("SELECT doc FROM _old_documents ORDER BY doc")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut insert = db.prepare(
        "INSERT INTO _documents (doc, key, reader, id, source, url, title, byline, outlet, published, published_from,
           language, origin, errors, blocks, sentences, entities, mentions, times, amounts, statements, events)
         SELECT doc, key, reader, id, source, url, title, byline, outlet, published, published_from,
           language, origin, errors, blocks, sentences, entities, mentions, times, ?2, ?3, ?4
         FROM _old_documents WHERE doc = ?1",
    )?;
    let mut reader = Reader { db, terms: Terms::default() };
    let mut combinations = Combinations::default();
    for doc in docs {
        let amounts = reader.amounts(doc)?;
        let statements = reader.statements(doc)?;
        let events = reader.events(doc)?;
        let mut words = Words { db, terms: &mut reader.terms, combinations: &mut combinations };
        insert.execute((
            doc,
            items::pack_amounts(&amounts, &mut words)?,
            items::pack_statements(&statements, &mut words)?,
            items::pack_events(&events, &mut words)?,
        ))?;
    }
    Ok(())
}

/// Reads the rows of version 4.
struct Reader<'c> {
    db: &'c Connection,
    terms: Terms,
}

impl Reader<'_> {
    fn amounts(&mut self, doc: i64) -> Result<Vec<Amount<CodePointRange>>> {
        let mut statement = self.db.prepare_cached(
            "SELECT start, length, kind, value, high, unit, bound, of FROM _old_amounts WHERE row BETWEEN ?1 AND ?2 ORDER BY row",
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
             FROM _old_statements WHERE row BETWEEN ?1 AND ?2 ORDER BY row",
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
             FROM _old_events WHERE row BETWEEN ?1 AND ?2 ORDER BY row",
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
            Some(text) => unpack_parties(&text, |term| self.terms.text(self.db, term)),
            None => Ok(Vec::new()),
        }
    }

    fn word(&mut self, term: Option<i64>) -> Result<Option<String>> {
        let text = term.map(|term| self.terms.text(self.db, term)).transpose()?;
        Ok(text.map(|text| text.to_string()))
    }
}

/// The number of the row of a document's `n`th part.
fn row_of(doc: i64, n: i64) -> i64 {
    doc * ROWS + n
}

fn damaged(what: &str, row: i64) -> StoreErrorKind {
    StoreErrorKind::Damaged(format!("the {what} of row {row}"))
}

fn small(number: i64, what: &str, row: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| damaged(what, row))
}

type Text = Option<Arc<str>>;

fn integers(text: &Text, what: &str, row: i64) -> Result<Vec<i64>> {
    pack::integers(text.as_deref().unwrap_or_default()).ok_or_else(|| damaged(what, row))
}

/// Takes the columns of a row in their order.
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

    /// A start and a length.
    fn span(&mut self) -> rusqlite::Result<Option<CodePointRange>> {
        let (start, length): (Option<u32>, Option<u32>) = (self.next()?, self.next()?);
        let end = |start: u32, length| CodePointRange(start, start.saturating_add(length));
        Ok(start.zip(length).map(|(start, length)| end(start, length)))
    }
}

/// Reads parties: arrays of entity, start, end, country and sector, cut off behind the last that is known.
fn unpack_parties(
    text: &str,
    mut term: impl FnMut(i64) -> Result<Arc<str>, StoreErrorKind>,
) -> Result<Vec<Party<CodePointRange>>, StoreErrorKind> {
    let fault = || StoreErrorKind::Damaged(format!("{text:?} is no list of parties"));
    let mut parties = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (row, after) = first_array(rest).ok_or_else(fault)?;
        rest = after;
        let field = |n: usize| row.get(n).copied().flatten();
        let small = |n: usize| field(n).map(u32::try_from).transpose().map_err(|_| fault());
        let span = small(1)?.zip(small(2)?).map(|(start, end)| CodePointRange(start, end));
        let mut word = |n: usize| field(n).map(&mut term).transpose();
        parties.push(Party {
            entity: small(0)?.map(EntityId),
            span,
            country: word(3)?.map(|text| text.to_string()),
            sector: word(4)?.map(|text| text.to_string()),
        });
    }
    Ok(parties)
}

/// The first array of a list of arrays of at most five numbers or `null`, and what stands behind it.
fn first_array(list: &str) -> Option<([Option<i64>; 5], &str)> {
    let (inside, rest) = list.strip_prefix('[')?.split_once(']')?;
    let mut array = [None; 5];
    for (n, field) in inside.split(',').filter(|_| !inside.is_empty()).enumerate() {
        let known = array.get_mut(n)?;
        if field != "null" {
            *known = Some(field.parse().ok()?);
        }
    }
    match rest.strip_prefix(',') {
        Some(after) => (!after.is_empty()).then_some((array, after)),
        None => rest.is_empty().then_some((array, rest)),
    }
}
