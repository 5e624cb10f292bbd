//! Where a name begins: what stands before it is no part of it (titles, "the town of", صحيفة).

use std::ops::Range;

use khabar_lang::{Analysis, Language, Upos};

use super::tagger::labels::Class;
use super::{Text, flag};
use crate::rules::Rules;

/// The band from which an Arabic noun is too common to begin a person's name behind a noun of an office.
const COMMON: u8 = 9;

/// The band from which a noun without article that follows a definite one begins something else.
const COMMON_NOUN: u8 = 7;

/// The first word of a name of a class among these words.
pub(crate) fn name_start(
    rules: &Rules,
    analysis: &Analysis,
    flags: &[u32],
    words: Range<usize>,
    class: Class,
) -> usize {
    match class {
        Class::Person => person_start(rules, analysis, flags, words),
        Class::Organization => behind(flags, words, flag::GENERIC_OUTLET),
        Class::Location => behind(flags, words, flag::GENERIC_PLACE),
    }
}

/// The word behind the nouns that only say what kind of place or outlet is named.
fn behind(flags: &[u32], words: Range<usize>, generic: u32) -> usize {
    let mut start = words.start;
    while start + 1 < words.end && flags[start] & generic != 0 {
        start += 1;
    }
    start
}

/// The index behind a name of a class that the model has found in these Arabic words: what cannot carry a name on ends it.
pub(super) fn name_end(text: Text<'_>, words: Range<usize>, class: Class) -> usize {
    if !text.is_arabic() || words.len() < 2 {
        return words.end;
    }
    // An indefinite accusative belongs to the clause: افتتحت جامعة ظفار كرسياً.
    let accusative = |at: &usize| {
        let word = text.word(*at).text();
        word.ends_with('\u{64B}') || word.ends_with("\u{64B}ا")
    };
    let end = (words.start + 1..words.end).find(accusative).unwrap_or(words.end);
    match class {
        Class::Organization => end_of_definite(text, words.start..end),
        Class::Person => end_before_place(text, words.start..end),
        Class::Location => end,
    }
}

/// A definite noun governs no other noun: نفى الجيش قصف السوق tells what the army denies. What follows it as part of the name is
/// definite too, or hangs on a preposition.
fn end_of_definite(text: Text<'_>, words: Range<usize>) -> usize {
    let is_definite = |at: usize| text.word(at).key().starts_with("ال");
    if !is_definite(words.start) || text.is(words.start, flag::LONG) {
        return words.end;
    }
    let mut before = words.start;
    for at in words.start + 1..words.end {
        let word = text.word(at);
        let bare = word.upos() == Upos::Noun && !is_definite(at) && word.band() >= COMMON_NOUN;
        if bare && is_definite(before) && word.text().chars().all(char::is_alphabetic) {
            return at;
        }
        before = at;
    }
    words.end
}

/// A person's name of three words and more that ends in the name of a state or a large place has run on into the clause: زار
/// الوزير أليكسي غولوفانوف كاراكاس.
fn end_before_place(text: Text<'_>, words: Range<usize>) -> usize {
    let last = words.end - 1;
    let place = text.is(last, flag::STATE | flag::PLACE)
        && !text.is(last, flag::GIVEN_M | flag::GIVEN_F | flag::PERSON | flag::DEMONYM)
        && !text.is(last - 1, flag::PARTICLE);
    if words.len() > 2 && place { last } else { words.end }
}

/// The first word behind the titles, demonyms and offices.
fn person_start(rules: &Rules, analysis: &Analysis, flags: &[u32], words: Range<usize>) -> usize {
    let mut start = words.start;
    while start + 1 < words.end {
        let given = flags[start] & (flag::GIVEN_M | flag::GIVEN_F) != 0;
        let title = rules.titles.at(analysis, start).map(|title| title.end);
        let state = flags[start] & flag::STATE != 0 && !given;
        start = match title {
            Some(end) if end < words.end => end,
            // "U.S. Secretary of State Warren Christopher"
            _ if state
                && start + 2 < words.end
                && rules.titles.at(analysis, start + 1).is_some() =>
            {
                start + 1
            }
            _ if flags[start] & (flag::TITLE | flag::DEMONYM) != 0 && !given => start + 1,
            _ if !given && is_office(analysis, flags, start) => {
                behind_office(analysis, flags, start + 1..words.end)
            }
            _ => break,
        };
    }
    start
}

/// Whether an Arabic word is a noun for the holder of an office rather than a name.
fn is_office(analysis: &Analysis, flags: &[u32], at: usize) -> bool {
    let word = analysis.word(at);
    analysis.language() == Language::Arabic
        && flags[at] & flag::ROLE != 0
        && word.upos() == Upos::Noun
        && word.band() >= COMMON
}

/// The word behind what belongs to the noun of an office: العدل السنغالية in وزيرة العدل السنغالية أميناتا.
fn behind_office(analysis: &Analysis, flags: &[u32], words: Range<usize>) -> usize {
    let belongs = |at: usize| {
        let word = analysis.word(at);
        flags[at] & (flag::GIVEN_M | flag::GIVEN_F) == 0
            && (flags[at] & flag::DEMONYM != 0
                || matches!(word.upos(), Upos::Noun | Upos::Adj | Upos::Cconj | Upos::Adp)
                    && (word.band() >= COMMON || word.key().chars().count() == 1))
    };
    let last = words.end - 1;
    words.clone().find(|&at| !belongs(at)).unwrap_or(last).min(last)
}
