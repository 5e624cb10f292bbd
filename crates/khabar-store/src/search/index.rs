//! The terms that a document is indexed by.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use khabar_lang::normalize::{Fold, fold};
use khabar_record::{Entity, EntityId, Party, Record, Stance};

use super::token::tokens;
use super::{arabic, english};
use crate::quick::{QuickMap, Seed};
use crate::stories::near_copies;

/// The stem of a word, by the script it is written in.
pub(super) fn stem(word: &str) -> String {
    if is_arabic(word) { arabic::stem(word) } else { english::stem(word) }
}

pub(super) fn is_stop(word: &str) -> bool {
    if is_arabic(word) { arabic::is_stop(word) } else { english::is_stop(word) }
}

pub(super) fn is_arabic(word: &str) -> bool {
    word.chars().any(|c| {
        matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{feff}')
            && c.is_alphabetic()
    })
}

/// What the index holds of a document beside its words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facets {
    /// The number of its outlet among the words.
    pub(crate) outlet: Option<i64>,
}

/// Words and numbers longer than this are no words but data.
const LONGEST: usize = 40;

/// A word of the title counts as so many of the text.
const TITLE: u32 = 2;

/// The length in words of an article of middling length. It is fixed, so that what is indexed for a document does not
/// depend on the others.
const MIDDLING: f32 = 400.0;

/// The saturation and the share of length of BM25, with their usual values.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// From these shares of the greatest possible weight on, a stem gets one and two marks.
const HEAVY: f32 = 0.6;
const HEAVIEST: f32 = 0.8;

/// Words with their stems, as far as they were met: words come back all the time, and a stem takes longer to find than to
/// look up.
#[derive(Debug, Default)]
pub(crate) struct Stemmer {
    /// By the fingerprints of the words.
    words: QuickMap<u128, Known>,
    seed: Seed,
    numbers: QuickMap<String, u32>,
    stems: Vec<Stem>,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// The number of its stem.
    stem: u32,
    /// Whether it is searched for: a word that stands in every text is not.
    searched: bool,
    /// The hash of the word without differences of spelling.
    folded: u64,
}

#[derive(Debug)]
struct Stem {
    text: String,
    hash: u64,
}

/// Words are forgotten beyond this number, to bound the memory; the common ones come back at once.
const KEPT: usize = 1 << 17;

impl Stemmer {
    fn known(&mut self, word: &str) -> Known {
        let fingerprint = self.seed.fingerprint(word);
        if let Some(&known) = self.words.get(&fingerprint) {
            return known;
        }
        let text = stem(word);
        let searched = is_searched(word, &text);
        let stem = if let Some(&number) = self.numbers.get(&text) {
            number
        } else {
            let number = self.stems.len() as u32;
            self.numbers.insert(text.clone(), number);
            self.stems.push(Stem { hash: near_copies::hash(text.as_bytes()), text });
            number
        };
        let folded = near_copies::hash(fold(word, Fold::KEY).as_bytes());
        let known = Known { stem, searched, folded };
        self.words.insert(fingerprint, known);
        known
    }

    /// The number of a word's stem; none for words that are not searched for.
    fn number(&mut self, word: &str) -> Option<u32> {
        let known = self.known(word);
        known.searched.then_some(known.stem)
    }

    /// Makes room; numbers that were given before mean nothing afterwards.
    fn make_room(&mut self) {
        if self.words.len() > KEPT {
            *self = Self::default();
        }
    }

    /// Hashes of the words of a text in their order, without differences of spelling.
    pub(crate) fn words(&mut self, text: &str) -> Vec<u64> {
        self.make_room();
        tokens(text).map(|token| self.known(token.text).folded).collect()
    }

    /// Hashes of the stems of a text, in order and each once.
    pub(crate) fn stems(&mut self, text: &str) -> Vec<u64> {
        self.make_room();
        let mut hashes = Vec::new();
        for token in tokens(text) {
            if let Some(stem) = self.number(token.text) {
                hashes.push(self.stems[stem as usize].hash);
            }
        }
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }
}

/// The stems of a document's text and title with how often they occur; a title's count twice.
pub(crate) type StemCounts = Vec<(String, u32)>;

/// What is made of a document's words.
#[derive(Debug)]
pub(crate) struct Words {
    /// The terms of its words and of its entities' names, with a space behind each.
    pub(crate) terms: String,
    /// The stems of its text that occur most.
    pub(crate) most: StemCounts,
    /// Hashes of the words of its text in their order, as of [`Stemmer::words`].
    pub(crate) text: Vec<u64>,
}

/// Goes through a document's words.
pub(crate) fn document_words(record: &Record, stemmer: &mut Stemmer) -> Words {
    stemmer.make_room();
    let mut words = Vec::with_capacity(record.document.text.len() / 6);
    let mut counts: QuickMap<u32, u32> = QuickMap::default();
    let mut length = 0_u32;
    let title = record.document.title.as_deref().unwrap_or_default();
    for (text, weight) in [(record.document.text.as_str(), 1), (title, TITLE)] {
        for token in tokens(text) {
            length += 1;
            let word = stemmer.known(token.text);
            if word.searched {
                *counts.entry(word.stem).or_default() += weight;
            }
            if weight == 1 {
                words.push(word.folded);
            }
        }
    }
    let most = most_frequent(&counts, stemmer);
    for name in record.entities.iter().flat_map(|entity| entity.names.values()) {
        for stem in tokens(name).filter_map(|token| stemmer.number(token.text)) {
            counts.entry(stem).or_default();
        }
    }
    let norm = K1 * (1.0 - B + B * length as f32 / MIDDLING);
    let mut counts: Vec<(u32, u32)> = counts.into_iter().collect();
    counts.sort_unstable();
    let mut line = String::with_capacity(counts.len() * 9);
    for (stem, count) in counts {
        let stem = &stemmer.stems[stem as usize].text;
        let weight = count as f32 / (count as f32 + norm);
        let _ = write!(line, "{stem} ");
        if count > 1 && weight >= HEAVY {
            let _ = write!(line, "{stem}+ ");
            if weight >= HEAVIEST {
                let _ = write!(line, "{stem}++ ");
            }
        }
    }
    for term in facets(record) {
        let _ = write!(line, "{term} ");
    }
    Words { terms: line, most, text: words }
}

/// So many stems tell what a document is about.
const TELLING: usize = 40;

fn most_frequent(counts: &QuickMap<u32, u32>, stemmer: &Stemmer) -> StemCounts {
    let mut all: Vec<(u32, &str)> = counts
        .iter()
        .map(|(&stem, &count)| (count, stemmer.stems[stem as usize].text.as_str()))
        .collect();
    all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    all.truncate(TELLING);
    all.into_iter().map(|(count, stem)| (stem.to_owned(), count)).collect()
}

/// The stems of a text's words.
pub(crate) fn stems(text: &str) -> BTreeSet<String> {
    tokens(text).filter_map(|token| searched(token.text)).collect()
}

fn searched(word: &str) -> Option<String> {
    let stem = stem(word);
    is_searched(word, &stem).then_some(stem)
}

fn is_searched(word: &str, stem: &str) -> bool {
    !stem.is_empty() && stem.len() <= LONGEST && !is_stop(word)
}

/// The language, the types of the events, the stances of the statements, and the countries of those who take part in them or speak.
fn facets(record: &Record) -> impl Iterator<Item = String> {
    let mut terms = BTreeSet::new();
    terms.extend(record.document.language.as_ref().map(|code| format!("l:{code}")));
    let entities: BTreeMap<EntityId, &Entity> =
        record.entities.iter().map(|entity| (entity.id, entity)).collect();
    let mut country = |party: &Party| {
        let own = || party.entity.and_then(|id| entities.get(&id)?.country.as_deref());
        if let Some(country) = party.country.as_deref().or_else(own) {
            terms.insert(format!("c:{}", country.to_ascii_lowercase()));
        }
    };
    for event in &record.events {
        event.actors.iter().chain(&event.recipients).for_each(&mut country);
        let place = Party { entity: event.place, span: None, country: None, sector: None };
        country(&place);
    }
    record.statements.iter().flat_map(|statement| &statement.source).for_each(&mut country);
    for event in &record.events {
        terms.insert(format!("t:{}", event.kind.to_ascii_lowercase()));
    }
    // Nearly every document asserts something; that is not worth a posting.
    for statement in record.statements.iter().filter(|it| it.stance != Stance::Asserts) {
        terms.insert(format!("s:{}", crate::terms::name(statement.stance)));
    }
    terms.into_iter()
}

/// The line that the full-text index is given for a document: its terms, and those of the rows it has elsewhere.
pub(crate) fn line(mut terms: String, entities: &[(EntityId, i64)], facets: Facets) -> String {
    for (_, entity) in entities {
        let _ = write!(terms, "{} ", entity_term(*entity));
    }
    if let Some(outlet) = facets.outlet {
        let _ = write!(terms, "o:{outlet}");
    }
    terms
}

/// The term by which the documents that speak of an entity are found.
pub(crate) fn entity_term(entity: i64) -> String {
    format!("e:{entity}")
}

/// The line that the index of names is given for an entity.
pub(crate) fn name_line(names: &BTreeMap<String, String>, stemmer: &mut Stemmer) -> String {
    let mut numbers: Vec<u32> = Vec::new();
    for token in names.values().flat_map(|name| tokens(name)) {
        numbers.push(stemmer.known(token.text).stem);
    }
    let stems: BTreeSet<&str> =
        numbers.into_iter().map(|stem| stemmer.stems[stem as usize].text.as_str()).collect();
    stems.into_iter().collect::<Vec<_>>().join(" ")
}
