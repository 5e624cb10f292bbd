//! Words, digits and numbers: what times and amounts are made of in both languages.
//!
//! Times and amounts are read before any tagging, at a speed at which every article can afford them, so they share a
//! light scanner of their own: it cuts a text into words, runs of digits and symbols and looks each word up once in a
//! lexicon. A word that no list knows costs one look-up and is never visited again. On top of it stands the grammar of
//! numerals, because "the twelfth", "اثنا عشر" and "1.5 million" mean the same to a date, a sum of money and a death toll.

mod arabic;
mod clitics;
mod cut;
mod digits;
mod english;
mod error;
mod fold;
mod lexicon;
mod number;
mod scan;
mod senses;
mod table;

pub use error::RuleError;
pub(crate) use fold::fold;
pub(crate) use lexicon::{Lexicon, Source, WordId};
pub(crate) use number::{NumberForm, Numbers};
pub(crate) use scan::{Gap, Kind, Scan, Token};
pub(crate) use senses::{Case, Class, ClassSet, Sense};
pub(crate) use table::rows;

pub use khabar_lang::Language;
