//! The word lists that tokens and sentences are found with: one folder a language, loaded and checked once.

use crate::error::Error;
use crate::language::Language;
use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};

type Set = HashSet<&'static str, FixedState>;
type Map<V> = HashMap<&'static str, V, FixedState>;

/// Whether a sentence may end with an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// What follows belongs to it: a title, a month before its day, a reference.
    Leads,
    /// Only before a number an abbreviation at all: “No. 5”.
    Numbers,
    /// A place, a company, a name's suffix: a sentence ends only if the next word cannot go on with it.
    MayEnd,
    /// A time, a unit, *etc.*: any capitalised word after it begins a sentence.
    Ends,
}

/// The word lists of one language.
pub(crate) struct TextRules {
    pub(crate) language: Language,
    abbreviations: Map<Abbreviation>,
    openers: Set,
    speech_verbs: Set,
    contractions: Map<Vec<usize>>,
    prefixes: Set,
    units: Set,
}

macro_rules! rule_file {
    ($path:literal) => {
        File { name: $path, content: include_str!(concat!("../../", $path)) }
    };
}

struct File {
    name: &'static str,
    content: &'static str,
}

impl File {
    const EMPTY: Self = Self { name: "", content: "" };

    /// The rows of the file: their line numbers and columns.
    fn rows(&self) -> impl Iterator<Item = (usize, Vec<&'static str>)> + use<> {
        let lines = self.content.lines().enumerate();
        lines
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(index, line)| (index + 1, line.split('\t').collect()))
    }

    fn error(&self, line: usize, problem: impl Into<String>) -> Error {
        Error::Rule { file: self.name, line, problem: problem.into() }
    }

    fn set(&self) -> Result<Set, Error> {
        let mut set = Set::default();
        for (line, columns) in self.rows() {
            let word = columns[0];
            if word.is_empty() || word.contains(char::is_whitespace) {
                return Err(self.error(line, format!("`{word}` is not one word")));
            }
            if !set.insert(word) {
                return Err(self.error(line, format!("`{word}` stands here twice")));
            }
        }
        Ok(set)
    }

    fn map<V>(
        &self,
        read: impl Fn(&'static str, &'static str) -> Option<V>,
    ) -> Result<Map<V>, Error> {
        let mut map = Map::default();
        for (line, columns) in self.rows() {
            let [word, value, ..] = columns[..] else {
                return Err(self.error(line, "two columns and a note are needed"));
            };
            let value = read(word, value)
                .ok_or_else(|| self.error(line, format!("`{value}` does not fit `{word}`")))?;
            if map.insert(word, value).is_some() {
                return Err(self.error(line, format!("`{word}` stands here twice")));
            }
        }
        Ok(map)
    }
}

impl TextRules {
    pub(crate) fn load(language: Language) -> Result<Self, Error> {
        match language {
            Language::English => Self::from_files(
                language,
                &rule_file!("rules/en/abbreviations.tsv"),
                &rule_file!("rules/en/sentence_openers.tsv"),
                &rule_file!("rules/en/speech_verbs.tsv"),
                &rule_file!("rules/en/contractions.tsv"),
                &rule_file!("rules/en/hyphen_prefixes.tsv"),
                &rule_file!("rules/en/number_units.tsv"),
            ),
            Language::Arabic => Self::from_files(
                language,
                &rule_file!("rules/ar/abbreviations.tsv"),
                &File::EMPTY,
                &File::EMPTY,
                &File::EMPTY,
                &File::EMPTY,
                &File::EMPTY,
            ),
        }
    }

    fn from_files(
        language: Language,
        abbreviations: &File,
        openers: &File,
        speech_verbs: &File,
        contractions: &File,
        prefixes: &File,
        units: &File,
    ) -> Result<Self, Error> {
        Ok(Self {
            language,
            abbreviations: abbreviations.map(|_, kind| abbreviation_kind(kind))?,
            openers: openers.set()?,
            speech_verbs: speech_verbs.set()?,
            contractions: contractions.map(cuts)?,
            prefixes: prefixes.set()?,
            units: units.set()?,
        })
    }

    /// The kind of an abbreviation, given with its full stop.
    pub(crate) fn abbreviation(&self, form: &str) -> Option<Abbreviation> {
        self.abbreviations.get(form).copied()
    }

    pub(crate) fn opens_sentence(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    pub(crate) fn is_speech_verb(&self, word: &str) -> bool {
        self.speech_verbs.contains(word)
    }

    /// The places, in bytes, at which a fused word is cut.
    pub(crate) fn contraction(&self, lowercase: &str) -> Option<&[usize]> {
        self.contractions.get(lowercase).map(Vec::as_slice)
    }

    pub(crate) fn keeps_hyphen(&self, lowercase_prefix: &str) -> bool {
        self.prefixes.contains(lowercase_prefix)
    }

    pub(crate) fn is_unit(&self, letters: &str) -> bool {
        self.units.contains(letters)
    }
}

fn abbreviation_kind(kind: &str) -> Option<Abbreviation> {
    match kind {
        "title" | "month" | "reference" => Some(Abbreviation::Leads),
        "number" => Some(Abbreviation::Numbers),
        "suffix" | "org" | "place" => Some(Abbreviation::MayEnd),
        "day" | "time" | "unit" | "ending" => Some(Abbreviation::Ends),
        _ => None,
    }
}

/// The cuts of `gon|na`, provided that the parts put together are the form.
fn cuts(form: &str, parts: &str) -> Option<Vec<usize>> {
    let parts: Vec<&str> = parts.split('|').collect();
    if parts.concat() != form || parts.len() < 2 {
        return None;
    }
    let mut at = 0;
    let ends = parts.iter().map(|part| {
        at += part.len();
        at
    });
    Some(ends.take(parts.len() - 1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_file_loads() {
        for language in Language::ALL {
            if let Err(error) = TextRules::load(language) {
                panic!("{error}");
            }
        }
    }

    #[test]
    fn errors_name_the_file_and_the_line() {
        let file =
            File { name: "rules/xx/a.tsv", content: "# head\nMr.\ttitle\tx\nMs.\tlady\tx\n" };
        let error = file.map(|_, kind| abbreviation_kind(kind)).unwrap_err();
        assert_eq!(error.to_string(), "rules/xx/a.tsv:3: `lady` does not fit `Ms.`");
    }
}
