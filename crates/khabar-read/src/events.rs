//! Events by the commonest words of each PLOVER type, with the parties that the tree gives them.
//!
//! The actor of a verb is its subject, or the agent of a passive; the recipient is its object, or the phrase with the
//! preposition that the list names. A noun's actor and recipient stand in its genitives. A party is a noun phrase of the
//! same clause; an event without any is dropped.

use khabar_lang::{Analysis, Deprel, Language, Upos, Word};
use khabar_record::{
    EntityKind, Event, EventId, Mention, Party, Record, Statement, Status, TextRange,
};

use crate::clauses;
use crate::rules::{Rules, TriggerForm};

pub(crate) fn read(rules: &Rules, analysis: &Analysis, record: &mut Record) {
    let mut events = Vec::new();
    let mut index = 0;
    while index < analysis.word_count() {
        let Some(found) = rules.triggers.at(analysis, index) else {
            index += 1;
            continue;
        };
        let trigger =
            Trigger { record, word: analysis.word(index), span: found.range, form: found.value };
        events.extend(trigger.event());
        index = found.end;
    }
    for (event, number) in events.iter_mut().zip(1..) {
        event.id = EventId(number);
    }
    record.events = events;
}

/// A word that names an event, in its sentence.
struct Trigger<'a> {
    record: &'a Record,
    word: Word<'a>,
    span: TextRange,
    form: &'a TriggerForm,
}

impl<'a> Trigger<'a> {
    fn event(&self) -> Option<Event> {
        let fits = match self.word.upos() {
            Upos::Verb => !self.form.noun,
            Upos::Noun => self.form.noun,
            _ => false,
        };
        if !fits {
            return None;
        }
        let (actors, recipients) =
            if self.form.noun { self.noun_sides() } else { self.verb_sides() };
        if actors.is_empty() && recipients.is_empty() {
            return None;
        }
        Some(Event {
            id: EventId(0),
            kind: self.form.kind.clone(),
            mode: self.form.mode.clone(),
            contexts: Vec::new(),
            cameo: None,
            trigger: self.span,
            span: self.word.clause_head().clause_range().cover(self.span),
            actors,
            recipients,
            status: self.status(),
            when: None,
            place: None,
            according_to: carrier(self.record, self.span).map(|statement| statement.id),
            amounts: Vec::new(),
            rule: self.form.rule.clone(),
        })
    }

    fn verb_sides(&self) -> (Vec<Party>, Vec<Party>) {
        let subject = clauses::subject(self.word);
        if clauses::is_passive(self.word) {
            return (self.parties(clauses::agent(self.word)), self.parties(subject));
        }
        let marked = clauses::marked_by(self.word, &self.form.recipient).next();
        let recipient = marked.or_else(|| clauses::object(self.word));
        (self.parties(subject), self.parties(recipient))
    }

    fn noun_sides(&self) -> (Vec<Party>, Vec<Party>) {
        let recipient = clauses::marked_by(self.word, &self.form.recipient).next();
        let actor =
            self.word.children().filter(|child| Some(*child) != recipient).find(
                |child| match child.deprel().universal() {
                    Deprel::Nmod => matches!(
                        clauses::marker(*child),
                        None | Some("by" | "between" | "بين" | "قبل")
                    ),
                    Deprel::Amod | Deprel::Compound => self.mention_at(*child).is_some(),
                    _ => false,
                },
            );
        (self.parties(actor), self.parties(recipient))
    }

    /// The mention whose words hold the head of a phrase.
    fn mention_at(&self, word: Word<'_>) -> Option<&'a Mention> {
        self.record.mentions.iter().find(|mention| mention.span.overlaps(word.range()))
    }

    /// The parties of a noun phrase and of what is coordinated with it.
    fn parties(&self, head: Option<Word<'a>>) -> Vec<Party> {
        let heads = head.map(clauses::coordinated).unwrap_or_default();
        heads.into_iter().filter_map(|head| self.party(head)).collect()
    }

    fn party(&self, head: Word<'_>) -> Option<Party> {
        if head.upos() == Upos::Pron || head.upos() == Upos::Num {
            return None;
        }
        let span = clauses::noun_phrase(head);
        // The phrase's own entity, else the state that one of its words names ("Turkish troops").
        let own = self.mention_at(head);
        let inside =
            || self.record.mentions.iter().find(|mention| span.contains_range(mention.span));
        let entity = |mention: &Mention| &self.record.entities[mention.entity.0 as usize - 1];
        let country = own
            .or_else(inside)
            .map(entity)
            .filter(|entity| own.is_some() || entity.kind != EntityKind::Person);
        let own = own.map(entity);
        Some(Party {
            entity: own.map(|entity| entity.id),
            span: Some(span),
            country: country.and_then(|entity| entity.country.clone()),
            sector: own.and_then(|entity| entity.sectors.first().cloned()),
        })
    }

    fn status(&self) -> Status {
        let predicate = if self.form.noun { self.word.clause_head() } else { self.word };
        if clauses::is_negated(predicate) || clauses::is_negated(self.word) {
            return Status::Negated;
        }
        let helpers: Vec<&str> = predicate
            .children()
            .filter(|child| {
                matches!(
                    child.deprel().universal(),
                    Deprel::Aux | Deprel::Advmod | Deprel::Mark | Deprel::Compound
                )
            })
            .map(Word::key)
            .chain(predicate.previous().map(Word::key))
            .collect();
        let any = |keys: &[&str]| helpers.iter().any(|helper| keys.contains(helper));
        let arabic = self.word.analysis().language() == Language::Arabic;
        if any(&["would", "could", "may", "might", "if", "should", "unless", "اذا", "لو", "ربما"])
        {
            Status::Hypothetical
        } else if any(&["will", "'ll", "shall", "سوف", "س"]) || arabic && self.has_future_prefix()
        {
            Status::Future
        } else {
            Status::Actual
        }
    }

    fn has_future_prefix(&self) -> bool {
        let key = self.word.key();
        !self.form.noun
            && (key.starts_with("سي") || key.starts_with("ست"))
            && key.chars().count() > 4
            && self.word.feats().tense() != Some(khabar_lang::Tense::Past)
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
