//! Events by the commonest words of each PLOVER type, with the parties that stand next to them.
//!
//! The actor of an English verb stands before it and the recipient behind it, the other way round in the passive; in Arabic
//! both follow the verb. Parties are mentions of the same sentence; an event without any is dropped.

use khabar_lang::{Analysis, Language, Sentence};
use khabar_record::{
    EntityKind, Event, EventId, Mention, Party, Record, Statement, Status, TextRange,
};

use crate::rules::{Rules, TriggerForm};

pub(crate) fn read(rules: &Rules, analysis: &Analysis, record: &mut Record) {
    let mut events = Vec::new();
    for sentence in analysis.sentences() {
        let words = sentence.word_range();
        let mut index = words.start;
        while index < words.end {
            let Some(found) = rules.triggers.at(analysis, index) else {
                index += 1;
                continue;
            };
            let place = Place { analysis, sentence, trigger: found.range, index, end: found.end };
            events.extend(place.event(record, found.value));
            index = found.end;
        }
    }
    for (event, number) in events.iter_mut().zip(1..) {
        event.id = EventId(number);
    }
    record.events = events;
}

/// A trigger in its sentence.
struct Place<'a> {
    analysis: &'a Analysis,
    sentence: Sentence<'a>,
    trigger: TextRange,
    index: usize,
    end: usize,
}

impl Place<'_> {
    fn event(&self, record: &Record, form: &TriggerForm) -> Option<Event> {
        let clause = self.clause(record);
        let (before, after) = self.parties(record, clause);
        let (actors, recipients) = match self.analysis.language() {
            Language::English if form.noun => (after, Vec::new()),
            Language::English if form.participle && self.is_passive() => (Vec::new(), before),
            Language::English => (before, after),
            Language::Arabic => {
                let mut after = after.into_iter();
                match (form.noun, after.next()) {
                    (false, None) => (before, Vec::new()),
                    (_, actor) => (actor.into_iter().collect(), after.collect()),
                }
            }
        };
        if actors.is_empty() && recipients.is_empty() {
            return None;
        }
        Some(Event {
            id: EventId(0),
            kind: form.kind.clone(),
            mode: form.mode.clone(),
            contexts: Vec::new(),
            cameo: None,
            trigger: self.trigger,
            span: clause,
            actors,
            recipients,
            status: self.status(form),
            when: None,
            place: None,
            according_to: carrier(record, self.trigger).map(|statement| statement.id),
            amounts: Vec::new(),
            rule: form.rule.clone(),
        })
    }

    /// The stretch in which parties are looked for: the content of the statement that carries the event, else what the
    /// sentence holds outside the statements' contents.
    fn clause(&self, record: &Record) -> TextRange {
        let range = self.sentence.range();
        let carried = carrier(record, self.trigger).and_then(|statement| {
            statement.content.iter().find(|part| part.overlaps(self.trigger)).copied()
        });
        carried.and_then(|content| content.intersect(range)).unwrap_or(range)
    }

    /// The nearest party before the trigger, and the nearest two behind it.
    fn parties(&self, record: &Record, clause: TextRange) -> (Vec<Party>, Vec<Party>) {
        let mut near: Vec<&Mention> =
            record.mentions.iter().filter(|mention| clause.contains_range(mention.span)).collect();
        near.sort_by_key(|mention| mention.span);
        let party = |mention: &Mention| {
            let entity = &record.entities[mention.entity.0 as usize - 1];
            Party {
                entity: Some(mention.entity),
                span: Some(mention.span),
                country: entity.country.clone(),
                sector: entity.sectors.first().cloned(),
            }
        };
        let acts = |mention: &&&Mention| {
            // A bare capital is a place unless it is all there is, so it comes last.
            record.entities[mention.entity.0 as usize - 1].kind != EntityKind::Place
        };
        let mut before = near.iter().filter(|mention| mention.span.end() <= self.trigger.start());
        let after = near.iter().filter(|mention| mention.span.start() >= self.trigger.end());
        let before: Vec<Party> = before.rfind(acts).map(|m| party(m)).into_iter().collect();
        let mut after: Vec<Party> = after.filter(acts).take(2).map(|m| party(m)).collect();
        if self.analysis.language() == Language::English {
            after.truncate(1);
        }
        (before, after)
    }

    fn key_before(&self, back: usize) -> &str {
        let start = self.sentence.word_range().start;
        match self.index.checked_sub(back) {
            Some(at) if at >= start => self.analysis.word(at).key(),
            _ => "",
        }
    }

    fn is_passive(&self) -> bool {
        let be = ["was", "were", "been", "being", "are", "is", "be"];
        (1..=2).any(|back| be.contains(&self.key_before(back)))
    }

    fn status(&self, form: &TriggerForm) -> Status {
        let near: Vec<&str> = (1..=3).map(|back| self.key_before(back)).collect();
        let any = |words: &[&str]| near.iter().any(|key| words.contains(key));
        match self.analysis.language() {
            Language::English if any(&["not", "n't", "never", "no"]) => Status::Negated,
            Language::English if any(&["will", "'ll", "shall", "planned", "scheduled"]) => {
                Status::Future
            }
            Language::English if any(&["would", "could", "may", "might", "if", "should"]) => {
                Status::Hypothetical
            }
            Language::Arabic if matches!(near[0], "لم" | "لن" | "لا" | "ما") => {
                Status::Negated
            }
            Language::Arabic if near[0] == "سوف" || self.has_future_prefix(form) => {
                Status::Future
            }
            Language::Arabic if any(&["قد", "ربما", "اذا", "لو"]) && !form.noun => {
                Status::Hypothetical
            }
            _ => Status::Actual,
        }
    }

    fn has_future_prefix(&self, form: &TriggerForm) -> bool {
        let key = self.analysis.word(self.index).key();
        !form.noun && self.end > self.index && (key.starts_with("سي") || key.starts_with("ست"))
    }
}

/// The innermost statement whose content covers `trigger`.
fn carrier(record: &Record, trigger: TextRange) -> Option<&Statement> {
    record
        .statements
        .iter()
        .filter(|statement| statement.content.iter().any(|part| part.contains_range(trigger)))
        .min_by_key(|statement| {
            statement.content.iter().map(|part| part.len().to_u32()).sum::<u32>()
        })
}
