//! The words that mean something to times and amounts, of one language.

use std::collections::HashMap;

use super::fold::{BuildWordHasher, fold};
use super::senses::{Case, Class, ClassSet, Sense};
use super::{Language, RuleError, rows};

/// A word of the lexicon, by its folded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct WordId(u32);

impl WordId {
    /// The word that no list knows.
    pub(crate) const UNKNOWN: Self = Self(0);
}

/// A word list as it is compiled in.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    /// Its name under `rules/`.
    pub(crate) file: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
}

#[derive(Clone, Default)]
struct Word {
    senses: Vec<Sense>,
    classes: ClassSet,
    /// Names of several words that start with this one, the longest first.
    longer: Vec<Longer>,
    /// Whether a full stop behind the word belongs to it.
    abbreviation: bool,
}

/// A name of several words.
#[derive(Clone)]
struct Longer {
    rest: Vec<WordId>,
    whole: WordId,
}

/// The words of a language and what they mean.
pub(crate) struct Lexicon {
    pub(crate) language: Language,
    ids: HashMap<Box<str>, WordId, BuildWordHasher>,
    words: Vec<Word>,
}

impl Lexicon {
    /// Makes a lexicon without words.
    pub(crate) fn new(language: Language) -> Self {
        Self { language, ids: HashMap::default(), words: vec![Word::default()] }
    }

    /// Adds a word list: forms (divided by `|`), class, value, way of writing, comment.
    pub(crate) fn load(&mut self, source: Source) -> Result<(), RuleError> {
        for row in rows(source.text) {
            let fault = |message: String| RuleError { file: source.file, line: row.line, message };
            let class = Class::from_name(row.cell(1))
                .ok_or_else(|| fault(format!("unknown class {:?}", row.cell(1))))?;
            let value = match row.cell(2) {
                "" => 0.0,
                text => text.parse().map_err(|_| fault(format!("{text:?} is no number")))?,
            };
            let case = case(row.cell(3)).map_err(fault)?;
            for form in row.cell(0).split('|') {
                if form.trim().is_empty() {
                    return Err(fault("an empty form".to_owned()));
                }
                self.add(form, Sense { class, value, case });
            }
        }
        Ok(())
    }

    /// Adds one form of one or several words.
    pub(crate) fn add(&mut self, form: &str, sense: Sense) {
        let folded = fold(form.trim());
        let abbreviation = folded.ends_with('.');
        let folded = folded.replace('.', "");
        let parts: Vec<&str> = folded.split([' ', '-']).filter(|part| !part.is_empty()).collect();
        let ids: Vec<WordId> = parts.iter().map(|part| self.intern(part)).collect();
        let target = match ids.as_slice() {
            [only] => *only,
            [first, rest @ ..] => {
                let whole = self.intern(&parts.join(" "));
                let longer = &mut self.words[first.0 as usize].longer;
                if !longer.iter().any(|known| known.whole == whole) {
                    longer.push(Longer { rest: rest.to_vec(), whole });
                    longer.sort_by_key(|name| std::cmp::Reverse(name.rest.len()));
                }
                whole
            }
            [] => return,
        };
        let word = &mut self.words[target.0 as usize];
        word.abbreviation |= abbreviation;
        if !word.senses.contains(&sense) {
            word.senses.push(sense);
            word.classes = word.classes.union(sense.class.bit());
        }
    }

    /// Makes a word that rules name by itself known.
    pub(crate) fn literal(&mut self, word: &str) -> WordId {
        let id = self.intern(&fold(word));
        let word = &mut self.words[id.0 as usize];
        word.classes = word.classes.union(ClassSet::LITERAL);
        id
    }

    fn intern(&mut self, folded: &str) -> WordId {
        if let Some(&id) = self.ids.get(folded) {
            return id;
        }
        let id = WordId(self.words.len() as u32);
        self.words.push(Word::default());
        self.ids.insert(folded.into(), id);
        id
    }

    /// Returns the word with a folded form.
    pub(crate) fn find(&self, folded: &str) -> WordId {
        self.ids.get(folded).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// Returns the meanings of a word.
    pub(crate) fn senses(&self, word: WordId) -> &[Sense] {
        &self.words[word.0 as usize].senses
    }

    /// Returns the classes that a word's meanings have.
    pub(crate) fn classes(&self, word: WordId) -> ClassSet {
        self.words[word.0 as usize].classes
    }

    /// Whether a full stop behind the word belongs to it.
    pub(crate) fn is_abbreviation(&self, word: WordId) -> bool {
        self.words[word.0 as usize].abbreviation
    }

    /// Whether a name of several words starts with the word.
    pub(crate) fn starts_longer(&self, word: WordId) -> bool {
        !self.words[word.0 as usize].longer.is_empty()
    }

    /// Returns the longest name of several words that starts with `word` and goes on with `next(0)`, `next(1)`, … and
    /// how many words it takes beyond the first.
    pub(crate) fn longest(
        &self,
        word: WordId,
        mut next: impl FnMut(usize) -> Option<WordId>,
    ) -> Option<(WordId, usize)> {
        self.words[word.0 as usize]
            .longer
            .iter()
            .find(|name| (0..name.rest.len()).all(|index| next(index) == Some(name.rest[index])))
            .map(|name| (name.whole, name.rest.len()))
    }
}

fn case(cell: &str) -> Result<Case, String> {
    Ok(match cell {
        "" => Case::Any,
        "capital" => Case::Capital,
        "capital-or-number" => Case::CapitalOrNumber,
        "stop-or-number" => Case::StopOrNumber,
        "upper" => Case::Upper,
        "lower" => Case::Lower,
        "definite" => Case::Definite,
        "indefinite" => Case::Indefinite,
        other => return Err(format!("unknown way of writing {other:?}")),
    })
}
