//! Looking up phrases of a list in an analysed text, the longest first, whatever the spelling and the attached particles.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::keys;
use khabar_lang::Analysis;

/// Phrases with what each of them stands for.
#[derive(Debug)]
pub(crate) struct Phrases<V> {
    /// By the key of the first word: the keys of the other words and the value, the longest phrase first.
    by_first: HashMap<String, Vec<(Vec<String>, V)>>,
}

/// A phrase found in a text.
#[derive(Debug)]
pub(crate) struct Found<'p, V> {
    /// The index of the word behind it.
    pub(crate) end: usize,
    /// What the phrase stands for.
    pub(crate) value: &'p V,
}

impl<V> Default for Phrases<V> {
    fn default() -> Self {
        Self { by_first: HashMap::new() }
    }
}

impl<V> Phrases<V> {
    /// Makes a dictionary of phrases; of two equal phrases the first counts.
    pub(crate) fn new(phrases: impl IntoIterator<Item = (impl AsRef<str>, V)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, V)>> = HashMap::new();
        for (phrase, value) in phrases {
            let mut words = phrase.as_ref().split_whitespace().map(keys::key);
            let Some(first) = words.next() else { continue };
            let rest: Vec<String> = words.collect();
            let same = by_first.entry(first).or_default();
            if !same.iter().any(|(other, _)| *other == rest) {
                let longer = same.partition_point(|(other, _)| other.len() >= rest.len());
                same.insert(longer, (rest, value));
            }
        }
        Self { by_first }
    }

    /// Finds the longest phrase that starts at word `index` and does not leave its sentence.
    pub(crate) fn at<'p>(&'p self, analysis: &Analysis, index: usize) -> Option<Found<'p, V>> {
        let word = analysis.word(index);
        keys::readings(word)
            .filter_map(|(key, _)| {
                let same = self.by_first.get(key.as_ref())?;
                same.iter().find_map(|(rest, value)| {
                    let end = match_rest(analysis, index + 1, rest)?;
                    Some(Found { end, value })
                })
            })
            .min_by_key(|found| Reverse(found.end))
    }
}

fn match_rest(analysis: &Analysis, index: usize, rest: &[String]) -> Option<usize> {
    let end = index + rest.len();
    let inside = end <= analysis.word(index - 1).sentence().word_range().end;
    let same = || rest.iter().zip(index..end).all(|(key, at)| analysis.word(at).key() == key);
    (inside && same()).then_some(end)
}
