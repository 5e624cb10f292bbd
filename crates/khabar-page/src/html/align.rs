//! Which pieces of a page an extractor has taken.
//!
//! The extractor hands back words, not places. Its words are found again by runs of four, which hardly repeat in a text;
//! a piece too short for that counts as taken when one of the extractor's own blocks is the same.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many words make a run.
const RUN: usize = 4;

/// The runs of words of an extracted text.
#[derive(Debug, Default)]
pub(crate) struct Extracted {
    runs: HashSet<u64>,
    /// Blocks too short for a run, and how often each occurs.
    short: HashMap<u64, usize>,
    pub(crate) words: usize,
}

impl Extracted {
    pub(crate) fn of<'a>(blocks: impl IntoIterator<Item = &'a str>) -> Self {
        let mut extracted = Self::default();
        for block in blocks {
            let words = words(block);
            extracted.words += words.len();
            if words.len() < RUN {
                *extracted.short.entry(run(&words)).or_default() += 1;
            }
            extracted.runs.extend(words.windows(RUN).map(run));
        }
        extracted
    }

    /// Returns the share of a piece's words that the extractor has taken, between 0 and 1.
    pub(crate) fn share(&self, words: &[u64]) -> f32 {
        if words.is_empty() {
            return 0.0;
        }
        if words.len() < RUN {
            return if self.short.contains_key(&run(words)) { 1.0 } else { 0.0 };
        }
        let found = words.windows(RUN).filter(|w| self.runs.contains(&run(w))).count();
        found as f32 / (words.len() + 1 - RUN) as f32
    }
}

/// The words of a text in a form that does not depend on case and marks.
pub(crate) fn words(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|word| {
            let mut hasher = DefaultHasher::new();
            for c in word.chars().flat_map(char::to_lowercase) {
                c.hash(&mut hasher);
            }
            hasher.finish()
        })
        .collect()
}

fn run(words: &[u64]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}
