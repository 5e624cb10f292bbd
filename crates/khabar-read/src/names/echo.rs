//! Agreement over the document: what is a name in one sentence is the same name in the next.
//!
//! The model sees one sentence at a time. Where a full name shows who somebody is ("Foreign Minister Pavel Orlov"), the bare
//! surname later is the same person, whatever the model thought of it; where a name was found once, the same words are a
//! name again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use khabar_atlas::{Entry, EntryKind};
use khabar_lang::{Deprel, Upos, Word};
use khabar_record::EntityKind;

use super::find::{Name, is_upper};
use super::nouns::bare;
use super::{Text, flag};

/// The band from which an Arabic word is too common to be a name wherever it stands.
const COMMON: u8 = 8;
/// The longest name that is looked for again, in words.
const LONGEST: usize = 6;

/// Makes persons of the short names that were taken for something else, when they close the full name of a person.
pub(super) fn agree(text: Text<'_>, names: &mut [Name]) {
    let surnames = surnames(text, names);
    for name in names {
        let only = name.words.len() == 1 && name.kind != EntityKind::Person;
        if only
            && !name.is_sure()
            && !is_located(text, name)
            && surnames.contains(bare(text.word(name.words.start).key()))
        {
            name.kind = EntityKind::Person;
            name.bearers.clear();
        }
    }
}

/// Whether a preposition of place stands before a name of a place.
fn is_located(text: Text<'_>, name: &Name) -> bool {
    let before = name.words.start.checked_sub(1).map(|at| text.word(at).key());
    name.kind == EntityKind::Place
        && before.is_some_and(|key| {
            matches!(
                key,
                "in" | "at" | "near" | "outside" | "," | "في" | "ب" | "قرب" | "الي" | "الى"
            )
        })
}

/// The places where names that were found are written again and nothing was found: their words and their kinds.
pub(super) fn again(text: Text<'_>, names: &[Name]) -> Vec<(Range<usize>, EntityKind)> {
    let surnames = surnames(text, names);
    let mut whole: BTreeMap<&str, Vec<(Vec<&str>, EntityKind)>> = BTreeMap::new();
    for name in names.iter().filter(|name| name.words.len() <= LONGEST && !name.is_sure()) {
        let keys: Vec<&str> = name.words.clone().map(|at| text.word(at).key()).collect();
        let all = whole.entry(keys[0]).or_default();
        if all.iter().all(|(other, _)| *other != keys) {
            all.push((keys, name.kind));
        }
    }
    let mut taken = vec![false; text.analysis.word_count()];
    for at in names.iter().flat_map(|name| name.words.clone()) {
        taken[at] = true;
    }
    let mut found = Vec::new();
    for at in 0..taken.len() {
        if taken[at] {
            continue;
        }
        let word = text.word(at);
        let same = whole.get(word.key()).into_iter().flatten().filter(|(keys, _)| {
            let end = at + keys.len();
            end <= taken.len()
                && (at..end).all(|at| !taken[at])
                && keys.iter().zip(at..end).all(|(key, at)| text.word(at).key() == *key)
                && (keys.len() > 1 || may_name(text, word))
        });
        if let Some((keys, kind)) = same.max_by_key(|(keys, _)| keys.len()) {
            found.push((at..at + keys.len(), *kind));
        } else if surnames.contains(bare(word.key()))
            && (may_name(text, word) || is_bare(text, word))
        {
            found.push((at..at + 1, EntityKind::Person));
        }
    }
    found
}

/// The words of persons' full names by which they are called later: the last, and the first where families' names come first.
fn surnames<'t>(text: Text<'t>, names: &[Name]) -> BTreeSet<&'t str> {
    let full = names.iter().filter(|name| {
        name.kind == EntityKind::Person && name.words.len() > 1 && name.words.len() <= LONGEST
    });
    let mut surnames = BTreeSet::new();
    for name in full {
        let last = text.word(name.words.end - 1);
        if last.key().chars().count() > 2 && !last.key().starts_with("ال") || may_name(text, last)
        {
            surnames.insert(bare(last.key()));
        }
        let first = text.word(name.words.start);
        if family_first(name) && (may_name(text, first) || is_bare(text, first)) {
            surnames.insert(first.key());
        }
    }
    surnames
}

/// Whether a name is of a people whose families' names stand first, by the state of its bearer or the one that its title names.
fn family_first(name: &Name) -> bool {
    let of_bearer = name.bearers.iter().filter(|bearer| bearer.entry().kind() == EntryKind::Person);
    let countries = of_bearer.map(|bearer| bearer.entry().country());
    countries.chain([name.country.and_then(Entry::country)]).flatten().any(|country| {
        matches!(country, "CHN" | "TWN" | "HKG" | "PRK" | "KOR" | "VNM" | "KHM" | "SGP")
    })
}

/// Whether an Arabic noun stands like a name, with nothing that belongs to it: شي by itself is Xi where Xi Jinping was named.
fn is_bare(text: Text<'_>, word: Word<'_>) -> bool {
    text.is_arabic()
        && matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::X)
        && !word.key().starts_with("ال")
        && word.children().all(|child| child.deprel().universal() == Deprel::Case)
        && word.deprel().is_subject()
}

/// Whether a word can be a name by itself: written with a capital, in Arabic no common word of another kind.
fn may_name(text: Text<'_>, word: Word<'_>) -> bool {
    let known = text.flags[word.index()];
    if known & (flag::STATE | flag::DEMONYM | flag::TITLE | flag::ORG_HEAD | flag::PLACE_HEAD) != 0
    {
        return false;
    }
    if text.is_arabic() {
        return match word.upos() {
            Upos::Propn | Upos::X => word.band() < COMMON + 3,
            Upos::Noun | Upos::Adj => word.band() < COMMON,
            _ => false,
        };
    }
    is_upper(word.text())
        && !matches!(word.upos(), Upos::Det | Upos::Pron | Upos::Adp | Upos::Verb | Upos::Aux)
}
