//! What the order of words tells of an Arabic clause where its tree does not: who stands behind إن, behind a verb that carries
//! its object, and whether a verb that shows no voice is a passive.
//!
//! Unvocalised Arabic writes *killed* and *was killed* alike, and a parser that errs mostly errs in where it hangs a phrase. What
//! stands between إن and its verb is the verb's subject, and what stands behind شنّه is who did it.

use khabar_lang::{Deprel, Tense, Upos, Word};

use super::scene::Scene;

/// How far before its verb the noun behind إن is sought.
const REACH: usize = 16;

/// Whether an Arabic perfect shows by its letters that it is a passive: أصيب beside أصاب, or the vowel of قُتل.
pub(super) fn is_written_passive(scene: &Scene<'_>, verb: Word<'_>) -> bool {
    if verb.feats().tense() != Some(Tense::Past) {
        return false;
    }
    let voiced = {
        let mut letters = verb.text().chars();
        letters.next().is_some_and(|first| !matches!(first, 'ي' | 'ت' | 'ن'))
            && letters.next() == Some('\u{64f}')
    };
    voiced || is_hollow_passive(verb.key(), scene.lemma(verb))
}

/// Whether a form has ي where its dictionary form has the last alef: اغتيل beside اغتال.
fn is_hollow_passive(key: &str, lemma: &str) -> bool {
    let mut lemma = lemma.chars().rev();
    // From the end: the last letter, the alef before it; and the first letter.
    let (Some(last), Some('ا'), Some(first)) = (lemma.next(), lemma.next(), lemma.next_back())
    else {
        return false;
    };
    key.starts_with(first)
        && first == 'ا'
        && key.chars().zip(key.chars().skip(1)).skip(1).any(|pair| pair == ('ي', last))
}

/// The head of the noun phrase that begins at a word; of a counted phrase the noun when it does not hang on the number.
pub(super) fn phrase_at<'a>(scene: &Scene<'a>, at: usize, end: usize) -> Option<Word<'a>> {
    let mut words = (at..end).map(|at| scene.word(at));
    let mut word = words.next()?;
    while matches!(word.upos(), Upos::Det) || word.key() == "\"" {
        word = words.next()?;
    }
    if word.upos() == Upos::Num {
        return Some(counted(scene, word).unwrap_or(word));
    }
    let nominal = word.upos().is_nominal() || word.upos() == Upos::Adj;
    (nominal && word.child(Deprel::Case).is_none_or(|case| case.index() > word.index()))
        .then_some(word)
}

/// The noun that a number counts, when the tree hangs it elsewhere: it stands right behind.
pub(super) fn counted<'a>(scene: &Scene<'a>, number: Word<'a>) -> Option<Word<'a>> {
    let below = number
        .children()
        .any(|child| child.deprel().universal() == Deprel::Nmod && child.upos().is_nominal());
    let next = scene.word(number.index()).next()?;
    let noun = matches!(next.upos(), Upos::Noun) && next.child(Deprel::Case).is_none();
    (noun && !below).then(|| scene.word(next.index()))
}

/// The subject of a verb whose clause إن or أن opens: what stands right behind the particle.
pub(super) fn behind_particle<'a>(scene: &Scene<'a>, verb: Word<'a>) -> Option<Word<'a>> {
    let start = verb.sentence().word_range().start.max(verb.index().saturating_sub(REACH));
    for at in (start..verb.index()).rev() {
        let word = scene.word(at);
        if word.key() == "ان" {
            let found = phrase_at(scene, at + 1, verb.index())?;
            return (found.index() < verb.index()).then_some(found);
        }
        if matches!(word.upos(), Upos::Verb | Upos::Aux) || matches!(word.key(), ":" | "." | "؛") {
            return None;
        }
    }
    None
}

/// The subject of a verb that carries its object: شنه مسلحون.
pub(super) fn behind_clitic<'a>(scene: &Scene<'a>, verb: Word<'a>) -> Option<Word<'a>> {
    let clitic = verb.next().filter(|next| next.upos() == Upos::Pron)?;
    if clitic.token().range() != verb.token().range() {
        return None;
    }
    let found = phrase_at(scene, clitic.index() + 1, verb.sentence().word_range().end)?;
    let adverb = matches!(found.deprel(), Deprel::OblTmod) || found.upos() == Upos::Pron;
    (!adverb).then_some(found)
}

/// The object of a verb whose subject stands before it: the first noun behind it that is no time (مسلحون خطفوا أمس القنصل).
pub(super) fn behind_verb<'a>(scene: &Scene<'a>, verb: Word<'a>) -> Option<Word<'a>> {
    let subject =
        super::grammar::own_subject(scene, verb).or_else(|| behind_particle(scene, verb))?;
    let next = verb.next().filter(|_| subject.index() < verb.index())?;
    if next.upos() == Upos::Pron {
        return None;
    }
    let end = verb.sentence().word_range().end.min(verb.index() + 6);
    for at in verb.index() + 1..end {
        let word = scene.word(at);
        let passed = matches!(word.upos(), Upos::Adv)
            || word.deprel() == Deprel::OblTmod
            || word.key() == "\"";
        if passed {
            continue;
        }
        if !matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Num) {
            return None;
        }
        return phrase_at(scene, at, end).filter(|found| {
            found.deprel().universal() != Deprel::Nsubj && !is_time(scene, *found)
        });
    }
    None
}

fn is_time(scene: &Scene<'_>, word: Word<'_>) -> bool {
    matches!(
        scene.lemma(word),
        "يوم"
            | "ليله"
            | "مساء"
            | "صباح"
            | "فجر"
            | "ظهر"
            | "اسبوع"
            | "شهر"
            | "عام"
            | "سنه"
            | "ساعه"
    )
}

/// What a phrase such as ما لا يقل عن ثلاثة جنود or أكثر من 40 مسلحا counts.
pub(super) fn counted_by_bound<'a>(scene: &Scene<'a>, word: Word<'a>) -> Option<Word<'a>> {
    let compares = matches!(word.key(), "اكثر" | "اقل" | "ازيد")
        && word.next().is_some_and(|next| next.key() == "من");
    if word.key() != "ما" && !compares {
        return None;
    }
    let end = word.sentence().word_range().end.min(word.index() + 7);
    let number = (word.index() + 1..end).find(|at| scene.word(*at).upos() == Upos::Num)?;
    if compares {
        // The preposition of أكثر من hangs on what is counted.
        return (number + 1..end)
            .map(|at| scene.word(at))
            .find(|word| word.upos() != Upos::Num)
            .filter(|noun| noun.upos() == Upos::Noun);
    }
    phrase_at(scene, number, word.sentence().word_range().end)
        .filter(|noun| noun.upos() != Upos::Num)
}

/// Whether a word that was taken for a noun heads a clause as its verb does: it has a subject of its own, or carries the object
/// of a relative clause.
pub(super) fn stands_as_verb(word: Word<'_>) -> bool {
    if word.upos() != Upos::Noun
        || word.key().starts_with("ال")
        || word.child(Deprel::Case).is_some()
    {
        return false;
    }
    let clausal = matches!(word.deprel().universal(), Deprel::Ccomp | Deprel::Conj | Deprel::Root);
    let subject = word
        .children()
        .any(|child| child.deprel().universal() == Deprel::Nsubj && child.index() < word.index());
    let resumes = word.deprel() == Deprel::AclRelcl
        && word.next().is_some_and(|next| {
            next.upos() == Upos::Pron && next.token().range() == word.token().range()
        });
    clausal && subject || resumes
}

/// Whether a word that was taken for a verb has the place of a noun: رحلته beside رحلت.
pub(super) fn stands_as_noun(word: Word<'_>) -> bool {
    matches!(word.deprel().universal(), Deprel::Nsubj | Deprel::Nmod | Deprel::Obj)
        && word.child(Deprel::Mark).is_none()
        && word.children().all(|child| child.deprel().universal() != Deprel::Nsubj)
}

#[cfg(test)]
mod tests {
    use super::is_hollow_passive;

    #[test]
    fn hollow_passives_show_their_yaa() {
        assert!(is_hollow_passive("اصيب", "اصاب"));
        assert!(is_hollow_passive("اغتيلت", "اغتال"));
        assert!(!is_hollow_passive("اصابت", "اصاب"));
        assert!(!is_hollow_passive("يصيب", "اصاب"));
        assert!(!is_hollow_passive("قتل", "قتل"));
    }
}
