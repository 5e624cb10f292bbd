//! The rules of each language: its words, its grammar of times, its holidays.

use std::sync::LazyLock;

use super::grammar::Grammar;
use super::holidays::{self, Holiday};
use crate::numerals::{Language, Lexicon, RuleError, Source};

/// The rules of a language, ready for use.
pub(super) struct Rules {
    pub(super) lexicon: Lexicon,
    pub(super) grammar: Grammar,
    pub(super) holidays: Vec<Holiday>,
}

macro_rules! source {
    ($file:literal) => {
        Source { file: $file, text: include_str!(concat!("../../rules/", $file)) }
    };
}

impl Rules {
    /// The compiled-in rules of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Arabic => &ARABIC,
        }
    }

    fn load(language: Language) -> Result<Self, RuleError> {
        let mut lexicon = Lexicon::new(language);
        let (words, holidays, times): (&[Source], Source, Source) = match language {
            Language::English => (
                &[
                    source!("en/numerals.tsv"),
                    source!("en/time-words.tsv"),
                    source!("en/months.tsv"),
                    source!("zones.tsv"),
                    source!("en/tense.tsv"),
                    source!("en/time-context.tsv"),
                ],
                source!("en/holidays.tsv"),
                source!("en/times.tsv"),
            ),
            Language::Arabic => (
                &[
                    source!("ar/numerals.tsv"),
                    source!("ar/time-words.tsv"),
                    source!("ar/months.tsv"),
                    source!("zones.tsv"),
                    source!("ar/tense.tsv"),
                    source!("ar/time-context.tsv"),
                ],
                source!("ar/holidays.tsv"),
                source!("ar/times.tsv"),
            ),
        };
        for source in words {
            lexicon.load(*source)?;
        }
        let holidays = holidays::load(holidays, &mut lexicon)?;
        let grammar = Grammar::load(times, &mut lexicon)?;
        Ok(Self { lexicon, grammar, holidays })
    }
}

/// Loads the rules of every language, to find faults in them.
pub fn check_rules() -> Result<(), RuleError> {
    Rules::load(Language::English)?;
    Rules::load(Language::Arabic)?;
    Ok(())
}

static ENGLISH: LazyLock<Rules> =
    LazyLock::new(|| Rules::load(Language::English).expect("the compiled-in rules load"));
static ARABIC: LazyLock<Rules> =
    LazyLock::new(|| Rules::load(Language::Arabic).expect("the compiled-in rules load"));
