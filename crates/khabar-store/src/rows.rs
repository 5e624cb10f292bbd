//! Statements, events and sentences as rows: one shape for all that commands print and programs take.

use std::collections::BTreeMap;

use jiff::civil::Date;
use khabar_record::{
    Entity, EntityId, Event, Party, Record, Stance, Statement, StatementId, StatementKind, Status,
    TextRange,
};
use serde::Serialize;

use crate::read::StoredDocument;
use crate::search::{Hit, Passage, PassageKind};
use crate::{day, terms};

/// One thing that a document says, with the words it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The document's key and, behind a slash, the statement's or event's identifier.
    pub id: String,
    /// Whether it is a statement, an event or a sentence.
    pub kind: RowKind,
    /// The day it was said or happened, as far as the text tells, else the day of publication.
    pub day: Option<Date>,
    /// The speakers or actors.
    pub who: Vec<String>,
    /// The stance of a statement; the type of an event, with its mode behind a slash.
    pub what: String,
    /// The addressees or recipients.
    pub whom: Vec<String>,
    /// Whether an event happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Where an event happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who says that it happened; through whom a statement came.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub according_to: Vec<String>,
    /// The claim that a statement answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// The happening that an event reports, once stories were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub happening: Option<String>,
    /// The content of a statement, the clause of an event, the sentence.
    pub words: String,
    /// Where the words stand in the document's text, in code points.
    pub span: [u32; 2],
    /// What was searched for, in code points of the document's text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<[u32; 2]>,
    /// The rule that found it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// The document that says it.
    #[serde(flatten)]
    pub head: DocumentHead,
}

/// What is said of a document wherever it is named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentHead {
    /// Its key.
    pub document: String,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// The language it is written in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Its address, else the path it was read from.
    pub source: String,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// Somebody says something.
    Statement,
    /// Somebody does something.
    Event,
    /// A sentence of the text.
    Text,
}

/// A document at hand, from which rows are made.
pub(crate) struct Rows<'d> {
    pub(crate) stored: &'d StoredDocument,
    entities: BTreeMap<EntityId, &'d Entity>,
    key: String,
}

impl<'d> Rows<'d> {
    pub(crate) fn new(stored: &'d StoredDocument) -> Self {
        let entities = stored.record.entities.iter().map(|entity| (entity.id, entity)).collect();
        Self { stored, entities, key: stored.key.to_string() }
    }

    fn record(&self) -> &'d Record {
        &self.stored.record
    }

    pub(crate) fn entity(&self, id: EntityId) -> Option<&'d Entity> {
        self.entities.get(&id).copied()
    }

    /// The row of a statement.
    pub(crate) fn statement(&self, statement: &Statement) -> Row {
        let text = &self.record().document.text;
        let words: Vec<String> =
            statement.content.iter().map(|&span| one_line(&text[span])).collect();
        let span = statement.content.iter().copied().reduce(TextRange::cover);
        let span = span.or(statement.cue.as_ref().map(|cue| cue.span)).unwrap_or_default();
        let mut what = terms::name(statement.stance);
        if statement.kind == StatementKind::Attitude && statement.stance == Stance::Asserts {
            "thinks".clone_into(&mut what);
        }
        let carriers = statement
            .chain
            .iter()
            .filter(|id| !statement.source.iter().any(|party| party.entity == Some(**id)));
        Row {
            id: format!("{}/{}", self.key, statement.id),
            kind: RowKind::Statement,
            day: self.day(statement.said_at),
            who: self.parties(&statement.source),
            what,
            whom: self.parties(&statement.addressee),
            according_to: carriers.map(|&id| self.name(id)).collect(),
            answers: statement.answers.map(|id| format!("{}/{id}", self.key)),
            words: words.join(" … "),
            rule: statement.rule.clone(),
            ..self.blank(span)
        }
    }

    /// The row of an event.
    pub(crate) fn event(&self, event: &Event) -> Row {
        let what = match &event.mode {
            Some(mode) => format!("{}/{mode}", event.kind),
            None => event.kind.clone(),
        };
        let carrier = event.according_to.and_then(|id| self.statement_of(id));
        Row {
            id: format!("{}/{}", self.key, event.id),
            kind: RowKind::Event,
            day: self.day(event.when),
            who: self.parties(&event.actors),
            what,
            whom: self.parties(&event.recipients),
            status: Some(event.status),
            place: event.place.map(|id| self.name(id)),
            according_to: carrier.map(|it| self.parties(&it.source)).unwrap_or_default(),
            happening: self.stored.happenings.get(&event.id).cloned(),
            words: one_line(&self.record().document.text[event.span]),
            rule: event.rule.clone(),
            ..self.blank(event.span)
        }
    }

    /// The row of a passage that a search found.
    pub(crate) fn passage(&self, passage: &Passage) -> Row {
        let record = self.record();
        let found = match passage.kind {
            PassageKind::Statement(id) => self.statement_of(id).map(|it| self.statement(it)),
            PassageKind::Event(id) => {
                record.events.iter().find(|event| event.id == id).map(|event| self.event(event))
            }
            PassageKind::Text => None,
        };
        let row = found.unwrap_or_else(|| Row {
            words: one_line(&record.document.text[passage.span]),
            ..self.blank(passage.span)
        });
        Row { marks: passage.marks.iter().map(|&mark| self.code_points(mark)).collect(), ..row }
    }

    /// The row of the sentence that a span lies in.
    pub(crate) fn sentence(&self, span: TextRange) -> Row {
        let record = self.record();
        let around = record.sentences.iter().find(|range| range.contains_range(span));
        let around = around.copied().unwrap_or(span);
        Row { words: one_line(&record.document.text[around]), ..self.blank(around) }
    }

    pub(crate) fn statement_of(&self, id: StatementId) -> Option<&'d Statement> {
        self.record().statements.iter().find(|statement| statement.id == id)
    }

    /// A row with nothing but its place and its document.
    fn blank(&self, span: TextRange) -> Row {
        let document = &self.record().document;
        Row {
            id: self.key.clone(),
            kind: RowKind::Text,
            day: document.published,
            who: Vec::new(),
            what: String::new(),
            whom: Vec::new(),
            status: None,
            place: None,
            according_to: Vec::new(),
            answers: None,
            happening: None,
            words: String::new(),
            span: self.code_points(span),
            marks: Vec::new(),
            rule: String::new(),
            head: DocumentHead {
                document: self.key.clone(),
                title: document.title.clone(),
                outlet: document.outlet.clone(),
                published: document.published,
                language: document.language.clone(),
                source: document.url.clone().unwrap_or_else(|| document.source.clone()),
            },
        }
    }

    fn day(&self, time: Option<u32>) -> Option<Date> {
        time.and_then(|index| self.record().times.get(index as usize))
            .and_then(|time| day::of_start(time.start.as_deref()?))
            .or(self.record().document.published)
    }

    fn code_points(&self, span: TextRange) -> [u32; 2] {
        let text = &self.record().document.text;
        let start = text[..span.start().to_usize()].chars().count() as u32;
        [start, start + text[span].chars().count() as u32]
    }

    /// Parties by name, else by the words that stand for them.
    fn parties(&self, parties: &[Party]) -> Vec<String> {
        parties
            .iter()
            .filter_map(|party| match (party.entity, party.span) {
                (Some(id), _) => Some(self.name(id)),
                (None, Some(span)) => Some(one_line(&self.record().document.text[span])),
                (None, None) => party.country.clone().or_else(|| party.sector.clone()),
            })
            .collect()
    }

    /// The name of an entity in the document's language, else in any, else the words that stand for it.
    fn name(&self, id: EntityId) -> String {
        let Some(entity) = self.entity(id) else { return id.to_string() };
        let language = self.record().document.language.as_deref().unwrap_or("en");
        let name = entity.names.get(language).or_else(|| entity.names.values().next());
        name.cloned()
            .or_else(|| {
                let mention = self.record().mentions.iter().find(|mention| mention.entity == id)?;
                Some(one_line(&self.record().document.text[mention.span]))
            })
            .or_else(|| entity.role.clone())
            .unwrap_or_else(|| id.to_string())
    }
}

impl Hit {
    /// The passages as rows.
    pub fn rows(&self) -> Vec<Row> {
        let rows = Rows::new(&self.document);
        self.passages.iter().map(|passage| rows.passage(passage)).collect()
    }
}

impl StoredDocument {
    /// The row of one of the document's statements (`s3`) or events (`v1`).
    pub fn row(&self, id: &str) -> Option<Row> {
        let rows = Rows::new(self);
        if let Ok(id) = id.parse::<StatementId>() {
            return rows.statement_of(id).map(|statement| rows.statement(statement));
        }
        let id = id.parse().ok()?;
        self.record.events.iter().find(|event| event.id == id).map(|event| rows.event(event))
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
