//! Rows with anchors made into a record, so that scoring compares like with like.
//!
//! A row that does not fit is left out of the record and told as a fault; the rest goes on, so that one run tells all faults.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use khabar_record::{
    Amount, Cue, Document, Entity, EntityId, Event, EventId, Medium, Mention, MentionForm, Party,
    Record, Statement, StatementId, TextRange, Time,
};

use super::anchor::resolve;
use super::file::{AmountRow, EntityRow, EventRow, Layers, StatementRow, TimeRow};
use super::plover::Codes;

/// An annotation compiled to offsets.
#[derive(Debug)]
pub(crate) struct Gold {
    /// The annotation as a record. Identifiers count the rows of the file.
    pub(crate) record: Record,
    /// The identifiers that the file gives, in the order of the record's.
    pub(crate) entity_names: Vec<String>,
    /// The same for statements.
    pub(crate) statement_names: Vec<String>,
    /// The same for events.
    pub(crate) event_names: Vec<String>,
    /// The happening of each event.
    pub(crate) happenings: Vec<Option<String>>,
    /// Statements that answer one of another article, as `article/statement`.
    pub(crate) answers_elsewhere: Vec<(StatementId, String)>,
}

/// Takes what does not fit: the row it is in, and why.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(String, String);

/// Compiles `layers` over the text of `document`.
pub(crate) fn compile(document: Document, layers: &Layers, sink: Sink<'_>) -> Gold {
    let mut compiler = Compiler {
        entities: index(layers.entities.iter().map(|row| row.id.as_str()), "entity", sink),
        statements: index(layers.statements.iter().map(|row| row.id.as_str()), "statement", sink),
        times: Vec::new(),
        amounts: Vec::new(),
        text: document.text.clone(),
        answers_elsewhere: Vec::new(),
        sink,
    };
    index(layers.events.iter().map(|row| row.id.as_str()), "event", compiler.sink);
    let mut record = Record::new(document);
    record.entities = numbered(&layers.entities).map(|(n, row)| compiler.entity(n, row)).collect();
    record.mentions = compiler.mentions(&layers.entities);
    record.times = compiler.times(&layers.times);
    record.amounts = compiler.amounts(&layers.amounts);
    record.statements =
        numbered(&layers.statements).map(|(n, row)| compiler.statement(n, row)).collect();
    compiler.refuse_cycles(layers, &record);
    record.events =
        numbered(&layers.events).filter_map(|(n, row)| compiler.event(n, row)).collect();
    Gold {
        record,
        entity_names: layers.entities.iter().map(|row| row.id.clone()).collect(),
        statement_names: layers.statements.iter().map(|row| row.id.clone()).collect(),
        event_names: layers.events.iter().map(|row| row.id.clone()).collect(),
        happenings: layers.events.iter().map(|row| row.happening.clone()).collect(),
        answers_elsewhere: compiler.answers_elsewhere,
    }
}

fn numbered<T>(rows: &[T]) -> impl Iterator<Item = (u32, &T)> {
    (1..).zip(rows)
}

fn index<'r>(
    ids: impl Iterator<Item = &'r str>,
    what: &str,
    sink: Sink<'_>,
) -> BTreeMap<&'r str, u32> {
    let mut places = BTreeMap::new();
    for (n, id) in (1..).zip(ids) {
        if places.insert(id, n).is_some() {
            sink(format!("{what} {id}"), "the id stands twice".into());
        }
    }
    places
}

struct Compiler<'a> {
    text: String,
    entities: BTreeMap<&'a str, u32>,
    statements: BTreeMap<&'a str, u32>,
    times: Vec<TextRange>,
    amounts: Vec<TextRange>,
    answers_elsewhere: Vec<(StatementId, String)>,
    sink: Sink<'a>,
}

impl Compiler<'_> {
    fn fault(&mut self, place: impl Display, what: impl Display) {
        (self.sink)(place.to_string(), what.to_string());
    }

    fn anchor(&mut self, place: &str, anchor: &str) -> Option<TextRange> {
        resolve(&self.text, anchor).map_err(|fault| self.fault(place, fault)).ok()
    }

    fn entity_id(&mut self, place: &str, id: &str) -> Option<EntityId> {
        let found = self.entities.get(id).copied();
        if found.is_none() {
            self.fault(place, format!("no entity {id:?}"));
        }
        found.map(EntityId)
    }

    fn statement_id(&mut self, place: &str, id: &str) -> Option<StatementId> {
        let found = self.statements.get(id).copied();
        if found.is_none() {
            self.fault(place, format!("no statement {id:?}"));
        }
        found.map(StatementId)
    }

    fn entity(&mut self, n: u32, row: &EntityRow) -> Entity {
        let place = format!("entity {}", row.id);
        if let Some(country) = &row.country
            && khabar_atlas::state(country).is_none()
        {
            self.fault(&place, format!("unknown country {country:?}"));
        }
        for sector in row.sectors.iter().filter(|sector| !Codes::get().is_sector(sector)) {
            self.fault(&place, format!("unknown sector {sector:?}"));
        }
        for language in row.names.keys().filter(|code| !matches!(code.as_str(), "ar" | "en")) {
            self.fault(&place, format!("a name in an unknown language {language:?}"));
        }
        Entity {
            id: EntityId(n),
            kind: row.kind,
            names: row.names.clone(),
            country: row.country.clone(),
            sectors: row.sectors.clone(),
            role: row.role.clone(),
            wikidata: None,
            geonames: None,
            lat: None,
            lon: None,
        }
    }

    fn mentions(&mut self, rows: &[EntityRow]) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for (n, row) in numbered(rows) {
            let mut seen = BTreeSet::new();
            let forms = [
                (&row.name, MentionForm::Name, "name"),
                (&row.nominal, MentionForm::Nominal, "nominal"),
                (&row.pronoun, MentionForm::Pronoun, "pronoun"),
                (&row.implicit, MentionForm::Implicit, "implicit"),
            ];
            for (anchors, form, what) in forms {
                for anchor in anchors {
                    let place = format!("entity {} {what}", row.id);
                    let Some(span) = self.anchor(&place, anchor) else {
                        continue;
                    };
                    if seen.insert(span) {
                        mentions.push(Mention { entity: EntityId(n), span, form });
                    } else {
                        self.fault(&place, format!("{anchor:?} names a span that stands already"));
                    }
                }
            }
        }
        mentions.sort_by_key(|mention| (mention.span, mention.entity, mention.form));
        mentions
    }

    fn times(&mut self, rows: &[TimeRow]) -> Vec<Time> {
        let mut times: Vec<Time> = rows
            .iter()
            .filter_map(|row| {
                let span = self.anchor("time", &row.at)?;
                Some(Time {
                    span,
                    kind: row.kind,
                    value: row.value.clone(),
                    start: row.start.clone(),
                    end: row.end.clone(),
                    anchor: None,
                })
            })
            .collect();
        times.sort_by_key(|time| time.span);
        self.times = times.iter().map(|time| time.span).collect();
        self.refuse_doubles("time", &self.times.clone());
        times
    }

    fn amounts(&mut self, rows: &[AmountRow]) -> Vec<Amount> {
        let mut amounts: Vec<Amount> = rows
            .iter()
            .filter_map(|row| {
                let span = self.anchor("amount", &row.at)?;
                Some(Amount {
                    span,
                    kind: row.kind.clone(),
                    value: row.value,
                    high: row.high,
                    unit: row.unit.clone(),
                    bound: row.bound,
                    of: row.of.clone(),
                })
            })
            .collect();
        amounts.sort_by_key(|amount| amount.span);
        self.amounts = amounts.iter().map(|amount| amount.span).collect();
        self.refuse_doubles("amount", &self.amounts.clone());
        amounts
    }

    fn refuse_doubles(&mut self, place: &str, sorted: &[TextRange]) {
        for pair in sorted.windows(2).filter(|pair| pair[0] == pair[1]) {
            let words = self.text[pair[0]].to_owned();
            self.fault(place, format!("{words:?} stands twice"));
        }
    }

    fn time_index(&mut self, place: &str, anchor: &str) -> Option<u32> {
        let span = self.anchor(place, anchor)?;
        let found = self.times.iter().position(|&time| time == span);
        if found.is_none() {
            self.fault(place, format!("{anchor:?} is the anchor of no time"));
        }
        found.map(|n| n as u32)
    }

    /// Reads `entity: anchor`, `entity`, or `: anchor` for a source that is no entity.
    fn party(&mut self, place: &str, text: &str) -> Option<Party> {
        let (entity, anchor) = match text.split_once(": ") {
            Some((entity, anchor)) => (entity.trim(), Some(anchor)),
            None => (text.trim(), None),
        };
        let entity = match entity {
            "" => None,
            id => Some(self.entity_id(place, id)?),
        };
        let span = match anchor {
            Some(anchor) => Some(self.anchor(place, anchor)?),
            None => None,
        };
        if entity.is_none() && span.is_none() {
            self.fault(place, "a party without entity and words");
            return None;
        }
        Some(Party { entity, span, country: None, sector: None })
    }

    fn parties(&mut self, place: &str, texts: &[String]) -> Vec<Party> {
        texts.iter().filter_map(|text| self.party(place, text)).collect()
    }

    fn statement(&mut self, n: u32, row: &StatementRow) -> Statement {
        let place = format!("statement {}", row.id);
        let cue = row.cue.as_deref().and_then(|cue| self.anchor(&place, cue)).map(|span| Cue {
            span,
            lemma: self.text[span].to_owned(),
            act: row.act.clone().unwrap_or_default(),
        });
        if cue.is_some() && row.act.is_none() {
            self.fault(&place, "a cue without its act");
        }
        let answers = match row.answers.as_deref() {
            Some(far) if far.contains('/') => {
                self.answers_elsewhere.push((StatementId(n), far.to_owned()));
                None
            }
            Some(near) if near == row.id => {
                self.fault(&place, "it answers itself");
                None
            }
            Some(near) => self.statement_id(&place, near),
            None => None,
        };
        Statement {
            id: StatementId(n),
            source: self.parties(&place, &row.source),
            cue,
            content: row.content.iter().filter_map(|c| self.anchor(&place, c)).collect(),
            manner: row.manner,
            kind: row.kind,
            stance: row.stance,
            addressee: self.parties(&place, &row.addressee),
            medium: row.medium.as_deref().and_then(|medium| self.medium(&place, medium)),
            within: row.within.as_deref().and_then(|id| self.statement_id(&place, id)),
            chain: row.chain.iter().filter_map(|id| self.entity_id(&place, id)).collect(),
            answers,
            said_at: row.said_at.as_deref().and_then(|at| self.time_index(&place, at)),
            rule: "gold".into(),
        }
    }

    fn medium(&mut self, place: &str, text: &str) -> Option<Medium> {
        let Some((anchor, kind)) = text.split_once(" :: ") else {
            self.fault(place, format!("the medium {text:?} has no kind"));
            return None;
        };
        let span = self.anchor(place, anchor)?;
        Some(Medium { span, kind: kind.trim().to_owned() })
    }

    fn refuse_cycles(&mut self, layers: &Layers, record: &Record) {
        let carrier: BTreeMap<StatementId, StatementId> =
            record.statements.iter().filter_map(|s| Some((s.id, s.within?))).collect();
        for (statement, row) in record.statements.iter().zip(&layers.statements) {
            let mut at = statement.id;
            for _ in 0..record.statements.len() {
                let Some(&next) = carrier.get(&at) else { break };
                at = next;
                if at == statement.id {
                    self.fault(format!("statement {}", row.id), "it lies within itself");
                    break;
                }
            }
        }
    }

    fn event(&mut self, n: u32, row: &EventRow) -> Option<Event> {
        let place = format!("event {}", row.id);
        self.codes(&place, row);
        let trigger = self.anchor(&place, &row.trigger)?;
        let amounts = row.amounts.iter().filter_map(|anchor| {
            let span = self.anchor(&place, anchor)?;
            let found = self.amounts.iter().position(|&amount| amount == span);
            if found.is_none() {
                self.fault(&place, format!("{anchor:?} is the anchor of no amount"));
            }
            found.map(|n| n as u32)
        });
        let amounts = amounts.collect();
        Some(Event {
            id: EventId(n),
            kind: row.kind.clone(),
            mode: row.mode.clone(),
            contexts: row.contexts.clone(),
            cameo: None,
            trigger,
            span: trigger,
            actors: self.parties(&place, &row.actors),
            recipients: self.parties(&place, &row.recipients),
            status: row.status,
            when: row.when.as_deref().and_then(|at| self.time_index(&place, at)),
            place: row.place.as_deref().and_then(|id| self.entity_id(&place, id)),
            according_to: row.according_to.as_deref().and_then(|id| self.statement_id(&place, id)),
            amounts,
            rule: "gold".into(),
        })
    }

    fn codes(&mut self, place: &str, row: &EventRow) {
        let codes = Codes::get();
        if !codes.is_type(&row.kind) {
            self.fault(place, format!("unknown type {:?}", row.kind));
        }
        if let Some(mode) = &row.mode
            && !codes.is_mode(&row.kind, mode)
        {
            self.fault(place, format!("{} has no mode {mode:?}", row.kind));
        }
        for context in row.contexts.iter().filter(|context| !codes.is_context(context)) {
            self.fault(place, format!("unknown context {context:?}"));
        }
    }
}
