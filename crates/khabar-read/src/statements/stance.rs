//! What a source does with a content: the cue's own stance, turned by negation, and by the content when the cue is plain.

use khabar_lang::{Deprel, Mood, Person, Upos, Word};
use khabar_record::{Stance, StatementKind, TextRange};

use super::is_negated;
use super::lexicon::Found;
use super::scene::Scene;
use super::words::Class;

/// How many words at the start of a content show the act that they do.
const OPENING: usize = 8;

/// Returns the stance of a statement.
pub(super) fn of(scene: &Scene<'_>, found: &Found<'_>, content: &[TextRange]) -> Stance {
    let own = found.cue.stance;
    if super::standing::affirms_claim(scene, found, content) {
        return Stance::Confirms;
    }
    if is_negated(found) && found.cue.act != "decline" {
        return negated(own, found);
    }
    let words = content.first().map(|part| scene.analysis.words_in(*part)).unwrap_or_default();
    // "asked him to leave", "told to stay in port": an infinitive is what is to be done.
    let infinitive = words.clone().next().is_some_and(|at| scene.word(at).xpos() == "TO");
    if matches!(found.cue.act.as_str(), "ask" | "tell" | "say")
        && (infinitive || holds_infinitive(scene, found))
    {
        return Stance::Demands;
    }
    if own != Stance::Asserts || found.cue.kind == StatementKind::Attitude {
        return own;
    }
    if !is_plain(found) {
        // أعلنت أنها ستحيل: who announces his own deeds promises them.
        let announces = scene.is_arabic()
            && matches!(
                found.cue.act.as_str(),
                "announce" | "affirm" | "state" | "stress" | "answer"
            )
            && by_words(scene, words) == Some(Stance::Promises);
        return if announces { Stance::Promises } else { own };
    }
    // A question is a question whatever verb reports it.
    let text = scene.analysis.text();
    let asks = content.last().is_some_and(|part| {
        let tail = &text[part.to_usize().end..];
        text[*part].trim_end().ends_with(['?', '؟']) || tail.starts_with(['?', '؟'])
    });
    if asks && content.len() == 1 {
        return Stance::Asks;
    }
    by_words(scene, words).unwrap_or(own)
}

/// "asked the North to keep the line open": the object stands before the infinitive.
fn holds_infinitive(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    !scene.is_arabic()
        && found.cue.act == "ask"
        && found.word.children().any(|child| {
            child.deprel().universal() == Deprel::Xcomp
                && child.child(Deprel::Mark).is_some_and(|mark| mark.key() == "to")
        })
}

/// The act that the words themselves do: a promise ("we will pay"), a demand ("he should resign", an imperative), a denial
/// in the first person ("I never met him").
fn by_words(scene: &Scene<'_>, words: std::ops::Range<usize>) -> Option<Stance> {
    let opening: Vec<Word<'_>> = words
        .clone()
        .map(|at| scene.word(at))
        .filter(|word| word.upos() != Upos::Punct)
        .take(OPENING)
        .collect();
    let keys: Vec<&str> = opening.iter().map(|word| word.key()).collect();
    let has = |wanted: &[&str]| keys.iter().any(|key| wanted.contains(key));
    let shows = |class: Class| keys.iter().any(|key| scene.words.is(class, key));
    if scene.is_arabic() {
        let first = |word: &&Word<'_>| word.feats().person() == Some(Person::First);
        let future = shows(Class::Future);
        let own = opening.iter().any(|word| first(&word))
            || keys.first() == Some(&"ان")
                && opening.get(1).is_some_and(|word| word.upos() == Upos::Pron);
        if shows(Class::Duty) || imperative(&opening) {
            return Some(Stance::Demands);
        }
        if future && own {
            return Some(Stance::Promises);
        }
        // لا تقل، أعيدوا: what is forbidden or ordered.
        let second = |word: &Word<'_>| word.feats().person() == Some(Person::Second);
        let forbids = keys.first() == Some(&"لا")
            && opening.get(1).is_some_and(|word| word.upos() == Upos::Verb && second(word));
        let orders = opening.first().is_some_and(|word| {
            word.upos() == Upos::Verb && word.text().starts_with('أ') && word.key().ends_with("وا")
        });
        if forbids || orders {
            return Some(Stance::Demands);
        }
        let denied = shows(Class::Never);
        return (denied && opening.iter().any(|word| first(&word))).then_some(Stance::Denies);
    }
    let own = has(&["i", "we", "he", "she", "they", "it"])
        && opening.iter().take(3).any(|word| word.upos() == Upos::Pron);
    if shows(Class::Duty) && !has(&["if"]) || imperative(&opening) {
        return Some(Stance::Demands);
    }
    let modal = opening.iter().take(4).any(|word| scene.words.is(Class::Future, word.key()));
    if own && modal && !has(&["not", "n't", "never", "be"]) {
        return Some(Stance::Promises);
    }
    let first = opening.iter().take(2).any(|word| matches!(word.key(), "i" | "we" | "our" | "my"));
    (first && shows(Class::Never)).then_some(Stance::Denies)
}

/// Whether a quotation opens with an order.
fn imperative(opening: &[Word<'_>]) -> bool {
    opening.first().is_some_and(|word| {
        word.upos() == Upos::Verb
            && (word.feats().mood() == Some(Mood::Imp) || word.xpos() == "VB")
            && word.children().all(|child| !child.deprel().is_subject())
    })
}

fn is_plain(found: &Found<'_>) -> bool {
    matches!(found.cue.act.as_str(), "say" | "tell" | "add" | "write" | "ask" | "post" | "tweet")
}

/// A claim that is not made: "did not confirm" casts doubt, "did not deny" lets it stand, "did not say" declines.
fn negated(own: Stance, found: &Found<'_>) -> Stance {
    let believes = found.cue.kind == StatementKind::Attitude && found.word.upos() == Upos::Verb;
    match own {
        Stance::Confirms => Stance::Doubts,
        Stance::Asserts if believes => Stance::Doubts,
        Stance::Demands if believes => Stance::Denies,
        Stance::Promises => Stance::Denies,
        other => other,
    }
}
