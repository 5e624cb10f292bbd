//! Whose words they are: from what a text shows of a source or of a hearer to the parties of the record.

use khabar_lang::{Upos, Word};
use khabar_record::{EntityId, EntityKind, Party, Record, Statement, TextRange};

use super::lexicon::Found;
use super::source::Source;
use super::standing::{self, is_first, is_nobody};
use super::{Aid, Reader, circumstance};
use crate::names::Cast;

impl<'a> Reader<'a, '_> {
    pub(super) fn addressee(&mut self, found: &Found<'a>, content: &[TextRange]) -> Vec<Party> {
        if let Some(head) = circumstance::addressee(&self.scene, found, content) {
            return self.cast.parties(self.record, head);
        }
        let somebody = |head: &Word<'_>| {
            self.cast.actor_at(head.index()).is_some_and(|actor| actor.kind != EntityKind::Place)
        };
        let in_order = circumstance::addressee_in_order(&self.scene, found, content);
        let head = in_order.into_iter().find(somebody);
        head.map(|head| self.cast.parties(self.record, head)).unwrap_or_default()
    }

    /// The parties that a source stands for.
    pub(super) fn parties(&mut self, source: Source<'a>, found: &Found<'a>) -> Vec<Party> {
        if self.scene.without == Some(Aid::Coreference) {
            return named_only(source, self.cast, self.record);
        }
        match source {
            Source::Phrase(head) if is_nobody(head) => Vec::new(),
            // كل من فرنسا وألمانيا: those behind من.
            Source::Phrase(head) if let Some(each) = standing::each_of(&self.scene, head) => {
                self.cast.parties(self.record, each)
            }
            Source::Phrase(head) if Self::is_first_person(head) => self.speaker_around(head),
            Source::Phrase(head) => self.cast.parties(self.record, head),
            Source::Relative(noun, pronoun) => {
                let mut party = self.cast.party(self.record, noun);
                party.span = party.span.map(|span| span.cover(pronoun.range()));
                vec![party]
            }
            Source::Before if self.scene.is_arabic() => self.carried_on(found),
            Source::Before => self.before(found),
            Source::Implied(verb) if is_first(verb) => self.speaker_around(verb),
            Source::Implied(verb) => match self.before(found) {
                parties if parties.is_empty() => {
                    self.cast.implied(self.record, verb).into_iter().collect()
                }
                parties => parties,
            },
            Source::Nobody => Vec::new(),
        }
    }

    /// Gives the statements in the first person to whoever says the words that they stand in, now that all are read.
    pub(super) fn name_first_persons(&mut self) {
        for (at, word) in std::mem::take(&mut self.first_person) {
            let holds = |(other, statement): &(usize, &Statement)| {
                *other != at
                    && statement.source.iter().any(|party| party.entity.is_some())
                    && statement.content.iter().any(|part| part.contains_range(word.range()))
            };
            let size = |statement: &Statement| -> u32 {
                statement.content.iter().map(|part| part.len().to_u32()).sum()
            };
            let around = self.record.statements.iter().enumerate().filter(holds);
            let Some((_, speaker)) = around.min_by_key(|(_, statement)| size(statement)) else {
                continue;
            };
            let span = (word.upos() == Upos::Pron).then(|| word.range());
            let own = |party: &Party| Party { span, ..party.clone() };
            let source = speaker.source.iter().map(own).collect();
            self.record.statements[at].source = source;
        }
    }

    pub(super) fn is_first_person(head: Word<'_>) -> bool {
        head.upos() == Upos::Pron && matches!(head.key(), "i" | "we" | "انا" | "نحن" | "ني" | "نا")
    }

    /// Whoever says the quotation that a first-person pronoun stands in; the pronoun is the span.
    fn speaker_around(&self, head: Word<'_>) -> Vec<Party> {
        let holds = |statement: &&Statement| {
            statement.content.iter().any(|part| part.contains_range(head.range()))
        };
        let speaker = self.record.statements.iter().rev().find(holds);
        let pronoun = head.upos() == Upos::Pron;
        let span = pronoun.then(|| head.range());
        let own = |party: &Party| Party { span, ..party.clone() };
        match speaker {
            Some(statement) => statement.source.iter().map(own).collect(),
            None if !pronoun => Vec::new(),
            None => vec![Party {
                entity: None::<EntityId>,
                span: Some(head.range()),
                country: None,
                sector: None,
            }],
        }
    }
}

/// The parties of a source that is named where it speaks; of a pronoun the bare words.
fn named_only(source: Source<'_>, cast: &mut Cast, record: &mut Record) -> Vec<Party> {
    match source {
        Source::Phrase(head) if head.upos() == Upos::Pron => {
            vec![Party { entity: None, span: Some(head.range()), country: None, sector: None }]
        }
        Source::Phrase(head) => cast.parties(record, head),
        Source::Relative(noun, _) => vec![cast.party(record, noun)],
        Source::Before | Source::Implied(_) | Source::Nobody => Vec::new(),
    }
}
