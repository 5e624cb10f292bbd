//! From candidates to what is shown: documents with the places that answer.

use std::collections::BTreeMap;

use khabar_record::{
    Entity, EntityId, Event, EventId, Party, Record, Statement, StatementId, TextRange,
};

use crate::error::StoreErrorKind;
use crate::filter::Filter;
use crate::read::{Loader, StoredDocument};

use super::candidates::{self, Scored, allowed};
use super::names::Named;
use super::query::Query;
use super::snippet;

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// A document that answers a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The document with all that was read in it.
    pub document: StoredDocument,
    /// How well it fits; 0 when no words were asked for.
    pub score: f32,
    /// Where it answers: sentences, or the statements or events that were asked for.
    pub passages: Vec<Passage>,
}

/// A place in a document that answers a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What stands there.
    pub kind: PassageKind,
    /// The words, in the document's text.
    pub span: TextRange,
    /// The words that were searched for, in the document's text.
    pub marks: Vec<TextRange>,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// A sentence, or as much of it as is shown.
    Text,
    /// The content of a statement.
    Statement(StatementId),
    /// The clause of an event.
    Event(EventId),
}

/// Sentences that are shown of a document.
const SENTENCES: usize = 2;

/// Finds the documents that a filter means, the best first and among equals the newest.
pub(crate) fn search(db: &rusqlite::Connection, filter: &Filter, limit: usize) -> Result<Vec<Hit>> {
    let query = Query::parse(&filter.words);
    if query.is_empty() && !filter.words.trim().is_empty() {
        // Nothing but common words: no document is more of an answer than another.
        return Ok(Vec::new());
    }
    let mut hits = Vec::new();
    let mut loader = Loader::new(db);
    let wishes = Wishes::new(filter);
    for (score, docs) in buckets(scored(db, filter, &query)?) {
        let mut need = limit - hits.len();
        let mut done = 0;
        // More of the bucket are put in order when the first were no answers after all.
        loop {
            let ordered = candidates::newest(db, &docs, need)?;
            for &doc in &ordered[done..] {
                let document = loader.document(doc)?;
                if let Some(passages) = wishes.passages(&document.record, &query) {
                    hits.push(Hit { document, score, passages });
                    if hits.len() == limit {
                        return Ok(hits);
                    }
                }
            }
            done = ordered.len();
            if done >= docs.len() {
                break;
            }
            need = done * 4;
        }
    }
    Ok(hits)
}

fn scored(db: &rusqlite::Connection, filter: &Filter, query: &Query) -> Result<Vec<Scored>> {
    let allowed = allowed(db, filter)?;
    if query.is_empty() {
        let docs = match allowed {
            Some(docs) => docs,
            None => db
                .prepare_cached("SELECT doc FROM _documents ORDER BY doc")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
        };
        return Ok(docs.into_iter().map(|doc| (doc, 0.0)).collect());
    }
    let mut scored = candidates::score(db, query)?;
    if let Some(allowed) = allowed {
        scored.retain(|(doc, _)| allowed.binary_search(doc).is_ok());
    }
    Ok(scored)
}

/// The documents that hold all words of a query, by number.
pub(crate) fn holding(db: &rusqlite::Connection, query: &Query) -> Result<Vec<i64>> {
    Ok(candidates::score(db, query)?.into_iter().map(|(doc, _)| doc).collect())
}

/// The documents that a filter means, by number.
pub(crate) fn matching(
    db: &rusqlite::Connection,
    loader: &mut Loader<'_>,
    filter: &Filter,
) -> Result<Vec<i64>> {
    let query = Query::parse(&filter.words);
    let wishes = Wishes::new(filter);
    let mut found = Vec::new();
    for (doc, _) in scored(db, filter, &query)? {
        // What asks for days, outlets and languages alone is answered without looking at the document.
        let known = query.is_empty() && wishes.are_empty();
        if known || wishes.passages(&loader.document(doc)?.record, &query).is_some() {
            found.push(doc);
        }
    }
    Ok(found)
}

/// Goes through the events that a filter means, document by document in the order of their keys.
pub(crate) fn answers(
    db: &rusqlite::Connection,
    loader: &mut Loader<'_>,
    filter: &Filter,
    mut take: impl FnMut(&StoredDocument, &[Passage]),
) -> Result<()> {
    let query = Query::parse(&filter.words);
    let wishes = Wishes::new(filter).of_events_only();
    for (doc, _) in scored(db, filter, &query)? {
        let document = loader.document(doc)?;
        if let Some(passages) = wishes.passages(&document.record, &query) {
            take(&document, &passages);
        }
    }
    Ok(())
}

/// Documents of the same score together, the best first; the documents of each by number.
fn buckets(mut scored: Vec<Scored>) -> Vec<(f32, Vec<i64>)> {
    scored.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    scored
        .chunk_by(|a, b| a.1.total_cmp(&b.1).is_eq())
        .map(|bucket| (bucket[0].1, bucket.iter().map(|(doc, _)| *doc).collect()))
        .collect()
}

/// What is wished of statements and events.
#[derive(Debug)]
pub(crate) struct Wishes {
    speaker: Option<Named>,
    about: Option<Named>,
    actor: Option<Named>,
    country: Option<String>,
    event: Option<(String, Option<String>)>,
    events_only: bool,
}

impl Wishes {
    pub(crate) fn new(filter: &Filter) -> Self {
        let named = |name: &Option<String>| name.as_deref().map(Named::new);
        Self {
            speaker: named(&filter.speaker),
            about: named(&filter.about),
            actor: named(&filter.actor),
            country: filter.country.clone(),
            event: filter.event.as_ref().map(|event| match event.split_once('/') {
                Some((kind, mode)) => (kind.to_owned(), Some(mode.to_owned())),
                None => (event.clone(), None),
            }),
            events_only: false,
        }
    }

    pub(crate) fn are_empty(&self) -> bool {
        !self.of_statements() && !self.of_events() && self.country.is_none()
    }

    /// The same wishes of events, and of nothing else.
    fn of_events_only(self) -> Self {
        Self { events_only: true, ..self }
    }

    /// Whether a statement is by the right one, of the right one.
    pub(crate) fn wants(&self, record: &Record, statement: &Statement) -> bool {
        Cast::new(record, &[], 0).wanted_statement(statement, self)
    }

    /// Whether events are asked for, rather than texts or statements.
    fn of_events(&self) -> bool {
        self.actor.is_some() || self.event.is_some() || self.events_only
    }

    fn of_statements(&self) -> bool {
        self.speaker.is_some() || self.about.is_some()
    }

    /// Where a record answers; `None` when it does not.
    pub(crate) fn passages(&self, record: &Record, query: &Query) -> Option<Vec<Passage>> {
        if !snippet::holds_phrases(record, query) {
            return None;
        }
        let places = if query.is_empty() { Vec::new() } else { snippet::places(record, query) };
        let cast = Cast::new(record, &places, query.words.len());
        let passages = match (self.of_statements(), self.of_events()) {
            (false, false) if self.country.is_none() => cast.sentences(),
            (true, false) => cast.statements(self),
            (true, true) => cast.events(self, Some(&cast.statement_ids(self))),
            // A country alone may speak or act.
            (false, false) => {
                let mut all = cast.events(self, None);
                all.extend(cast.statements(self));
                all.sort_by_key(|passage| passage.span.start());
                all
            }
            (false, true) => cast.events(self, None),
        };
        (!passages.is_empty()).then_some(passages)
    }
}

/// A record with its entities at hand.
struct Cast<'r> {
    record: &'r Record,
    entities: BTreeMap<EntityId, &'r Entity>,
    places: &'r [(TextRange, usize)],
    words: usize,
}

impl<'r> Cast<'r> {
    fn new(record: &'r Record, places: &'r [(TextRange, usize)], words: usize) -> Self {
        let entities = record.entities.iter().map(|entity| (entity.id, entity)).collect();
        Self { record, entities, places, words }
    }

    fn is(&self, id: Option<EntityId>, named: &Named) -> bool {
        id.and_then(|id| self.entities.get(&id)).is_some_and(|entity| named.is(entity))
    }

    fn of_country(&self, party: &Party, country: &str) -> bool {
        let own = || self.entities.get(&party.entity?)?.country.as_deref();
        party.country.as_deref().or_else(own).is_some_and(|code| code.eq_ignore_ascii_case(country))
    }

    fn sentences(&self) -> Vec<Passage> {
        snippet::sentences(self.record, self.places, SENTENCES)
            .into_iter()
            .map(|(span, marks)| Passage { kind: PassageKind::Text, span, marks })
            .collect()
    }

    /// The passage at some spans, when all words of the query stand in them.
    fn passage(&self, kind: PassageKind, spans: &[TextRange]) -> Option<Passage> {
        let span = spans.iter().copied().reduce(TextRange::cover)?;
        let inside: Vec<&(TextRange, usize)> = self
            .places
            .iter()
            .filter(|(range, _)| spans.iter().any(|span| span.contains_range(*range)))
            .collect();
        let all = (0..self.words).all(|word| inside.iter().any(|(_, found)| *found == word));
        let marks = inside.iter().map(|(range, _)| *range).collect();
        all.then_some(Passage { kind, span, marks })
    }

    fn statements(&self, wishes: &Wishes) -> Vec<Passage> {
        self.record
            .statements
            .iter()
            .filter(|statement| self.wanted_statement(statement, wishes))
            .filter_map(|statement| {
                self.passage(PassageKind::Statement(statement.id), &statement.content)
            })
            .collect()
    }

    fn statement_ids(&self, wishes: &Wishes) -> Vec<StatementId> {
        self.record
            .statements
            .iter()
            .filter(|statement| self.wanted_speech(statement, wishes))
            .map(|statement| statement.id)
            .collect()
    }

    fn wanted_statement(&self, statement: &Statement, wishes: &Wishes) -> bool {
        self.wanted_speech(statement, wishes)
            && wishes.country.as_ref().is_none_or(|country| {
                statement.source.iter().any(|party| self.of_country(party, country))
            })
    }

    /// Whether the right one says it, of the right one.
    fn wanted_speech(&self, statement: &Statement, wishes: &Wishes) -> bool {
        let speaker = wishes
            .speaker
            .as_ref()
            .is_none_or(|named| statement.source.iter().any(|party| self.is(party.entity, named)));
        let about = wishes.about.as_ref().is_none_or(|named| {
            self.record.mentions.iter().any(|mention| {
                statement.content.iter().any(|span| span.contains_range(mention.span))
                    && self.is(Some(mention.entity), named)
            })
        });
        speaker && about
    }

    fn events(&self, wishes: &Wishes, within: Option<&[StatementId]>) -> Vec<Passage> {
        self.record
            .events
            .iter()
            .filter(|event| {
                within.is_none_or(|ids| event.according_to.is_some_and(|id| ids.contains(&id)))
            })
            .filter(|event| self.wanted_event(event, wishes))
            .filter_map(|event| self.passage(PassageKind::Event(event.id), &[event.span]))
            .collect()
    }

    fn wanted_event(&self, event: &Event, wishes: &Wishes) -> bool {
        let parties = || event.actors.iter().chain(&event.recipients);
        let kind = wishes.event.as_ref().is_none_or(|(kind, mode)| {
            event.kind.eq_ignore_ascii_case(kind)
                && mode.as_ref().is_none_or(|mode| {
                    event.mode.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(mode))
                })
        });
        let actor = wishes
            .actor
            .as_ref()
            .is_none_or(|named| parties().any(|party| self.is(party.entity, named)));
        let place = Party { entity: event.place, span: None, country: None, sector: None };
        let country = wishes.country.as_ref().is_none_or(|country| {
            parties().chain([&place]).any(|party| self.of_country(party, country))
        });
        kind && actor && country
    }
}
