//! The places of a text that answer a query.

use std::collections::BTreeMap;

use khabar_record::{EntityId, Record, TextRange, TextSize};

use super::index::is_stop;
use super::query::Query;
use super::token::tokens;

/// Where the words of a query stand in a document's text, each with the number of the word.
pub(super) type Places = Vec<(TextRange, usize)>;

/// Finds the words of a query in a document. A name that is written in the other script is found where it is spoken of.
pub(super) fn places(record: &Record, query: &Query) -> Places {
    let mut places: Places = tokens(&record.document.text)
        .filter_map(|token| Some((token.range, query.word_of(token.text)?)))
        .collect();
    let missing: Vec<usize> = (0..query.words.len())
        .filter(|word| !places.iter().any(|(_, found)| found == word))
        .collect();
    if !missing.is_empty() {
        let named = named(record, query, &missing);
        for mention in &record.mentions {
            if let Some(&word) = named.get(&mention.entity) {
                places.push((mention.span, word));
            }
        }
        places.sort_by_key(|&(range, _)| (range.start(), range.end()));
    }
    places
}

/// The entities whose names hold one of the words.
fn named(record: &Record, query: &Query, words: &[usize]) -> BTreeMap<EntityId, usize> {
    let mut found = BTreeMap::new();
    for entity in &record.entities {
        for name in entity.names.values() {
            for token in tokens(name) {
                if let Some(&word) = words.iter().find(|&&word| query.words[word].fits(token.text))
                {
                    found.entry(entity.id).or_insert(word);
                }
            }
        }
    }
    found
}

/// Whether every phrase of the query stands in the text or the title with its words side by side.
pub(super) fn holds_phrases(record: &Record, query: &Query) -> bool {
    query.phrases.iter().all(|phrase| {
        [record.document.text.as_str(), record.document.title.as_deref().unwrap_or_default()]
            .into_iter()
            .any(|text| holds(text, query, phrase.clone()))
    })
}

fn holds(text: &str, query: &Query, phrase: std::ops::Range<usize>) -> bool {
    let words = &query.words[phrase];
    // How many words of the phrase each of its openings has met so far.
    let mut open: Vec<usize> = Vec::new();
    for token in tokens(text).filter(|token| !is_stop(token.text)) {
        let mut next = Vec::new();
        for met in open.into_iter().chain([0]) {
            if words[met].fits(token.text) {
                if met + 1 == words.len() {
                    return true;
                }
                next.push(met + 1);
            }
        }
        open = next;
    }
    false
}

/// The sentences that answer best, at most `count`, in the order of the text, each with its marks.
pub(super) fn sentences(
    record: &Record,
    places: &[(TextRange, usize)],
    count: usize,
) -> Vec<(TextRange, Vec<TextRange>)> {
    let whole = [TextRange::of(&record.document.text)];
    let all: &[TextRange] = if record.sentences.is_empty() { &whole } else { &record.sentences };
    let mut scored: Vec<(usize, TextRange, Vec<TextRange>)> = Vec::new();
    for &sentence in all {
        let inside: Vec<&(TextRange, usize)> =
            places.iter().filter(|(range, _)| sentence.contains_range(*range)).collect();
        let mut words: Vec<usize> = inside.iter().map(|(_, word)| *word).collect();
        words.sort_unstable();
        words.dedup();
        if !words.is_empty() {
            scored.push((words.len(), sentence, inside.iter().map(|(range, _)| *range).collect()));
        }
    }
    scored.sort_by_key(|(words, sentence, _)| (std::cmp::Reverse(*words), sentence.start()));
    scored.truncate(count);
    scored.sort_by_key(|(_, sentence, _)| sentence.start());
    if scored.is_empty() {
        return all.first().map(|&first| vec![(first, Vec::new())]).unwrap_or_default();
    }
    scored
        .into_iter()
        .map(|(_, sentence, marks)| (around(&record.document.text, sentence, &marks), marks))
        .map(|(span, marks)| {
            (span, marks.into_iter().filter(|mark| span.contains_range(*mark)).collect())
        })
        .collect()
}

/// Bytes of a sentence that are shown before its first mark and after; longer ones are cut at words.
const BEFORE: u32 = 160;
const AFTER: u32 = 400;

fn around(text: &str, sentence: TextRange, marks: &[TextRange]) -> TextRange {
    let first = marks.first().map_or(sentence.start(), |mark| mark.start()).to_u32();
    let (start, end) = (sentence.start().to_u32(), sentence.end().to_u32());
    let from = if first.saturating_sub(start) > BEFORE + 40 { first - BEFORE } else { start };
    let to = if end.saturating_sub(first) > AFTER + 40 { first + AFTER } else { end };
    let from = if from == start { from } else { word_start(text, from, first) };
    let to = if to == end { to } else { word_end(text, first, to) };
    TextRange::new(TextSize::new(from), TextSize::new(to)).trim(text)
}

/// The first start of a word behind `at`.
fn word_start(text: &str, at: u32, limit: u32) -> u32 {
    let bytes = text.as_bytes();
    (at..limit).find(|&n| bytes[n as usize] == b' ').map_or(limit, |space| space + 1)
}

/// The last end of a word before `at`.
fn word_end(text: &str, limit: u32, at: u32) -> u32 {
    let bytes = text.as_bytes();
    (limit..at).rev().find(|&n| bytes[n as usize] == b' ').unwrap_or_else(|| {
        (limit..=at).rev().find(|&n| text.is_char_boundary(n as usize)).unwrap_or(limit)
    })
}
