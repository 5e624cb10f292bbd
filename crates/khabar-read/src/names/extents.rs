//! How far a description reaches: the noun phrase without what only tells how, when or by what means.

use std::ops::Range;

use khabar_lang::{Deprel, Language, Upos, Word};
use khabar_record::TextRange;

use crate::clauses;

/// Words before a phrase that belong to the sentence and not to it.
const AHEAD: [&str; 12] = [
    "only",
    "even",
    "also",
    "just",
    "today",
    "yesterday",
    "meanwhile",
    "then",
    "now",
    "not",
    "still",
    "yet",
];

/// Prepositions that open a circumstance rather than say whose or where somebody is.
const ENGLISH: [&str; 30] = [
    "with",
    "on",
    "against",
    "over",
    "about",
    "behind",
    "during",
    "after",
    "before",
    "since",
    "among",
    "without",
    "under",
    "by",
    "between",
    "as",
    "through",
    "following",
    "including",
    "despite",
    "amid",
    "until",
    "because",
    "via",
    "upon",
    "into",
    "than",
    "like",
    "ahead",
    "along",
];
const ARABIC: [&str; 34] = [
    "علي",
    "الي",
    "مع",
    "بعد",
    "قبل",
    "خلال",
    "منذ",
    "بين",
    "ضد",
    "بسبب",
    "حول",
    "اثر",
    "عقب",
    "وسط",
    "امام",
    "نحو",
    "حتي",
    "بشان",
    "لدي",
    "ضمن",
    "عبر",
    "اثناء",
    "دون",
    "بدون",
    "رغم",
    "بعيد",
    "تحت",
    "فوق",
    "حيال",
    "ازاء",
    "تجاه",
    "كما",
    "حين",
    "ك",
];

/// The words of the description that a noun heads. `in_name` tells the words of names, which are never cut; `times` are the
/// stretches that name a time, which are no part of anybody.
pub(super) fn of(word: Word<'_>, in_name: &[bool], times: &[TextRange]) -> Range<usize> {
    let analysis = word.analysis();
    let words = analysis.words_in(clauses::noun_phrase(word));
    let start = (words.start..word.index())
        .find(|&at| !AHEAD.contains(&analysis.word(at).key()))
        .unwrap_or(word.index());
    let cut = (word.index() + 1..words.end)
        .find(|&at| !in_name[at] && opens_circumstance(word, analysis.word(at), times));
    let mut end = cut.unwrap_or_else(|| with_complement(word, words.end));
    while end > word.index() + 1
        && matches!(analysis.word(end - 1).upos(), Upos::Punct | Upos::Cconj | Upos::Adp)
    {
        end -= 1;
    }
    start..end.max(word.index() + 1)
}

fn opens_circumstance(noun: Word<'_>, word: Word<'_>, times: &[TextRange]) -> bool {
    if times.iter().any(|time| time.start() == word.range().start()) {
        return true;
    }
    match noun.analysis().language() {
        Language::English => {
            let preposition = matches!(word.upos(), Upos::Adp | Upos::Sconj)
                && ENGLISH.contains(&word.key())
                && !word.is_attached();
            // "two officials familiar with the talks"
            let adjective = word.upos() == Upos::Adj
                && word.head() == Some(noun)
                && word.children().any(|child| {
                    child.index() > word.index()
                        && matches!(
                            child.deprel().universal(),
                            Deprel::Obl | Deprel::Xcomp | Deprel::Advcl
                        )
                });
            // "a surgeon from Radom for drawings", "the doctor, in a white coat": the first phrase is enough.
            let prepositional =
                word.upos() == Upos::Adp && !matches!(word.key(), "of" | "'s" | "’s");
            let before = (noun.index() + 1..word.index()).any(|at| {
                let word = noun.analysis().word(at);
                word.upos() == Upos::Adp && !word.is_attached() || word.key() == ","
            });
            preposition || adjective || prepositional && before
        }
        Language::Arabic => {
            matches!(word.upos(), Upos::Adp | Upos::Sconj | Upos::Adv | Upos::Noun)
                && word.deprel().universal() == Deprel::Case
                && ARABIC.contains(&word.key())
                || word.upos() == Upos::Adp && ARABIC.contains(&word.key())
        }
    }
}

/// The end of an English phrase with the complement behind it that trees often hang elsewhere: "the governor | of Kassala".
fn with_complement(noun: Word<'_>, end: usize) -> usize {
    let analysis = noun.analysis();
    if analysis.language() == Language::Arabic || end >= noun.sentence().word_range().end {
        return end;
    }
    let opens = analysis.word(end);
    let speaks = matches!(noun.lemma(), "spokesman" | "spokeswoman" | "spokesperson");
    if opens.key() != "of" && !(opens.key() == "for" && speaks) {
        return end;
    }
    match opens.head().filter(|head| head.upos().is_nominal() && head.index() > end) {
        Some(complement) if opens.deprel() == Deprel::Case => {
            let behind = analysis.words_in(complement.noun_phrase());
            if behind.start == end + 1 { behind.end } else { end }
        }
        _ => end,
    }
}
