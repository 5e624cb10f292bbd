//! A text as words, runs of digits and symbols, each with its meanings, and with the case in which it is written.

use super::cut::cut;
use super::lexicon::{Lexicon, WordId};
use super::senses::{Case, Class, ClassSet, Sense};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// Decimal digits only; separators are symbols of their own.
    Digits,
    /// One character that is neither.
    Symbol,
}

/// What lies between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// A hyphen inside a word ("third-quarter").
    Hyphen,
    /// White space.
    Space,
    /// An empty line.
    Paragraph,
}

/// A word, number or symbol of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    pub(crate) gap: Gap,
    /// The word as it is written.
    pub(crate) word: WordId,
    /// The word whose meanings count: without the Arabic article unless the list has it with the article.
    pub(crate) stem: WordId,
    /// The classes of the meanings that the way of writing allows.
    pub(crate) classes: ClassSet,
    /// The number that digits make.
    pub(crate) number: u64,
    /// How many digits there are.
    pub(crate) digits: u8,
    /// The character of a symbol.
    pub(crate) symbol: char,
    /// The ways of writing that the token meets, one bit each.
    pub(super) written: u16,
    /// An Arabic conjunction or preposition written together with the next word.
    pub(crate) clitic: bool,
}

/// The bit of a way of writing.
pub(super) const fn way(case: Case) -> u16 {
    1 << case as u8
}

impl Token {
    fn meets(&self, case: Case) -> bool {
        self.written & way(case) != 0
    }

    /// Whether the word starts with a capital letter.
    pub(crate) fn is_capital(&self) -> bool {
        self.meets(Case::Capital)
    }

    /// Whether the word has the Arabic article.
    pub(crate) fn is_definite(&self) -> bool {
        self.meets(Case::Definite)
    }

    /// Whether the token is the symbol `c`.
    pub(crate) fn is(&self, c: char) -> bool {
        self.kind == Kind::Symbol && self.symbol == c
    }

    /// Whether nothing lies between the token and the one before it.
    pub(crate) fn is_glued(&self) -> bool {
        self.gap == Gap::None
    }
}

/// A text cut into tokens.
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a str,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) tokens: Vec<Token>,
    /// Whether the text has capital letters at all, so that their absence tells something.
    pub(super) has_capitals: bool,
}

impl<'a> Scan<'a> {
    /// Cuts `text` into tokens.
    pub(crate) fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        let scan = Self {
            text,
            lexicon,
            tokens: Vec::with_capacity(text.len() / 5),
            has_capitals: text.bytes().any(|byte| byte.is_ascii_uppercase()),
        };
        let (mut scan, longer) = cut(scan);
        if longer {
            scan.join_names();
        }
        scan.settle_case();
        scan
    }

    /// Returns the meanings that a token's way of writing allows.
    pub(crate) fn senses(&self, index: usize) -> impl Iterator<Item = Sense> + '_ {
        let token = self.tokens.get(index);
        let senses = token.map_or(&[][..], |token| self.lexicon.senses(token.stem));
        senses
            .iter()
            .copied()
            .filter(move |sense| token.is_some_and(|token| token.meets(sense.case)))
    }

    /// Returns the value of a token's meaning of one class.
    pub(crate) fn value(&self, index: usize, class: Class) -> Option<f64> {
        let token = self.tokens.get(index)?;
        if !token.classes.has(class) {
            return None;
        }
        self.senses(index).find(|sense| sense.class == class).map(|sense| sense.value)
    }

    /// Whether a token has a meaning of one class.
    pub(crate) fn has(&self, index: usize, class: Class) -> bool {
        self.tokens.get(index).is_some_and(|token| token.classes.has(class))
    }

    /// Whether a token is the symbol `c`.
    pub(crate) fn symbol(&self, index: usize, c: char) -> bool {
        self.tokens.get(index).is_some_and(|token| token.is(c))
    }

    /// Returns the words of a token.
    pub(crate) fn quote(&self, index: usize) -> &'a str {
        self.tokens
            .get(index)
            .map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// Whether `index` is the first token of a sentence or of the text, as far as a light look can tell.
    pub(crate) fn starts_sentence(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else {
            return true;
        };
        index == 0
            || token.gap == Gap::Paragraph
            || (token.gap == Gap::Space && self.ends_sentence(index - 1))
            || (self.tokens[index - 1].is('"') || self.tokens[index - 1].is('“'))
    }

    /// Whether the token ends a sentence.
    pub(crate) fn ends_sentence(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| {
            token.kind == Kind::Symbol && matches!(token.symbol, '.' | '!' | '?' | '؟' | '…')
        }) && self
            .tokens
            .get(index + 1)
            .is_none_or(|next| next.gap >= Gap::Space || next.kind == Kind::Symbol)
    }

    /// Makes one token of each name of several words.
    fn join_names(&mut self) {
        let mut kept = 0;
        let mut index = 0;
        while index < self.tokens.len() {
            let mut token = self.tokens[index];
            let mut taken = 1;
            if token.kind == Kind::Word && self.lexicon.starts_longer(token.word) {
                let next = |step: usize| {
                    self.tokens
                        .get(index + 1 + step)
                        .filter(|next| {
                            next.kind == Kind::Word && matches!(next.gap, Gap::Space | Gap::Hyphen)
                        })
                        .map(|next| next.word)
                };
                if let Some((whole, more)) = self.lexicon.longest(token.word, next) {
                    taken += more;
                    token.end = self.tokens[index + more].end;
                    token.word = whole;
                    token.stem = whole;
                    // A name that starts with the article counts as written with it.
                    if !token.is_definite() && self.quote(index).starts_with("ال") {
                        token.written |= way(Case::Definite);
                    }
                }
            }
            self.tokens[kept] = token;
            kept += 1;
            index += taken;
        }
        self.tokens.truncate(kept);
    }

    /// Decides which meanings the way of writing allows.
    fn settle_case(&mut self) {
        for index in 0..self.tokens.len() {
            let token = self.tokens[index];
            if token.kind != Kind::Word || token.stem == WordId::UNKNOWN {
                continue;
            }
            let lexicon = self.lexicon;
            let classes = lexicon.classes(token.stem);
            let literal = lexicon.classes(token.word).meets(ClassSet::LITERAL);
            let mut set = ClassSet::default();
            if !classes.is_empty() {
                let number = |other: &Token, gap: Gap| {
                    (other.kind == Kind::Digits || other.classes.has(Class::OrdinalEnd))
                        && gap < Gap::Paragraph
                };
                let next = self.tokens.get(index + 1);
                let before = index > 0 && number(&self.tokens[index - 1], token.gap);
                let beside = before || next.is_some_and(|next| number(next, next.gap));
                let joined = beside
                    || self.symbol(index + 1, ',')
                    || self.tokens.len() == 1
                    || index > 0 && self.symbol(index - 1, ',') && next.is_none()
                    || matches!(self.quote(index + 1), "at" | "the");
                let stop = self.quote(index).ends_with('.');
                let capital = token.is_capital();
                if capital || beside {
                    self.tokens[index].written |= way(Case::CapitalOrNumber);
                }
                if capital && (joined || stop) {
                    self.tokens[index].written |= way(Case::StopOrNumber);
                }
                for sense in lexicon.senses(token.stem) {
                    if self.tokens[index].meets(sense.case) {
                        set = set.union(sense.class.bit());
                    }
                }
            }
            if literal || classes.meets(ClassSet::LITERAL) {
                set = set.union(ClassSet::LITERAL);
            }
            self.tokens[index].classes = set;
        }
    }
}
