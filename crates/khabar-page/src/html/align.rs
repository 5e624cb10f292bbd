//! Which pieces of a page an extractor has taken.
//!
//! The extractor hands back words, not places. Its words are found again by runs of four, which hardly repeat in a text;
//! a piece too short for that counts as taken when one of the extractor's own blocks is the same.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// How many words make a run.
const RUN: usize = 4;

/// Sets of numbers that are hashes already.
pub(crate) type Hashes = HashSet<u64, BuildHasherDefault<Already>>;

/// Passes a number on as its own hash.
#[derive(Debug, Default)]
pub(crate) struct Already(u64);

impl Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = fnv(self.0, bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The runs of words of an extracted text.
#[derive(Debug, Default)]
pub(crate) struct Extracted {
    runs: Hashes,
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

/// The words of a text as hashes that do not depend on case and marks.
pub(crate) fn words(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(word).collect()
}

fn word(word: &str) -> u64 {
    const SEED: u64 = 0xcbf2_9ce4_8422_2325;
    if word.is_ascii() {
        return word.bytes().fold(SEED, |hash, b| fnv_byte(hash, b.to_ascii_lowercase()));
    }
    let mut buffer = [0; 4];
    word.chars()
        .flat_map(char::to_lowercase)
        .fold(SEED, |hash, c| fnv(hash, c.encode_utf8(&mut buffer).as_bytes()))
}

/// Hashes a run of words; which of them comes first counts.
pub(super) fn run(words: &[u64]) -> u64 {
    words.iter().fold(words.len() as u64, |hash, word| {
        let mixed = (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    })
}

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| fnv_byte(hash, *byte))
}

fn fnv_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}
