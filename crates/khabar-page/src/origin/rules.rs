//! The patterns in which pages say whose report it is, as the tables of `rules/` give them.

use std::sync::{LazyLock, OnceLock};

use khabar_atlas::outlets::outlets;
use regex::{Captures, Regex};

use crate::meta::table::{Row, Table, TableError, sound, table};
use crate::meta::words::is_arabic_letter;

const TABLES: [(Script, Table); 3] = [
    (Script::Any, table!("any/origin.tsv")),
    (Script::Latin, table!("en/origin.tsv")),
    (Script::Arabic, table!("ar/origin.tsv")),
];

/// The letters without which no pattern of a table fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Any,
    Latin,
    Arabic,
}

impl Script {
    fn is_in(self, words: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Latin => words.bytes().any(|byte| byte.is_ascii_alphabetic()),
            Self::Arabic => words.chars().any(is_arabic_letter),
        }
    }
}

/// What a rule finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A place and an outlet at the start of the text.
    Dateline,
    /// An outlet at the end of the text.
    Signoff,
    /// A line that is an outlet's name.
    Name,
    /// An outlet's own people are credited.
    Credit,
    /// People are credited, nothing is said of their outlet.
    Names,
    /// An outlet helped with a report that is another's.
    Helped,
    /// Words that only one outlet's reports bear.
    House,
    /// A manner of crediting that one outlet has made common; no sign by itself.
    Style,
    /// The report first stood elsewhere.
    First,
    /// A source is named in a word or two, which may be the source of a figure as well: only known outlets count.
    Source,
    /// The report was translated.
    Translated,
    /// Agencies without a name.
    Generic,
    /// The outlet's own people.
    Own,
    /// Who holds the rights.
    Copyright,
}

/// One way in which pages say whose report it is.
///
/// A pattern is compiled when it is first asked: to compile them all takes longer than to read an article.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(super) class: Class,
    pub(super) outlet: Option<&'static str>,
    script: Script,
    row: Row<5>,
    compiled: OnceLock<Regex>,
}

impl Rule {
    /// Asks the pattern of the words.
    pub(super) fn captures<'w>(&self, words: &'w str) -> Option<Captures<'w>> {
        self.pattern(words)?.captures(words)
    }

    /// Whether the pattern fits the words.
    pub(super) fn is_match(&self, words: &str) -> bool {
        self.pattern(words).is_some_and(|pattern| pattern.is_match(words))
    }

    fn pattern(&self, words: &str) -> Option<&Regex> {
        self.script.is_in(words).then(|| self.compiled.get_or_init(|| sound(self.compile())))
    }

    /// Compiles the pattern.
    pub(super) fn compile(&self) -> Result<Regex, TableError> {
        self.row.pattern(3)
    }
}

/// Loads all rules.
pub(crate) fn load() -> Result<Vec<Rule>, TableError> {
    let mut rules = Vec::new();
    for (script, table) in TABLES {
        for row in table.rows::<5>()? {
            let class = match row.cells[1] {
                "dateline" => Class::Dateline,
                "signoff" => Class::Signoff,
                "name" => Class::Name,
                "credit" => Class::Credit,
                "names" => Class::Names,
                "helped" => Class::Helped,
                "house" => Class::House,
                "style" => Class::Style,
                "first" => Class::First,
                "source" => Class::Source,
                "translated" => Class::Translated,
                "generic" => Class::Generic,
                "own" => Class::Own,
                "copyright" => Class::Copyright,
                other => return Err(row.error(format!("unknown class {other:?}"))),
            };
            let outlet = Some(row.cells[2]).filter(|id| !id.is_empty());
            if outlet.is_some_and(|id| outlets().by_id(id).is_none()) {
                return Err(row.error(format!("unknown outlet {:?}", row.cells[2])));
            }
            rules.push(Rule { class, outlet, script, row, compiled: OnceLock::new() });
        }
    }
    Ok(rules)
}

/// Returns the rules of a class, in the order of the tables.
pub(super) fn rules(class: Class) -> impl Iterator<Item = &'static Rule> {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| sound(load()));
    RULES.iter().filter(move |rule| rule.class == class)
}
