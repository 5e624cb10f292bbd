//! The rules that put words together to time expressions, as data.
//!
//! A rule is a line of `rules/<lang>/times.tsv`: id, symbol, pattern, action, comment. A pattern is a row of items:
//!
//! | item | matches |
//! |---|---|
//! | `MONTH`, `UNIT=8`, `UNIT:d` | a word of the class, with that value, with the Arabic article (`:i` without) |
//! | `NUM`, `YEAR`, … | a number of a kind, see [`Builtin`] |
//! | `@day` | whatever the rules of the symbol `day` match, the longest |
//! | `the`, `من`, `,` | the word or the sign itself |
//! | `a\|b` | one or the other |
//! | `x:ITEM` | the same, and keeps it under the letter `x` for the action |
//! | `ITEM?` | the item or nothing |
//! | `^ITEM` | the item without a space before it |
//! | `!ITEM` | nothing, when the item does not follow |
//! | `<ITEM`, `<!ITEM` | nothing, when the item stands (does not stand) before the expression |
//! | `ITEM<` | the item before the expression, if it is there |
//! | `[` … `]` | the part of the pattern that belongs to the expression |
//!
//! An action names what the words mean (see `build`) with fixed values for letters that the pattern does not catch.

use std::collections::BTreeMap;

use super::build::{self, Action};
use crate::numerals::{Class, ClassSet, Kind, Lexicon, RuleError, Source, Token, WordId, rows};

/// A kind of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    /// Any cardinal.
    Number,
    /// A fraction in words ("three quarters").
    Fraction,
    /// A cardinal in words.
    Words,
    /// An ordinal.
    Ordinal,
    /// Digits for a day of the month, with or without an ordinal ending.
    DayOfMonth,
    /// An ordinal from 1 to 31.
    DayOrdinal,
    /// Digits from 1 to 12.
    MonthNumber,
    /// Four digits for a year.
    Year,
    /// Four digits for a year of the Hijra (1200 to 1599).
    HijriYear,
    /// Four digits for a year that stands by itself in running text.
    BareYear,
    /// Four digits for any year of the last thousand, where the words before tell that it is one.
    OldYear,
    /// Two digits.
    TwoDigits,
    /// A year in words ("nineteen ninety-six").
    YearWords,
    /// Digits from 0 to 24.
    Hour,
    /// An hour of the clock in words.
    HourWords,
    /// Two digits from 00 to 59.
    Minutes,
    /// Three or four digits that make hours and minutes.
    HourMinutes,
    /// A single digit from 1 to 4.
    OneToFour,
    /// Any digits.
    Digits,
    /// A noun in the plural, as English forms it.
    Plural,
    /// Any word.
    AnyWord,
    /// The end of the text.
    End,
}

const BUILTINS: &[(&str, Builtin)] = &[
    ("NUM", Builtin::Number),
    ("FRAC", Builtin::Fraction),
    ("NUMWORDS", Builtin::Words),
    ("NTH", Builtin::Ordinal),
    ("DOM", Builtin::DayOfMonth),
    ("DOMORD", Builtin::DayOrdinal),
    ("MM", Builtin::MonthNumber),
    ("YEAR", Builtin::Year),
    ("HYEAR", Builtin::HijriYear),
    ("BAREYEAR", Builtin::BareYear),
    ("OLDYEAR", Builtin::OldYear),
    ("YY", Builtin::TwoDigits),
    ("YEARWORDS", Builtin::YearWords),
    ("HH", Builtin::Hour),
    ("HOURWORDS", Builtin::HourWords),
    ("MIN", Builtin::Minutes),
    ("HHMM", Builtin::HourMinutes),
    ("Q", Builtin::OneToFour),
    ("DIGITS", Builtin::Digits),
    ("PLURAL", Builtin::Plural),
    ("WORD", Builtin::AnyWord),
    ("END", Builtin::End),
];

/// What one item may match.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    Class { class: Class, value: Option<f64>, definite: Option<bool> },
    Word(WordId),
    Symbol(char),
    Rule(usize),
    Builtin(Builtin),
}

/// How an item must stand to what comes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It is the next item.
    Next,
    /// It must not come next.
    NotNext,
    /// It must stand before the expression.
    Before,
    /// It must not stand before the expression.
    NotBefore,
}

/// One item of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) capture: u8,
    pub(super) terms: Vec<Term>,
    pub(super) optional: bool,
    pub(super) glued: bool,
    pub(super) look: Look,
}

/// A rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) id: &'static str,
    pub(super) items: Vec<Item>,
    /// Items taken from behind the start, the nearest first.
    pub(super) lead: Vec<Item>,
    /// Conditions on what stands before.
    pub(super) before: Vec<Item>,
    /// The items that belong to the expression.
    pub(super) open: usize,
    pub(super) close: usize,
    pub(super) action: Action,
    pub(super) fixed: Vec<(u8, f64)>,
    /// What the first token must be.
    pub(super) first: First,
}

/// What a pattern can start with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct First {
    classes: ClassSet,
    words: Vec<WordId>,
    symbols: Vec<char>,
}

impl First {
    /// Whether a token can start the pattern.
    pub(super) fn admits(&self, token: &Token) -> bool {
        token.classes.meets(self.classes)
            || token.classes.meets(ClassSet::LITERAL) && self.names(token)
            || token.kind == Kind::Symbol && self.symbols.contains(&token.symbol)
    }

    fn names(&self, token: &Token) -> bool {
        let has = |word: WordId| self.words.binary_search(&word).is_ok();
        has(token.word) || token.stem != token.word && has(token.stem)
    }

    /// All that a token must have one of, to be looked at any further.
    fn any(&self) -> ClassSet {
        let mut set = self.classes;
        if !self.words.is_empty() {
            set = set.union(ClassSet::LITERAL);
        }
        if !self.symbols.is_empty() {
            set = set.union(ClassSet::SYMBOL);
        }
        set
    }

    fn add_word(&mut self, word: WordId) {
        if let Err(place) = self.words.binary_search(&word) {
            self.words.insert(place, word);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.classes = self.classes.union(other.classes);
        for word in &other.words {
            self.add_word(*word);
        }
        for symbol in &other.symbols {
            if !self.symbols.contains(symbol) {
                self.symbols.push(*symbol);
            }
        }
    }
}

/// The rules of a language.
pub(super) struct Grammar {
    /// The rules of each symbol.
    pub(super) symbols: Vec<Vec<Rule>>,
    /// What the first token of a symbol must be.
    pub(super) first: Vec<First>,
    /// The classes that the first token of each rule of a symbol must have one of, side by side for a quick look.
    pub(super) any: Vec<Vec<ClassSet>>,
    /// The symbol of whole expressions.
    pub(super) top: usize,
}

/// What a numeral of a time can start with.
const NUMERAL: ClassSet = ClassSet::NUMERAL.union(ClassSet::of(&[Class::TeenTail]));

impl Grammar {
    /// Reads the rules and makes the words that they name known to the lexicon.
    pub(super) fn load(source: Source, lexicon: &mut Lexicon) -> Result<Self, RuleError> {
        let fault = |line: usize, message: String| RuleError { file: source.file, line, message };
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows(source.text) {
            let count = names.len();
            names.entry(row.cell(1)).or_insert(count);
        }
        let mut symbols: Vec<Vec<Rule>> = vec![Vec::new(); names.len()];
        let mut ids = BTreeMap::new();
        for row in rows(source.text) {
            let fault = |message: String| fault(row.line, message);
            let id = row.cell(0);
            if ids.insert(id.to_owned(), row.line).is_some() {
                return Err(fault(format!("the id {id:?} is taken")));
            }
            let rule = Reader { names: &names, lexicon }
                .rule(id, row.cell(2), row.cell(3))
                .map_err(fault)?;
            symbols[names[row.cell(1)]].push(rule);
        }
        let top = *names.get("top").ok_or_else(|| fault(1, "no rule makes a `top`".to_owned()))?;
        let mut grammar =
            Self { first: vec![First::default(); symbols.len()], symbols, any: Vec::new(), top };
        grammar.settle_firsts();
        grammar.any = grammar
            .symbols
            .iter()
            .map(|rules| rules.iter().map(|rule| rule.first.any()).collect())
            .collect();
        Ok(grammar)
    }

    /// Finds what tokens each symbol can start with, until nothing changes.
    fn settle_firsts(&mut self) {
        loop {
            let mut changed = false;
            for symbol in 0..self.symbols.len() {
                let mut all = self.first[symbol].clone();
                for index in 0..self.symbols[symbol].len() {
                    let first = self.first_of(&self.symbols[symbol][index].items);
                    all.merge(&first);
                    self.symbols[symbol][index].first = first;
                }
                changed |= all != self.first[symbol];
                self.first[symbol] = all;
            }
            if !changed {
                return;
            }
        }
    }

    fn first_of(&self, items: &[Item]) -> First {
        let mut first = First::default();
        for item in items.iter().filter(|item| item.look == Look::Next) {
            for term in &item.terms {
                match term {
                    Term::Class { class, .. } => first.classes = first.classes.union(class.bit()),
                    Term::Word(word) => first.add_word(*word),
                    Term::Symbol(symbol) => first.symbols.push(*symbol),
                    Term::Rule(symbol) => first.merge(&self.first[*symbol]),
                    Term::Builtin(_) => first.classes = first.classes.union(NUMERAL),
                }
            }
            if !item.optional {
                break;
            }
        }
        first
    }
}

struct Reader<'r> {
    names: &'r BTreeMap<&'r str, usize>,
    lexicon: &'r mut Lexicon,
}

impl Reader<'_> {
    fn rule(
        &mut self,
        id: &'static str,
        pattern: &str,
        action: &'static str,
    ) -> Result<Rule, String> {
        let (mut items, mut lead, mut before) = (Vec::new(), Vec::new(), Vec::new());
        let (mut open, mut close) = (0, None);
        for part in pattern.split_whitespace() {
            match part {
                "[" => open = items.len(),
                "]" => close = Some(items.len()),
                _ => {
                    if let Some(part) = part.strip_suffix('<') {
                        lead.insert(0, self.item(part)?);
                        continue;
                    }
                    let item = self.item(part)?;
                    match item.look {
                        Look::Before | Look::NotBefore => before.push(item),
                        _ => items.push(item),
                    }
                }
            }
        }
        let mut words = action.split_whitespace();
        let op = words.next().ok_or("no action")?;
        let action = build::action(op).ok_or(format!("unknown action {op:?}"))?;
        let fixed = words
            .map(|word| {
                let (key, value) = word.split_once('=').ok_or(format!("{word:?} is no x=1"))?;
                let value: f64 = value.parse().map_err(|_| format!("{value:?} is no number"))?;
                Ok((letter(key)?, value))
            })
            .collect::<Result<_, String>>()?;
        if !items.iter().any(|item| item.look == Look::Next && !item.optional) {
            return Err("a pattern needs an item that must be there".to_owned());
        }
        Ok(Rule {
            id,
            open,
            close: close.unwrap_or(items.len()),
            items,
            lead,
            before,
            action,
            fixed,
            first: First::default(),
        })
    }

    fn item(&mut self, text: &str) -> Result<Item, String> {
        let (look, text) = if let Some(rest) = text.strip_prefix("<!") {
            (Look::NotBefore, rest)
        } else if let Some(rest) = text.strip_prefix('<') {
            (Look::Before, rest)
        } else if let Some(rest) = text.strip_prefix('!').filter(|rest| !rest.is_empty()) {
            (Look::NotNext, rest)
        } else {
            (Look::Next, text)
        };
        let (glued, text) = match text.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (optional, text) = match text.strip_suffix('?').filter(|rest| !rest.is_empty()) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (capture, text) = match text.split_once(':') {
            Some((key, rest))
                if key.len() == 1 && !rest.is_empty() && key.is_ascii() && key != ":" =>
            {
                (letter(key)?, rest)
            }
            _ => (0, text),
        };
        let terms = text.split('|').map(|term| self.term(term)).collect::<Result<_, String>>()?;
        Ok(Item { capture, terms, optional, glued, look })
    }

    fn term(&mut self, text: &str) -> Result<Term, String> {
        if let Some(name) = text.strip_prefix('@').filter(|name| !name.is_empty()) {
            let symbol = self.names.get(name).ok_or(format!("no rule makes {name:?}"))?;
            return Ok(Term::Rule(*symbol));
        }
        if let Some((_, builtin)) = BUILTINS.iter().find(|(name, _)| *name == text) {
            return Ok(Term::Builtin(*builtin));
        }
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && !c.is_alphanumeric()
        {
            return Ok(Term::Symbol(c));
        }
        if !text.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Ok(Term::Word(self.lexicon.literal(text)));
        }
        let (text, definite) = match text.split_once(':') {
            Some((class, "d")) => (class, Some(true)),
            Some((class, "i")) => (class, Some(false)),
            Some((_, other)) => return Err(format!("unknown mark {other:?}")),
            None => (text, None),
        };
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => {
                (name, Some(value.parse().map_err(|_| format!("{value:?} is no number"))?))
            }
            None => (text, None),
        };
        let class = Class::from_name(name).ok_or(format!("unknown class {name:?}"))?;
        Ok(Term::Class { class, value, definite })
    }
}

fn letter(key: &str) -> Result<u8, String> {
    match key.as_bytes() {
        [letter] if letter.is_ascii_lowercase() => Ok(*letter),
        _ => Err(format!("{key:?} is no letter")),
    }
}
