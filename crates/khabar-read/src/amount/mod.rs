//! How much and how many: the amounts of a text.
//!
//! An amount is a number with what it measures or counts: money in its currency (ISO 4217), measures in their unit
//! (UCUM), percentages, people and things (an English noun in the singular). The value is the one that the text says in
//! the unit that the text says; nothing is converted, save that parts of one amount are brought to one unit ("7 feet 10
//! inches") and parts of a currency to the currency (10 cents are 0.10). What stands beside the number ("nearly", "more
//! than", "لا يقل عن", "exceeded") becomes its bound and, where it belongs to the phrase, a part of its words.
//!
//! Not amounts: what [`crate::time`] has read, telephone numbers, results of matches, names with numbers ("F-16",
//! "Group of 20", "Article 5"), ordinals, and numbers that only enumerate.
//!
//! A text that is a cell (nothing but a number and its unit) is read as one: then a bare unit counts one ("a kilogram"), an
//! ordinal is its rank, and a length of time is an amount too.

mod bounds;
mod cell;
mod count;
mod counted;
mod exclude;
mod measure;
mod money;
mod quantity;
mod reader;
mod sum;
mod tables;

use khabar_record::{Amount, Time};

use crate::numerals::Language;
use reader::Reader;
use tables::Tables;

pub use tables::check_rules;

/// Returns the amounts of a text, in order and without overlap; `times` are the times of the same text.
pub fn amounts(text: &str, language: Language, times: &[Time]) -> Vec<Amount> {
    Reader::read(text, Tables::of(language), times)
}

/// Reads the times and amounts of any bytes in every language; for fuzzing.
#[doc(hidden)]
pub mod fuzz {
    use jiff::civil::date;

    use crate::numerals::Language;

    /// Reads `bytes` as text and checks what must hold of every row.
    ///
    /// # Panics
    /// If a row does not lie in the text as it must.
    pub fn times_and_amounts(bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        for language in [Language::English, Language::Arabic] {
            for published in [None, Some(date(2023, 2, 27))] {
                let times = crate::time::times(&text, language, published, &());
                let amounts = super::amounts(&text, language, &times);
                check(&text, times.iter().map(|time| time.span));
                check(&text, amounts.iter().map(|amount| amount.span));
                assert!(amounts.iter().all(|amount| amount.value.is_finite()));
                for time in &times {
                    assert!(
                        published.is_some()
                            || time.anchor != Some(khabar_record::TimeAnchor::Published)
                    );
                    assert_eq!(time.start.is_some(), time.end.is_some());
                }
            }
        }
    }

    /// Rows lie in order, without overlap, on characters, and quote words.
    fn check(text: &str, spans: impl Iterator<Item = khabar_record::TextRange>) {
        let mut last = 0;
        for span in spans {
            let range = span.to_usize();
            assert!(last <= range.start && range.start < range.end);
            let words = text.get(range.clone()).expect("a row cuts a character");
            assert_eq!(words, words.trim(), "a row quotes white space");
            last = range.end;
        }
    }
}
