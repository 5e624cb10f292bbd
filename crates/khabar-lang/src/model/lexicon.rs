//! How often words occur in the language at large.
//!
//! A treebank of a thousand sentences has not seen most words, but the words themselves tell a lot: that `القتل` and
//! `يقتل` both exist says that `قتل` can be a noun and a verb; that `بحث` is common says that the ب of it is no preposition.
//! So the frequencies of some hundred thousand words are kept as evidence, each in one of sixteen bands, and with them what
//! dictionaries and lists of names say that a word can be.

use super::file::{Reader, Writer};
use super::hash::hash;
use super::table::Table;
use crate::error::Error;

const SEED: u64 = 0x6C65_7869;

/// The class of base forms of nouns.
pub const NOUN: u16 = 1;
/// The class of plurals of nouns.
pub const PLURAL: u16 = 1 << 1;
/// The class of base forms of verbs.
pub const VERB: u16 = 1 << 2;
/// The class of third persons of verbs.
pub const THIRD_PERSON: u16 = 1 << 3;
/// The class of pasts and past participles.
pub const PAST: u16 = 1 << 4;
/// The class of gerunds and present participles.
pub const GERUND: u16 = 1 << 5;
/// The class of adjectives.
pub const ADJECTIVE: u16 = 1 << 6;
/// The class of adverbs.
pub const ADVERB: u16 = 1 << 7;
/// The class of names that a dictionary has.
pub const NAME: u16 = 1 << 8;
/// The class of words of such names that have several.
pub const PART_OF_NAME: u16 = 1 << 9;
/// The place of the first of two bits for each list of names: names of one word, and words of longer names.
pub const FIRST_LIST: u32 = 10;

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its frequency band: 1 for the rarest words, 15 for the commonest, 0 for those that no frequency list has.
    pub band: u8,
    /// What dictionaries and lists of names say of it, a bit for each class.
    pub classes: u16,
}

/// A set of words with what is known of each.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    table: Table,
}

impl Lexicon {
    /// Builds a lexicon.
    pub fn build<'w>(words: impl ExactSizeIterator<Item = (&'w str, Entry)>) -> Self {
        let pack = |entry: Entry| u32::from(entry.classes) << 8 | u32::from(entry.band);
        Self { table: Table::build(words.map(|(word, entry)| (key(word), pack(entry)))) }
    }

    /// All that is known of a word.
    pub fn entry(&self, word: &str) -> Entry {
        let packed = self.table.get(key(word)).unwrap_or(0);
        Entry { band: packed as u8, classes: (packed >> 8) as u16 }
    }

    /// The band of a word; 0 when it is not in the lexicon.
    pub fn band(&self, word: &str) -> u8 {
        self.table.get(key(word)).unwrap_or(0) as u8
    }

    /// The classes of a word; 0 when none are known.
    pub fn classes(&self, word: &str) -> u16 {
        (self.table.get(key(word)).unwrap_or(0) >> 8) as u16
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
