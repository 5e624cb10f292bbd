//! Who goes on speaking: verbs without a subject (وأضاف) and participles (مضيفا) carry on a speaker named before.
//!
//! The speaker is sought among the sources of the statements before, the nearest first, and must agree with the ending of
//! the verb; what stands inside another's words (قال إن الوزارة تنفي …) does not make a speaker of the text.

use khabar_lang::{Deprel, Gender, Upos, Word};
use khabar_record::Party;

use super::Reader;
use super::chain;
use super::lexicon::{Found, Part};
use crate::clauses;
use crate::names::Wanted;

/// How many sources back a verb may look for one that agrees with it.
const BACK: usize = 4;

/// The source of a statement that was read.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    paragraph: usize,
    sentence: usize,
    /// The cue's word.
    word: usize,
    parties: Vec<Party>,
}

impl<'a> Reader<'a, '_> {
    /// Notes the source of a statement, unless it stands in another's words.
    pub(super) fn has_spoken(&mut self, found: &Found<'a>, source: &[Party]) {
        let place = found.word.index();
        let known = source.iter().any(|party| party.entity.is_some());
        if source.is_empty()
            || self.scene.is_arabic() && !known
            || self.scene.around(place).is_some()
        {
            return;
        }
        let cue = found.word.range();
        // Whom a relay quotes goes on speaking; whom a speaker quotes does not.
        let told = self.scene.is_arabic()
            && self.record.statements.iter().rev().any(|outer| {
                outer.content.iter().any(|part| part.contains_range(cue)) && !chain::is_relay(outer)
            });
        if told {
            return;
        }
        let sentence = found.word.sentence();
        self.spoken.push(Spoken {
            paragraph: sentence.paragraph(),
            sentence: sentence.index(),
            word: place,
            parties: source.to_vec(),
        });
    }

    /// The source of the statement before, when it is near enough to be carried on.
    pub(super) fn before(&self, found: &Found<'a>) -> Vec<Party> {
        let paragraph = found.word.sentence().paragraph();
        self.agreeing(found, |spoken| spoken.paragraph + 1 >= paragraph)
    }

    /// The source that an Arabic participle carries on: that of the statement before it in its sentence, else the subject of
    /// the verb that it describes.
    pub(super) fn carried_on(&mut self, found: &Found<'a>) -> Vec<Party> {
        let sentence = found.word.sentence().index();
        let start = found.word.sentence().word_range().start;
        let last = self.spoken.last().filter(|spoken| spoken.sentence == sentence);
        let from = last.map_or(start, |spoken| spoken.word + 1);
        // A verb between the last report and the participle has the nearer subject (رفض الوفد الجلوس قائلا).
        let verb = (from..found.word.index())
            .rev()
            .map(|at| self.scene.word(at))
            .find(|word| word.upos() == Upos::Verb && self.is_of_text(*word));
        if verb.is_none() {
            let same = self.agreeing(found, |spoken| spoken.sentence == sentence);
            if !same.is_empty() {
                return same;
            }
        }
        let verb = verb.or_else(|| found.word.ancestors().find(|word| word.upos() == Upos::Verb));
        if let Some(verb) = verb {
            if let Some(subject) = clauses::subject(verb) {
                let parties = self.cast.parties(self.record, subject);
                return parties.into_iter().map(|party| Party { span: None, ..party }).collect();
            }
            let implied = self.cast.implied(self.record, verb);
            if implied.is_some() {
                return implied.into_iter().collect();
            }
        }
        self.before(found)
    }

    /// Whether a verb is the writer's own and no part of what is said, nor of a relative clause.
    fn is_of_text(&self, verb: Word<'_>) -> bool {
        let told = self
            .record
            .statements
            .iter()
            .any(|outer| outer.content.iter().any(|part| part.contains_range(verb.range())));
        let relative = verb.previous().is_some_and(|before| {
            matches!(before.key(), "الذي" | "التي" | "الذين" | "ما" | "من" | "ان" | "لا" | "لم")
        });
        !told && !relative && !matches!(verb.deprel().universal(), Deprel::Acl | Deprel::Amod)
    }

    fn agreeing(&self, found: &Found<'a>, near: impl Fn(&Spoken) -> bool) -> Vec<Party> {
        // An English participle and an Arabic verb in the plural share the subject of their own sentence, which stands in
        // the text.
        let sentence = found.word.sentence().range();
        let plural = found.word.key().ends_with(['ا', 'ن']) && found.part == Part::Verb;
        let shared = |party: &Party| {
            party.span.filter(|span| {
                (!self.scene.is_arabic() || plural) && sentence.contains_range(*span)
            })
        };
        let wanted = self.scene.is_arabic().then(|| shape(found.word)).flatten();
        let agrees = |spoken: &&Spoken| {
            let Some(wanted) = wanted else { return true };
            spoken.parties.len() > 1
                || spoken
                    .parties
                    .iter()
                    .all(|party| party.entity.is_none_or(|id| self.cast.can_be(id, wanted)))
        };
        let recent = || self.spoken.iter().rev().take(BACK).filter(|spoken| near(spoken));
        let spoken = recent().find(agrees);
        let silent = |party: &Party| Party { span: shared(party), ..party.clone() };
        spoken.map(|spoken| spoken.parties.iter().map(silent).collect()).unwrap_or_default()
    }
}

/// The gender and number that the ending of an Arabic verb or participle shows; none where it shows little.
fn shape(word: Word<'_>) -> Option<Wanted> {
    let key = word.key();
    if word.upos() != Upos::Verb {
        return Some(if key.ends_with('ه') {
            Wanted::Feminine
        } else if key.ends_with("ين") {
            Wanted::They
        } else {
            Wanted::Masculine
        });
    }
    if key.ends_with("وا") || key.ends_with("ون") {
        return None;
    }
    match word.feats().gender() {
        Some(Gender::Fem) => Some(Wanted::Feminine),
        Some(_) => Some(Wanted::Masculine),
        None => key.ends_with('ت').then_some(Wanted::Feminine),
    }
}

/// Whether a participle stands as the circumstance of a verb (مضيفا) and not as a noun or adjective of its own.
pub(super) fn is_circumstance(word: Word<'_>) -> bool {
    let key = word.key();
    let accusative = key.ends_with(['ا', 'ه']) || key.ends_with("ين");
    let party = matches!(
        word.deprel().universal(),
        Deprel::Amod | Deprel::Nsubj | Deprel::Obj | Deprel::Appos
    ) && word.upos() != Upos::Verb;
    let spokesman = word.next().is_some_and(|next| {
        matches!(next.key(), "باسم" | "بلسان")
            || next.key() == "ب"
                && next.next().is_some_and(|name| matches!(name.key(), "اسم" | "لسان"))
    });
    let governed = word.previous().is_some_and(|before| before.upos() == Upos::Adp);
    accusative && !party && !spokesman && !governed && !key.starts_with("ال")
}
