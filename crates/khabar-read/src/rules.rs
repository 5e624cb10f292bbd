//! The lists that the readers go by, one set a language, checked as they are loaded.

use std::collections::HashSet;
use std::thread::{self, ScopedJoinHandle};

use khabar_lang::Language;
use khabar_table::{Table, TableError};

use crate::events::EventRules;
use crate::governed::Governed;
use crate::keys;
use crate::names::tagger::Tagger;
use crate::names::{Bodies, Nouns, Offices, Pairs, Weighing, WordLists};
use crate::phrases::Phrases;
use crate::statements::Statements;

/// All lists of one language.
#[derive(Debug)]
pub(crate) struct Rules {
    /// Words that stand before a person's name.
    pub(crate) titles: Phrases<Title>,
    /// Words that a person's name never holds.
    pub(crate) not_names: Phrases<()>,
    /// Words that tell what a name near them names.
    pub(crate) words: WordLists,
    /// The sectors of those who hold an office.
    pub(crate) offices: Offices,
    /// Bodies that every state has.
    pub(crate) bodies: Bodies,
    /// Nouns that describe somebody.
    pub(crate) nouns: Nouns,
    /// Words for two who were named before.
    pub(crate) pairs: Pairs,
    /// What the reasons weigh by which pronouns and descriptions are given to somebody.
    pub(crate) weighing: Weighing,
    /// The model that finds names.
    pub(crate) tagger: Tagger,
    /// Verbs that take an adjective as a predicate of their subject or object.
    pub(crate) predicative: HashSet<String>,
    /// Verbs that govern a preposition.
    pub(crate) governed: Governed,
    /// Words that report speech and attitudes.
    pub(crate) statements: Statements,
    /// Senses of words that name events, and what tells them apart.
    pub(crate) events: EventRules,
}

/// What a title says of the person whose name follows.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    pub(crate) role: Option<String>,
    pub(crate) sector: Option<String>,
}

macro_rules! rule_file {
    ($name:literal) => {
        (concat!("rules/", $name), include_str!(concat!("../rules/", $name)))
    };
}

impl Rules {
    pub(crate) fn load(language: Language) -> Result<Self, TableError> {
        let (titles, not_names, pairs) = match language {
            Language::English => {
                (rule_file!("en/titles.tsv"), Phrases::default(), rule_file!("en/pairs.tsv"))
            }
            Language::Arabic => (
                rule_file!("ar/titles.tsv"),
                load_words(rule_file!("ar/not_names.tsv"))?,
                rule_file!("ar/pairs.tsv"),
            ),
        };
        // The two long lists are loaded beside the short ones: a program that reads one article waits for little else.
        thread::scope(|scope| {
            let statements = scope.spawn(|| Statements::load(language));
            let events = scope.spawn(|| EventRules::load(language));
            Ok(Self {
                titles: load_titles(titles)?,
                not_names,
                words: WordLists::load(language)?,
                offices: Offices::load()?,
                bodies: Bodies::load(language)?,
                nouns: Nouns::load(language)?,
                pairs: Pairs::load(pairs)?,
                weighing: Weighing::load(language)?,
                tagger: tagger(language),
                predicative: match language {
                    Language::English => HashSet::new(),
                    Language::Arabic => load_keys(rule_file!("ar/predicative.tsv"))?,
                },
                governed: match language {
                    Language::English => Governed::default(),
                    Language::Arabic => Governed::load(rule_file!("ar/governed.tsv"))?,
                },
                statements: joined(statements)?,
                events: joined(events)?,
            })
        })
    }
}

/// Returns the built-in rules of a language.
///
/// # Panics
/// If a list has a fault, with its file and line; a test rules that out.
pub(crate) fn built_in(language: Language) -> Rules {
    Rules::load(language).unwrap_or_else(|fault| panic!("the built-in rules: {fault}"))
}

/// What a thread has made; its panic goes on in this one.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn tagger(language: Language) -> Tagger {
    let bytes: &[u8] = match language {
        Language::English => include_bytes!("../models/names.en.bin"),
        Language::Arabic => include_bytes!("../models/names.ar.bin"),
    };
    Tagger::read(bytes).expect("a test loads the built-in models")
}

type RuleFile = (&'static str, &'static str);

fn load_titles((file, text): RuleFile) -> Result<Phrases<Title>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns(["id", "title", "role", "sector", "note"])?;
    Ok(Phrases::new(table.rows().iter().map(|row| {
        let [_, title, role, sector, _] = columns.cells(row);
        let filled = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        (title, Title { role: filled(role), sector: filled(sector) })
    })))
}

fn load_keys((file, text): RuleFile) -> Result<HashSet<String>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns(["word", "note"])?;
    Ok(table.rows().iter().map(|row| keys::key(columns.cells(row)[0])).collect())
}

fn load_words((file, text): RuleFile) -> Result<Phrases<()>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns(["word", "id", "note"])?;
    Ok(Phrases::new(table.rows().iter().map(|row| (columns.cells(row)[0], ()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_every_language_load() {
        for language in Language::ALL {
            Rules::load(language).unwrap();
        }
    }
}
