//! The tense of the clause around a place in the text, read off the tree, for what depends on it: a bare weekday is the last
//! one behind "said" and the next one behind "will".

use khabar_lang::{Analysis, Deprel, Language, Tense as Inflected, Upos, VerbForm, Word};
use khabar_record::TextSize;

use crate::time::{Tense, TenseAt};

/// Knows the tense of each clause of an analysed text.
pub(crate) fn of_clauses(analysis: &Analysis) -> impl TenseAt {
    Clauses(analysis)
}

struct Clauses<'a>(&'a Analysis);

impl TenseAt for Clauses<'_> {
    fn tense_at(&self, offset: TextSize) -> Option<Tense> {
        let word = self.0.word_at(offset)?;
        let verb = up(word).find(|word| word.upos() == Upos::Verb)?;
        match self.0.language() {
            Language::English => english(verb),
            Language::Arabic => arabic(verb),
        }
    }

    fn is_of_verb(&self, offset: TextSize) -> bool {
        let Some(word) = self.0.word_at(offset) else { return true };
        up(word)
            .take_while(|word| word.upos() != Upos::Verb)
            .all(|word| word.deprel() != Deprel::Nmod)
    }
}

/// The word and those above it, the nearest first.
fn up(word: Word<'_>) -> impl Iterator<Item = Word<'_>> {
    std::iter::once(word).chain(word.ancestors())
}

fn helper(verb: Word<'_>, keys: &[&str]) -> bool {
    verb.children().any(|child| keys.contains(&child.key()))
}

fn english(verb: Word<'_>) -> Option<Tense> {
    let auxiliaries = || verb.children_by(Deprel::Aux);
    if helper(verb, &["will", "'ll", "shall"]) {
        return Some(Tense::Future);
    }
    let inflected = auxiliaries()
        .chain(std::iter::once(verb))
        .find(|word| word.feats().verb_form() == Some(VerbForm::Fin))
        .and_then(|word| word.feats().tense());
    match inflected? {
        Inflected::Past => Some(Tense::Past),
        // "has met" tells of the past, "meets on Friday" of what is to come or of what is usual, so that it decides nothing.
        Inflected::Pres if helper(verb, &["has", "have", "'ve"]) => Some(Tense::Past),
        _ => None,
    }
}

fn arabic(verb: Word<'_>) -> Option<Tense> {
    if helper(verb, &["سوف", "س", "لن"]) {
        return Some(Tense::Future);
    }
    if helper(verb, &["لم"]) {
        return Some(Tense::Past);
    }
    match verb.feats().tense()? {
        Inflected::Past => Some(Tense::Past),
        Inflected::Fut => Some(Tense::Future),
        Inflected::Pres => None,
    }
}
