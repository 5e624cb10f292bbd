//! Mending the content of an English cue by the order of words, where the tree cut it short, hung it elsewhere or has none.

use khabar_lang::{Upos, Word};
use khabar_record::TextRange;

use super::content_en::{Reader, is_verb_form};
use super::order;
use super::scene;
use super::words::Class;
use crate::clauses;

/// How many words the source behind its cue may have at the end of a sentence.
const INVERTED: usize = 10;
/// How many words a subject with its apposition may have.
const APPOSED: usize = 24;

impl<'a> Reader<'_, 'a> {
    /// The sentence that a report with its source behind it closes: "Malawi and China signed …, reported the agency Xinhua."
    pub(super) fn before_inversion(&self) -> Option<TextRange> {
        let cue = self.found.word;
        let reach = self.scene.reach(cue);
        let last = scene::last_word(cue.sentence()).min(reach.end.saturating_sub(1));
        let comma = cue.previous().filter(|comma| {
            comma.text() == "," && comma.index() > reach.start && scene::is_finite(cue)
        })?;
        let behind = self.found.last.index() + 1;
        let named = behind <= last
            && last - behind < INVERTED
            && matches!(self.scene.word(behind).upos(), Upos::Det | Upos::Propn)
            && !self.scene.words_between(behind, last + 1).any(|word| {
                matches!(word.upos(), Upos::Verb | Upos::Aux | Upos::Sconj) || word.text() == ","
            });
        let told = self
            .scene
            .words_between(reach.start, comma.index())
            .any(|word| scene::is_finite(word) && !self.scene.reports_at(word.index()));
        let subject =
            clauses::subject(cue).is_some_and(|subject| subject.index() + 1 == comma.index());
        (self.is_report() && named && told && !subject)
            .then(|| self.scene.stretch(reach.start, comma.index() - 1))
    }

    /// A clause with the subject that an apposition parts from its verb: "says | Ledovik, a criminal gang, | is more likely …".
    pub(super) fn with_apposed_subject(&self, mut stretches: Vec<TextRange>) -> Vec<TextRange> {
        let cue = self.found.word;
        let next = self.found.last.index() + 1;
        let Some(first) = stretches.first_mut().filter(|_| self.is_report()) else {
            return stretches;
        };
        let words = self.scene.analysis.words_in(*first);
        let headless = !words.is_empty()
            && words.start > next
            && words.start <= next + APPOSED
            && cue.sentence().word_range().contains(&words.start)
            && scene::is_finite(self.scene.word(words.start))
            && self.scene.word(words.start - 1).text() == ",";
        let subject = || {
            let opening = self.scene.word(next);
            matches!(opening.upos(), Upos::Det | Upos::Propn | Upos::Noun)
                && !self.scene.is_time(opening)
                && !self.scene.words_between(next, words.start).any(scene::is_finite)
        };
        if headless && subject() {
            *first = first.cover(self.scene.word(next).range());
        }
        stretches
    }

    /// The pronoun "that" which the tree takes for the start of a clause: "denied that in a written statement".
    pub(super) fn bare_that(&self, stretches: &[TextRange]) -> Option<TextRange> {
        let [part] = stretches else { return None };
        let mut words = self.scene.analysis.words_in(*part);
        let first = self.scene.word(words.next().filter(|at| *at > self.found.last.index())?);
        let clause =
            words.map(|at| self.scene.word(at)).take_while(|word| word.text() != ":").any(|word| {
                // "in a written statement": a participle before its noun makes no clause.
                let describes = word.xpos() == "VBN"
                    && word.next().is_some_and(|next| next.upos() == Upos::Noun);
                !describes && (is_verb_form(word) || matches!(word.upos(), Upos::Verb | Upos::Aux))
            });
        let turns = matches!(
            self.found.cue.stance,
            khabar_record::Stance::Denies
                | khabar_record::Stance::Confirms
                | khabar_record::Stance::Doubts
        );
        (first.key() == "that"
            && turns
            && !clause
            && first.next().is_none_or(|next| {
                !matches!(next.upos(), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
            }))
        .then(|| first.range())
    }

    /// Mends a content by where its clause begins in the order of words.
    pub(super) fn starting_at(
        &self,
        start: usize,
        mut stretches: Vec<TextRange>,
    ) -> Vec<TextRange> {
        let cue = self.found.word.range().start();
        let from = self.scene.word(start).range().start();
        stretches.retain(|stretch| stretch.start() > cue);
        match stretches.iter_mut().min_by_key(|stretch| stretch.start()) {
            Some(first) if first.start() > from => *first = TextRange::new(from, first.end()),
            Some(_) => {}
            None => {
                let limit = self.scene.reach(self.found.word).end;
                let end = order::running_end(self.scene, start, limit);
                stretches.push(self.scene.stretch(start, end));
            }
        }
        stretches
    }

    /// Carries a content behind its cue on where the tree cut it in the middle of running text.
    pub(super) fn to_end(&self, mut stretches: Vec<TextRange>) -> Vec<TextRange> {
        let cue = self.found.word;
        let reach = self.scene.reach(cue);
        let Some(last) = stretches.iter_mut().max_by_key(|stretch| stretch.end()) else {
            return stretches;
        };
        let words = self.scene.analysis.words_in(*last);
        if words.is_empty() || words.start <= cue.index() || words.end > reach.end {
            return stretches;
        }
        let pronoun = self.scene.word(words.end - 1).upos() == Upos::Pron;
        if words.len() == 1 && pronoun {
            return stretches;
        }
        let clause = self.scene.words_between(words.start, words.end).any(scene::is_finite);
        let end = order::further(self.scene, self.found, words.end - 1, clause);
        if end >= words.end {
            *last = last.cover(self.scene.word(end).range());
        }
        stretches
    }

    /// A clause with the noun right before it that names it as a claim: "rejected | his claim that …".
    pub(super) fn with_named_claim(&self, mut stretches: Vec<TextRange>) -> Vec<TextRange> {
        let object = clauses::object(self.found.word).filter(|object| {
            self.scene.words.is(Class::NamedClaim, object.lemma())
                && object.upos() == Upos::Noun
                && object.index() > self.found.last.index()
        });
        if let Some(object) = object
            && let Some(first) = stretches.first_mut()
            && self.scene.analysis.words_in(*first).start == object.index() + 1
        {
            *first = first.cover(object.noun_phrase());
        }
        stretches
    }

    /// Where the tree has no clause: what stands behind the cue, else what stands before its subject.
    pub(super) fn by_order(&self) -> Vec<TextRange> {
        let cue = self.found.word;
        let reach = self.scene.reach(cue);
        let last = scene::last_word(cue.sentence()).min(reach.end.saturating_sub(1));
        let next = self.found.last.index() + 1;
        let that = (next..(next + 9).min(last)).find(|&at| self.scene.word(at).key() == "that");
        let hears = self.found.cue.frame.addressee.contains(&super::frame::PartySlot::Object);
        let next = that.unwrap_or(next);
        if hears && that.is_none() {
            return Vec::new();
        }
        // "said no", "said yes".
        if next <= last && matches!(self.scene.word(next).key(), "no" | "yes" | "nothing") {
            return vec![self.scene.stretch(next, order::running_end(self.scene, next, reach.end))];
        }
        let opens = |word: Word<'a>| {
            matches!(
                word.upos(),
                Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Sconj | Upos::Num
            ) || word.xpos() == "EX"
        };
        if next < last
            && opens(self.scene.word(next))
            && self.scene.words_between(next, last + 1).any(is_verb_form)
            && clauses::subject(cue).is_some_and(|subject| subject.index() < cue.index())
        {
            return vec![self.scene.stretch(next, last)];
        }
        // "…, officials said on Monday."
        let subject = clauses::subject(cue);
        let start = subject.map_or(cue.index(), |subject| {
            let phrase = clauses::noun_phrase(subject);
            self.scene.analysis.words_in(phrase).start.min(cue.index())
        });
        let comma = start
            .checked_sub(1)
            .filter(|&at| at > reach.start && self.scene.word(at).text() == ",");
        let near_end = last.saturating_sub(cue.index()) <= 6;
        if let Some(comma) = comma
            && near_end
            && self.scene.words_between(reach.start, comma).any(scene::is_finite)
        {
            return vec![self.scene.stretch(reach.start, comma - 1)];
        }
        Vec::new()
    }
}
