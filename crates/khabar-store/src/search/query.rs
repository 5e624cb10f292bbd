//! A query as typed, to words with all their stems.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::index::{is_arabic, is_stop, stem};
use super::token::tokens;
use super::{arabic, english};

/// What is searched for: all words must occur.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pub(super) words: Vec<Word>,
    /// The letters that the stems of Latin script begin with.
    initials: BTreeSet<char>,
    /// Whether any stem is Arabic.
    arabic: bool,
    /// Words of texts that were looked at, with the word of the query that they are a form of.
    seen: RefCell<HashMap<String, Option<usize>>>,
    /// Ranges of words that must stand side by side.
    pub(super) phrases: Vec<std::ops::Range<usize>>,
}

/// A word of a query: any of its stems will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) stems: BTreeSet<String>,
}

impl Query {
    /// Reads a query. Words between quotation marks must stand side by side; common words are left out, unless there is
    /// nothing else.
    pub(crate) fn parse(text: &str) -> Self {
        let mut query = Self::default();
        let mut quoted = false;
        for part in text.split(['"', '“', '”', '«', '»']) {
            let from = query.words.len();
            let words = tokens(part)
                .filter(|token| !is_stop(token.text))
                .map(|token| Word::new(token.text));
            query.words.extend(words);
            if quoted && query.words.len() > from + 1 {
                query.phrases.push(from..query.words.len());
            }
            quoted = !quoted;
        }
        for stem in query.words.iter().flat_map(|word| &word.stems) {
            query.arabic |= is_arabic(stem);
            query.initials.extend(stem.chars().next());
        }
        query
    }

    /// The word of the query that a word of a text is a form of.
    pub(super) fn word_of(&self, word: &str) -> Option<usize> {
        // Most words can be told to be none without their stem: a stem in Latin letters keeps the first letter.
        if word.is_ascii() {
            let first = word.chars().next()?.to_ascii_lowercase();
            if !self.initials.contains(&first) {
                return None;
            }
        } else if !self.arabic && is_arabic(word) {
            return None;
        }
        if let Some(&known) = self.seen.borrow().get(word) {
            return known;
        }
        let stem = stem(word);
        let found = self.words.iter().position(|word| word.stems.contains(&stem));
        let mut seen = self.seen.borrow_mut();
        if seen.len() >= SEEN {
            seen.clear();
        }
        seen.insert(word.to_owned(), found);
        found
    }

    /// Whether all words occur in a text.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.words.iter().all(|word| tokens(text).any(|token| word.fits(token.text)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Words beyond this number are forgotten, to bound the memory.
const SEEN: usize = 1 << 16;

impl Word {
    fn new(word: &str) -> Self {
        let stems =
            if is_arabic(word) { arabic::alternatives(word) } else { english::alternatives(word) };
        Self { stems: stems.into_iter().filter(|stem| !stem.is_empty()).collect() }
    }

    /// Whether a word of a text is one of this word's forms.
    pub(super) fn fits(&self, word: &str) -> bool {
        self.stems.contains(&stem(word))
    }
}

/// Words that turn a short clause into its contrary.
const NEGATIONS: [&str; 17] = [
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "neither",
    "cannot",
    "without",
    "لم",
    "لن",
    "لا",
    "ليس",
    "ليست",
    "ليسوا",
    "ما",
    "غير",
];

/// Whether a short text says that something is not so.
pub(crate) fn is_negated(text: &str) -> bool {
    /// In longer texts the negation may be of something else.
    const SHORT: usize = 25;
    let words: Vec<&str> = tokens(text).map(|token| token.text).collect();
    words.len() <= SHORT
        && words.iter().any(|word| {
            let word = word.to_lowercase();
            NEGATIONS.contains(&word.as_str()) || word.ends_with("n't") || word.ends_with("n’t")
        })
}
