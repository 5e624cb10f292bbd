//! Finding the rules that match a text.

use std::cell::RefCell;
use std::rc::Rc;

use super::expr::Expr;
use super::grammar::{Builtin, Grammar, Item, Look, Rule, Term};
use crate::numerals::{Class, ClassSet, Gap, Kind, Language, NumberForm, Numbers, Scan};

/// What an item caught.
#[derive(Clone, Debug)]
pub(super) enum Caught {
    Number(f64),
    /// A number in digits, with how many digits it has.
    Digits(f64, u8),
    Expr(Rc<Expr>),
}

/// What the items of a rule caught, by letter.
#[derive(Clone, Debug, Default)]
pub(super) struct Catch(Vec<(u8, Caught)>);

impl Catch {
    pub(super) fn get(&self, letter: u8) -> Option<&Caught> {
        self.0.iter().rev().find(|(key, _)| *key == letter).map(|(_, caught)| caught)
    }

    pub(super) fn number(&self, letter: u8) -> Option<f64> {
        match self.get(letter)? {
            Caught::Number(value) | Caught::Digits(value, _) => Some(*value),
            Caught::Expr(_) => None,
        }
    }

    pub(super) fn expr(&self, letter: u8) -> Option<&Expr> {
        match self.get(letter)? {
            Caught::Expr(expr) => Some(expr),
            _ => None,
        }
    }
}

/// A match of a rule.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) rule: &'static str,
    pub(super) expr: Rc<Expr>,
    /// The tokens of the expression itself.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The token behind the whole pattern.
    stop: usize,
}

impl Found {
    /// An expression that was read off another one.
    pub(super) fn new(rule: &'static str, expr: Expr, start: usize, end: usize) -> Self {
        Self { rule, expr: Rc::new(expr), start, end, stop: end }
    }
}

/// How deep rules may nest; a text cannot drive the matcher deeper than its rules do, this only guards the rules.
const MAX_DEPTH: usize = 24;

/// For how many tokens in a row what the symbols match is kept; an expression is rarely longer.
const WINDOW: usize = 32;

/// What a symbol matches at a token.
#[derive(Clone, Default)]
struct Slot {
    at: Option<usize>,
    found: Option<Found>,
}

/// The classes of words that are no time by themselves.
const NEED_MORE: ClassSet = ClassSet::LITERAL
    .union(Class::Article.bit())
    .union(Class::And.bit())
    .union(Class::That.bit())
    .union(Class::Every.bit())
    .union(Class::Vague.bit())
    .union(Class::About.bit())
    .union(Class::Over.bit())
    .union(Class::Under.bit())
    .union(Class::Digit.bit())
    .union(Class::Teen.bit())
    .union(Class::Tens.bit())
    .union(Class::Hundred.bit())
    .union(Class::Scale.bit())
    .union(Class::Preposition.bit())
    .union(Class::Function.bit())
    .union(Class::Label.bit())
    .union(Class::TensePast.bit())
    .union(Class::TensePresent.bit())
    .union(Class::TenseFuture.bit())
    .union(Class::Same.bit())
    .union(Class::Edge.bit())
    .union(Class::EdgeNoun.bit())
    .union(Class::Earlier.bit())
    .union(Class::Later.bit());

/// Matches the rules of a language with a text.
pub(super) struct Matcher<'s, 'a> {
    pub(super) scan: &'s Scan<'a>,
    pub(super) numbers: &'s Numbers<'s, 'a>,
    grammar: &'s Grammar,
    memo: RefCell<Vec<Slot>>,
}

impl<'s, 'a> Matcher<'s, 'a> {
    pub(super) fn new(numbers: &'s Numbers<'s, 'a>, grammar: &'s Grammar) -> Self {
        Self {
            scan: numbers.scan,
            numbers,
            grammar,
            memo: RefCell::new(vec![Slot::default(); WINDOW * grammar.symbols.len()]),
        }
    }

    /// Returns the longest whole expression at a token.
    pub(super) fn top(&self, at: usize) -> Option<Found> {
        if self.cannot_start(at) {
            return None;
        }
        self.symbol(self.grammar.top, at, 0)
    }

    /// Whether a token is one of the many that only mean something to times with the next word, and the next word means
    /// nothing to them ("the harbour", "two men"). It spares most of the work in running text.
    fn cannot_start(&self, at: usize) -> bool {
        let token = &self.scan.tokens[at];
        if token.classes.is_empty() {
            return true;
        }
        let lonely = self
            .scan
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.kind == Kind::Word && next.classes.is_empty());
        if !lonely {
            return false;
        }
        match token.kind {
            Kind::Digits => token.digits != 4,
            Kind::Word => {
                token.classes.without(NEED_MORE).is_empty() && self.scan.quote(at) != "then"
            }
            Kind::Symbol => false,
        }
    }

    fn symbol(&self, symbol: usize, at: usize, depth: usize) -> Option<Found> {
        let token = self.scan.tokens.get(at)?;
        if depth > MAX_DEPTH || !self.grammar.first[symbol].admits(token) {
            return None;
        }
        let slot = at % WINDOW * self.grammar.symbols.len() + symbol;
        if let Some(known) = self.memo.borrow().get(slot).filter(|slot| slot.at == Some(at)) {
            return known.found.clone();
        }
        let mut best: Option<Found> = None;
        let rules = &self.grammar.symbols[symbol];
        for (any, rule) in self.grammar.any[symbol].iter().zip(rules) {
            if !token.classes.meets(*any) || !rule.first.admits(token) {
                continue;
            }
            if let Some(found) = self.rule(rule, at, depth) {
                let better = best.as_ref().is_none_or(|best| {
                    (found.end, found.stop, best.start) > (best.end, best.stop, found.start)
                });
                if better {
                    best = Some(found);
                }
            }
        }
        self.memo.borrow_mut()[slot] = Slot { at: Some(at), found: best.clone() };
        best
    }

    fn rule(&self, rule: &Rule, at: usize, depth: usize) -> Option<Found> {
        for item in &rule.before {
            let stands = at > 0
                && self.scan.tokens[at].gap < Gap::Paragraph
                && item
                    .terms
                    .iter()
                    .any(|term| self.term(term, at - 1, depth).is_some_and(|(_, end)| end == at));
            if stands != (item.look == Look::Before) {
                return None;
            }
        }
        let mut state = State { catch: Catch::default(), open: at, close: at, reach: at };
        for &(letter, value) in &rule.fixed {
            state.catch.0.push((letter, Caught::Number(value)));
        }
        let stop = self.items(rule, 0, at, at, depth, &mut state)?;
        let expr = (rule.action)(&state.catch)?;
        let mut start = if state.open == at { state.reach } else { state.open };
        for item in &rule.lead {
            let taken = start > 0
                && self.scan.tokens[start].gap < Gap::Paragraph
                && item.terms.iter().any(|term| {
                    self.term(term, start - 1, depth).is_some_and(|(_, end)| end == start)
                });
            if taken {
                start -= 1;
            }
        }
        Some(Found { rule: rule.id, expr: Rc::new(expr), start, end: state.close, stop })
    }

    /// Matches the items from `index` on; returns the token behind the last one.
    fn items(
        &self,
        rule: &Rule,
        index: usize,
        at: usize,
        first: usize,
        depth: usize,
        state: &mut State,
    ) -> Option<usize> {
        if index == rule.open {
            state.open = at;
        }
        if index == rule.close {
            state.close = at;
        }
        let Some(item) = rule.items.get(index) else {
            return Some(at);
        };
        if item.look == Look::NotNext {
            if self.fits(item, at, first)
                && item.terms.iter().any(|term| self.term(term, at, depth).is_some())
            {
                return None;
            }
            return self.items(rule, index + 1, at, first, depth, state);
        }
        if self.fits(item, at, first) {
            for term in &item.terms {
                let Some((caught, end)) = self.term(term, at, depth) else {
                    continue;
                };
                if let (Term::Rule(symbol), true) = (term, at == first && index == 0) {
                    // What the inner rule takes from before its start belongs to the whole.
                    let inner = self.symbol(*symbol, at, depth + 1);
                    state.reach = inner.map_or(at, |inner| inner.start.min(at));
                }
                let kept = state.catch.0.len();
                if item.capture != 0 {
                    state.catch.0.push((item.capture, caught));
                }
                let saved = (state.open, state.close);
                if let Some(stop) = self.items(rule, index + 1, end, first, depth, state) {
                    return Some(stop);
                }
                (state.open, state.close) = saved;
                state.catch.0.truncate(kept);
            }
        }
        if item.optional {
            return self.items(rule, index + 1, at, first, depth, state);
        }
        None
    }

    /// Whether the gap before a token lets the item match there.
    fn fits(&self, item: &Item, at: usize, first: usize) -> bool {
        if at == first {
            return true;
        }
        match self.scan.tokens.get(at) {
            Some(token) if item.glued => token.is_glued() || token.gap == Gap::Hyphen,
            Some(token) => token.gap < Gap::Paragraph,
            None => item.terms.contains(&Term::Builtin(Builtin::End)),
        }
    }

    fn term(&self, term: &Term, at: usize, depth: usize) -> Option<(Caught, usize)> {
        if let Term::Builtin(builtin) = term {
            return self.builtin(*builtin, at);
        }
        let token = self.scan.tokens.get(at)?;
        match term {
            Term::Class { class, value, definite } => {
                if !token.classes.has(*class) || definite.is_some_and(|d| d != token.is_definite())
                {
                    return None;
                }
                self.scan
                    .senses(at)
                    .find(|sense| {
                        sense.class == *class
                            && value.is_none_or(|value| value.total_cmp(&sense.value).is_eq())
                    })
                    .map(|sense| (Caught::Number(sense.value), at + 1))
            }
            Term::Word(word) => (token.kind == Kind::Word
                && (token.word == *word || token.stem == *word))
                .then_some((Caught::Number(0.0), at + 1)),
            Term::Symbol(symbol) => token.is(*symbol).then_some((Caught::Number(0.0), at + 1)),
            Term::Rule(symbol) => self
                .symbol(*symbol, at, depth + 1)
                .map(|found| (Caught::Expr(found.expr), found.stop)),
            Term::Builtin(_) => None,
        }
    }

    fn builtin(&self, builtin: Builtin, at: usize) -> Option<(Caught, usize)> {
        let scan = self.scan;
        if builtin == Builtin::End {
            return (at >= scan.tokens.len()).then_some((Caught::Number(0.0), at));
        }
        let token = scan.tokens.get(at)?;
        let digits = |least: u8, most: u8| {
            (token.kind == Kind::Digits && (least..=most).contains(&token.digits))
                .then_some(token.number as f64)
        };
        let caught = |value: f64| Some((Caught::Digits(value, token.digits), at + 1));
        let within =
            |value: f64, low: f64, high: f64| (low..=high).contains(&value).then_some(value);
        match builtin {
            Builtin::Number | Builtin::Fraction => {
                let number = self.numbers.cardinal(at)?;
                let spoken = number.form == NumberForm::Fraction && token.kind == Kind::Word;
                (spoken == (builtin == Builtin::Fraction)).then_some(())?;
                Some((Caught::Number(number.value), number.end))
            }
            Builtin::Words => {
                let number = self.numbers.cardinal(at)?;
                (token.kind == Kind::Word).then_some((Caught::Number(number.value), number.end))
            }
            Builtin::Ordinal => {
                let (rank, end) = self.numbers.ordinal(at)?;
                Some((Caught::Number(rank), end))
            }
            Builtin::DayOfMonth => {
                let value = within(digits(1, 2)?, 1.0, 31.0)?;
                if self.continues(at) {
                    return None;
                }
                let end = scan
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.is_glued() && next.classes.has(Class::OrdinalEnd));
                Some((Caught::Number(value), at + 1 + usize::from(end)))
            }
            Builtin::DayOrdinal => {
                let (rank, end) = self.numbers.ordinal(at)?;
                within(rank, 1.0, 31.0)?;
                Some((Caught::Number(rank), end))
            }
            Builtin::MonthNumber => caught(within(digits(1, 2)?, 1.0, 12.0)?),
            Builtin::Year => caught(within(digits(4, 4)?, 1000.0, 2999.0)?),
            Builtin::HijriYear => caught(within(digits(4, 4)?, 1200.0, 1599.0)?),
            Builtin::BareYear => {
                let year = within(digits(4, 4)?, 1900.0, 2059.0)?;
                self.stands_as_year(at).then_some(())?;
                caught(year)
            }
            Builtin::OldYear => {
                let year = within(digits(4, 4)?, 1000.0, 2100.0)?;
                self.stands_as_year(at).then_some(())?;
                caught(year)
            }
            Builtin::TwoDigits => caught(digits(2, 2)?),
            Builtin::YearWords => {
                let (century, middle) = self.two_figures(at, 11.0)?;
                let (rest, end) = self.two_figures(middle, 1.0)?;
                (rest >= 10.0 && century < 21.0)
                    .then_some((Caught::Number(century * 100.0 + rest), end))
            }
            Builtin::Hour => {
                (!self.continues(at) || self.minutes_behind_dot(at)).then_some(())?;
                caught(within(digits(1, 2)?, 0.0, 24.0)?)
            }
            Builtin::HourWords => {
                let number = self.numbers.cardinal(at).filter(|_| token.kind == Kind::Word);
                let (value, end) = match number {
                    Some(number) => (number.value, number.end),
                    None => self.numbers.ordinal(at)?,
                };
                within(value, 1.0, 12.0)?;
                Some((Caught::Number(value), end))
            }
            Builtin::Minutes => caught(within(digits(2, 2)?, 0.0, 59.0)?),
            Builtin::HourMinutes => {
                let value = digits(3, 4)?;
                (value % 100.0 < 60.0 && value < 2400.0 && !self.continues(at)).then_some(())?;
                caught(value)
            }
            Builtin::OneToFour => caught(within(digits(1, 1)?, 1.0, 4.0)?),
            Builtin::Digits => caught(digits(1, 18)?),
            Builtin::Plural => is_plural_noun(scan, at).then_some((Caught::Number(0.0), at + 1)),
            Builtin::AnyWord => {
                (token.kind == Kind::Word && !token.clitic).then_some((Caught::Number(0.0), at + 1))
            }
            Builtin::End => None,
        }
    }

    /// Whether digits run on behind a separator, so that they are a part of a longer number.
    fn continues(&self, at: usize) -> bool {
        let digits = |index: usize| {
            self.scan
                .tokens
                .get(index)
                .is_some_and(|token| token.kind == Kind::Digits && token.is_glued())
        };
        let separator = self.scan.tokens.get(at + 1).is_some_and(|token| {
            token.is_glued()
                && token.kind == Kind::Symbol
                && matches!(token.symbol, '.' | ',' | '٫' | '٬')
        });
        separator && digits(at + 2)
    }

    /// Whether digits run on as the minutes of a clock time written with a full stop ("3.30 p.m.").
    fn minutes_behind_dot(&self, at: usize) -> bool {
        let scan = self.scan;
        scan.symbol(at + 1, '.')
            && scan.tokens.get(at + 2).is_some_and(|token| token.digits == 2)
            && scan.has(at + 3, Class::AmPm)
    }

    /// A number below a hundred in words, for years said in two halves.
    fn two_figures(&self, at: usize, least: f64) -> Option<(f64, usize)> {
        let scan = self.scan;
        let token = scan.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
        let _ = token;
        if let Some(value) = scan.value(at, Class::Teen) {
            return (value >= least).then_some((value, at + 1));
        }
        let tens = scan.value(at, Class::Tens)?;
        match scan.value(at + 1, Class::Digit) {
            Some(digit) => Some((tens + digit, at + 2)),
            None => Some((tens, at + 1)),
        }
    }

    /// Whether four digits stand as a year does: by themselves, and not as a count of what follows.
    fn stands_as_year(&self, at: usize) -> bool {
        let scan = self.scan;
        if self.continues(at) || self.numbers.cardinal(at).is_some_and(|number| number.end > at + 1)
        {
            return false;
        }
        let sign = |token: &crate::numerals::Token| {
            token.kind == Kind::Symbol
                && (matches!(
                    token.symbol,
                    '$' | '€' | '£' | '¥' | '#' | '%' | '٪' | '°' | '+' | '=' | '&' | '@' | '_'
                ) || matches!(token.symbol, '-' | '–' | ':' | '/' | '.' | ',')
                    && token.is_glued())
        };
        if at > 0 {
            let before = &scan.tokens[at - 1];
            let glued = scan.tokens[at].is_glued();
            if before.classes.has(Class::Label)
                || glued && before.kind != Kind::Symbol && !before.clitic
                || glued && sign(before) && !matches!(before.symbol, '-' | '–' | '/')
                || matches!(before.symbol, '$' | '€' | '£' | '¥' | '#')
                || matches!(before.symbol, '.' | ',' | ':') && glued
            {
                return false;
            }
        }
        let Some(next) = scan.tokens.get(at + 1) else {
            return true;
        };
        if next.gap == Gap::Paragraph {
            return true;
        }
        if next.gap == Gap::Hyphen || next.is_glued() && next.kind == Kind::Word {
            return false;
        }
        if next.is_glued() && matches!(next.symbol, '%' | '٪' | '°' | '$' | '€' | '£' | ':') {
            return false;
        }
        let counted = [
            Class::Counted,
            Class::Units,
            Class::Measure,
            Class::Currency,
            Class::Percent,
            Class::Scale,
        ];
        !counted.iter().any(|&class| next.classes.has(class)) && !is_plural_noun(scan, at + 1)
    }
}

struct State {
    catch: Catch,
    open: usize,
    close: usize,
    /// Where the words start that the first item takes from before the expression.
    reach: usize,
}

/// Whether the token is a noun in the plural as English forms it, so that a number before it counts it.
fn is_plural_noun(scan: &Scan<'_>, index: usize) -> bool {
    let token = &scan.tokens[index];
    let word = scan.quote(index);
    scan.lexicon.language == Language::English
        && token.kind == Kind::Word
        && word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && !token.classes.has(Class::Function)
}
