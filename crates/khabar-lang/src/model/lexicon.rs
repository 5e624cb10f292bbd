//! How often words occur in the language at large.
//!
//! A treebank of a thousand sentences has not seen most words, but the words themselves tell a lot: that `القتل` and
//! `يقتل` both exist says that `قتل` can be a noun and a verb; that `بحث` is common says that the ب of it is no preposition.
//! So the frequencies of some hundred thousand words are kept as evidence, each in one of sixteen bands.

use super::file::{Reader, Writer};
use super::hash::hash;
use super::table::Table;
use crate::error::Error;

const SEED: u64 = 0x6C65_7869;

/// A set of words with a frequency band for each: 1 for the rarest, 15 for the commonest.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    table: Table,
}

impl Lexicon {
    /// Builds a lexicon of words and bands.
    pub fn build<'w>(words: impl ExactSizeIterator<Item = (&'w str, u8)>) -> Self {
        Self { table: Table::build(words.map(|(word, band)| (key(word), band.into()))) }
    }

    /// The band of a word; 0 when it is not in the lexicon.
    pub fn band(&self, word: &str) -> u8 {
        self.table.get(key(word)).unwrap_or(0) as u8
    }

    /// Writes the lexicon.
    pub fn write(&self, writer: &mut Writer) {
        self.table.write(writer, "lexicon");
    }

    /// Reads what [`Lexicon::write`] wrote.
    pub fn read(reader: &Reader<'_>) -> Result<Self, Error> {
        Ok(Self { table: Table::read(reader, "lexicon")? })
    }
}

fn key(word: &str) -> u64 {
    hash(SEED, word.as_bytes())
}
