//! Conjunctions, prepositions and the article that Arabic writes onto a word, and words that lost the space between them.

use super::lexicon::{Lexicon, WordId};
use super::senses::{Class, ClassSet};

/// How an Arabic word is taken apart.
pub(super) struct Reading {
    pub(super) clitics: [Option<char>; 2],
    pub(super) word: WordId,
    pub(super) stem: WordId,
    pub(super) definite: bool,
}

/// Takes conjunctions, prepositions and the article off until the lexicon knows what is left.
pub(super) fn analyse(lexicon: &Lexicon, folded: &str) -> Option<Reading> {
    let bare = |text: &str| -> Option<(WordId, WordId, bool)> {
        let word = lexicon.find(text);
        if word != WordId::UNKNOWN {
            // A word may be listed with the article as part of a longer name and without it for its own meaning.
            let stem = strip_article(text).map(|rest| lexicon.find(rest));
            return Some(match stem {
                Some(stem)
                    if lexicon.senses(word).is_empty() && !lexicon.senses(stem).is_empty() =>
                {
                    (word, stem, true)
                }
                // ألف starts with these letters too.
                _ => (word, word, text.starts_with("ال") && text.len() >= 10),
            });
        }
        let stem = lexicon.find(strip_article(text)?);
        (!lexicon.senses(stem).is_empty()).then_some((word, stem, true))
    };
    let make = |clitics, (word, stem, definite)| Reading { clitics, word, stem, definite };
    if let Some(found) = bare(folded) {
        return Some(make([None, None], found));
    }
    let first = folded.chars().next()?;
    let rest = folded.get(first.len_utf8()..)?;
    if rest.len() < 4 {
        return None;
    }
    match first {
        'و' | 'ف' => {
            if let Some(found) = bare(rest) {
                return Some(make([Some(first), None], found));
            }
            let second = rest.chars().next()?;
            let inner = rest.get(second.len_utf8()..)?;
            if inner.len() < 4 {
                return None;
            }
            let found = preposition(second, inner, &bare)?;
            Some(make([Some(first), Some(second)], found))
        }
        _ => Some(make([Some(first), None], preposition(first, rest, &bare)?)),
    }
}

fn preposition(
    letter: char,
    rest: &str,
    bare: &impl Fn(&str) -> Option<(WordId, WordId, bool)>,
) -> Option<(WordId, WordId, bool)> {
    // Two letters are too few to tell a preposition with a word from a word (باب, لست).
    let long = |rest: &str| if rest.len() >= 6 { bare(rest) } else { None };
    match letter {
        // The article loses its alif behind ل: للعام = ل + العام.
        'ل' => rest
            .strip_prefix('ل')
            .filter(|stem| stem.len() >= 6)
            .and_then(|stem| bare(&format!("ال{stem}")))
            .or_else(|| long(rest)),
        'ب' | 'ك' => long(rest),
        _ => None,
    }
}

fn strip_article(text: &str) -> Option<&str> {
    text.strip_prefix("ال").filter(|rest| rest.len() >= 4)
}

/// Finds where a known word of time and a verb behind it lost the space between them ("الشهروزعم"), as careless copies of
/// articles do.
pub(super) fn glued(lexicon: &Lexicon, folded: &str) -> Option<(usize, usize)> {
    if folded.len() < 14 || !folded.starts_with("ال") {
        return None;
    }
    folded
        .char_indices()
        .filter(|&(at, c)| c == 'و' && at >= 8 && folded.len() - at >= 8)
        .map(|(at, _)| at)
        .find(|&at| {
            let time = |set: ClassSet| {
                set.has(Class::Unit) || set.has(Class::Weekday) || set.has(Class::DayRel)
            };
            analyse(lexicon, &folded[..at])
                .is_some_and(|left| left.clitics[0].is_none() && time(lexicon.classes(left.stem)))
                && lexicon.classes(lexicon.find(&folded[at + 2..])).has(Class::TensePast)
        })
        .map(|at| (at, at))
}
