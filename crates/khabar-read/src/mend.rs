//! Mending trees before they are read: where the order of words, or what is known of the world, shows that a parser erred.
//!
//! * An English sentence without a finite verb whose participle stands between two noun phrases: "Ethiopia accused | Eritrea
//!   of moving the stones" has its verb in that participle.
//! * A dateline ("VALLETTA (Reuters) - Malta's ministry denied …") is no part of the clause behind it.
//! * Two states in a row behind an Arabic verb (دعت فرنسا إسرائيل إلى …) are its subject and its object, not one name.
//! * A phrase with the preposition that an Arabic verb governs belongs to that verb ([`crate::governed`]).
//! * A noun right behind آلاف, مئات, عشرات is what they count.
//! * An Arabic adjective right behind an indefinite object (قصفت سوقا شعبية) describes it, whatever else it is taken for.

use std::borrow::Cow;
use std::collections::HashSet;

use khabar_atlas::{Atlas, EntryKind, Sense};
use khabar_lang::{Analysis, Deprel, Language, Rehung, Sentence, Upos, Word};

use crate::keys;
use crate::rules::Rules;

/// How many words a dateline may have.
const DATELINE: usize = 9;

/// Returns the analysis with its trees mended.
pub(crate) fn trees<'a>(analysis: &'a Analysis, rules: &Rules) -> Cow<'a, Analysis> {
    let mut changes = Vec::new();
    match analysis.language() {
        Language::English => {
            for sentence in analysis.sentences() {
                changes.extend(past_of_sentence(sentence).unwrap_or_default());
                changes.extend(dateline(sentence).unwrap_or_default());
            }
        }
        Language::Arabic => {
            for word in analysis.words() {
                changes.extend(second_state(word));
                changes.extend(adjective_of_object(word, &rules.predicative));
                changes.extend(rules.governed.complement(word));
                changes.extend(counted_genitive(word));
            }
        }
    }
    if changes.is_empty() { Cow::Borrowed(analysis) } else { Cow::Owned(analysis.rehung(&changes)) }
}

fn hung(word: Word<'_>, head: Option<Word<'_>>, deprel: Deprel) -> Rehung {
    Rehung { word: word.index(), head: head.map(Word::index), deprel, xpos: None }
}

/// The changes that take a dateline out of the subject: what stood beside it as an apposition is the subject.
fn dateline(sentence: Sentence<'_>) -> Option<Vec<Rehung>> {
    let words = sentence.word_range();
    let opens = sentence.words().next()?;
    let dash = sentence
        .words()
        .take(DATELINE)
        .find(|word| matches!(word.text(), "-" | "--" | "–" | "—" | "―"))?;
    let shouted = opens.text().chars().any(char::is_uppercase)
        && !opens.text().chars().any(char::is_lowercase);
    let place = sentence.words().find(|word| word.deprel().is_subject())?;
    let inside = |word: &Word<'_>| (words.start..dash.index()).contains(&word.index());
    let subject = place.children().find(|child| {
        child.index() > dash.index()
            && matches!(child.deprel().universal(), Deprel::Appos | Deprel::Parataxis)
    })?;
    let verb = place.head().filter(|verb| verb.index() > subject.index())?;
    (shouted && inside(&place)).then(|| {
        let rest = place.children().filter(|child| {
            child.index() > subject.index() && child.deprel().universal() != Deprel::Punct
        });
        let moved = rest.map(|child| hung(child, Some(subject), child.deprel()));
        [hung(subject, Some(verb), place.deprel()), hung(place, Some(verb), Deprel::Dislocated)]
            .into_iter()
            .chain(moved)
            .collect()
    })
}

/// The changes that make the participle of a sentence without a verb its verb.
fn past_of_sentence(sentence: Sentence<'_>) -> Option<Vec<Rehung>> {
    let finite = |word: &Word<'_>| {
        matches!(word.upos(), Upos::Verb | Upos::Aux)
            && !matches!(word.xpos(), "VBG" | "VBN" | "VB")
    };
    let object = sentence.words().find(|word| word.head().is_none())?;
    if !object.upos().is_nominal() || sentence.words().any(|word| finite(&word)) {
        return None;
    }
    let verb = object.children().find(|child| {
        child.xpos() == "VBN"
            && child.index() < object.index()
            && matches!(child.deprel().universal(), Deprel::Amod | Deprel::Acl)
            && child.text().ends_with("ed")
    })?;
    let before = verb
        .previous()
        .filter(|before| matches!(before.upos(), Upos::Noun | Upos::Propn | Upos::Pron))?;
    let opens = sentence.words().next()?;
    // The subject is all that stands before the verb; its head is the last noun, or what that one hangs on.
    let subject = std::iter::once(before)
        .chain(before.ancestors())
        .take_while(|word| {
            word.upos().is_nominal() && (opens.index()..verb.index()).contains(&word.index())
        })
        .last()?;
    let past = Rehung { word: verb.index(), head: None, deprel: Deprel::Root, xpos: Some("VBD") };
    let mut changes = vec![past, hung(subject, Some(verb), Deprel::Nsubj)];
    changes.push(hung(object, Some(verb), Deprel::Obj));
    for child in object.children().filter(|child| *child != verb && *child != subject) {
        let relation = child.deprel().universal();
        let before = child.index() < verb.index();
        let clause =
            matches!(relation, Deprel::Acl | Deprel::Advcl) && child.child(Deprel::Mark).is_some();
        if before || matches!(relation, Deprel::Punct | Deprel::Obl | Deprel::Parataxis) {
            changes.push(hung(child, Some(verb), child.deprel()));
        } else if clause {
            changes.push(hung(child, Some(verb), Deprel::Advcl));
        }
    }
    Some(changes)
}

/// The change that makes the second of two states behind a verb its object.
fn second_state(second: Word<'_>) -> Option<Rehung> {
    let near = matches!(
        second.deprel().universal(),
        Deprel::Flat | Deprel::Nmod | Deprel::Appos | Deprel::Compound
    );
    let first = second.previous().filter(|first| near && second.head() == Some(*first))?;
    let verb = first.head().filter(|verb| {
        verb.upos() == Upos::Verb && first.deprel().is_subject() && verb.index() < first.index()
    })?;
    let bare = !first.is_attached() && !second.is_attached();
    (bare && is_state(first) && is_state(second)).then(|| hung(second, Some(verb), Deprel::Obj))
}

/// The change that makes the noun right behind a plural of a number its genitive (آلاف الطلاب).
fn counted_genitive(counted: Word<'_>) -> Option<Rehung> {
    let number = counted.previous().filter(|number| {
        counted.upos() == Upos::Noun
            && counted.deprel().universal() == Deprel::Obj
            && counted.head() == number.head()
            && matches!(number.key(), "الاف" | "مئات" | "عشرات" | "ملايين")
    })?;
    number.deprel().is_subject().then(|| hung(counted, Some(number), Deprel::Nmod))
}

/// Whether a word by itself is the name of a state and no other one's name that is as likely.
pub(crate) fn is_state(word: Word<'_>) -> bool {
    let state = Atlas::get().matches_at(&[word.key()]).next().is_some_and(|found| {
        found.hits().next().is_some_and(|hit| {
            hit.entry.kind() == EntryKind::State
                && !matches!(hit.sense, Sense::Capital | Sense::Demonym)
        })
    });
    state && matches!(word.upos(), Upos::Propn | Upos::Noun | Upos::X)
}

/// The change that hangs an adjective on the indefinite object right before it; `predicative` are verbs, by their keys, that
/// take an adjective as a predicate of their subject or object.
fn adjective_of_object(adjective: Word<'_>, predicative: &HashSet<String>) -> Option<Rehung> {
    let predicate = adjective.upos() == Upos::Adj
        && matches!(adjective.deprel().universal(), Deprel::Xcomp | Deprel::Obj | Deprel::Obl)
        && adjective.child(Deprel::Case).is_none();
    let noun = adjective.previous().filter(|noun| {
        predicate
            && noun.upos() == Upos::Noun
            && noun.deprel().universal() == Deprel::Obj
            && noun.head() == adjective.head()
            && noun.head().is_some_and(|verb| verb.index() < noun.index())
    })?;
    let definite = |word: Word<'_>| word.key().starts_with("ال");
    let held = noun.children().any(|child| child.index() > noun.index());
    let verb = noun.head()?;
    let plain = !predicative.contains(&keys::key(verb.lemma()));
    (plain && !held && !definite(noun) && !definite(adjective))
        .then(|| hung(adjective, Some(noun), Deprel::Amod))
}
