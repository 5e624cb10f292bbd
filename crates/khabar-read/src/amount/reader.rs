//! Putting numbers, bounds, units and nouns together.

use khabar_record::{Amount, Bound, TextRange, Time};

use super::tables::{FATES, OWN_NAME, Tables};
use super::{cell, counted, exclude, money};
use crate::numerals::{Class, ClassSet, Gap, Kind, Language, Numbers, Scan};

/// What an amount can start with.
const STARTS: ClassSet = ClassSet::NUMERAL.union(ClassSet::of(&[
    Class::Many,
    Class::MeasureDual,
    Class::CountedDual,
    Class::Point,
]));

/// The number of the year among the units of time.
const YEAR: i32 = 8;

/// A number with what bounds it of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    pub(super) value: f64,
    pub(super) high: Option<f64>,
    /// The first token.
    pub(super) start: usize,
    /// The token behind the last one.
    pub(super) end: usize,
    pub(super) bound: Option<Bound>,
    pub(super) form: Form,
}

/// What the number of an amount is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A plain run of digits, as years are written.
    Plain,
    /// Digits with separators or a scale.
    Digits,
    /// Words.
    Words,
    /// A noun for many ("dozens").
    Many,
    /// A part of one.
    Fraction,
}

impl Quantity {
    /// Whether the number is exactly `value`.
    pub(super) fn is(&self, value: f64) -> bool {
        self.value.total_cmp(&value).is_eq()
    }

    /// Whether it stands in digits.
    pub(super) fn in_digits(&self) -> bool {
        matches!(self.form, Form::Plain | Form::Digits)
    }
}

/// What a number measures or counts.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) kind: &'static str,
    pub(super) other_kind: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) value: f64,
    pub(super) high: Option<f64>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) of: Option<usize>,
}

/// Reads the amounts of a text.
pub(super) struct Reader<'r, 'a> {
    pub(super) scan: &'r Scan<'a>,
    pub(super) numbers: &'r Numbers<'r, 'a>,
    pub(super) tables: &'r Tables,
    pub(super) cell: bool,
}

impl<'a> Reader<'_, 'a> {
    /// Returns the amounts of a text, in order and without overlap.
    pub(super) fn read(text: &'a str, tables: &Tables, times: &[Time]) -> Vec<Amount> {
        let scan = Scan::new(text, &tables.lexicon);
        let numbers = Numbers::new(&scan);
        let cell = cell::is_cell(&scan, times);
        Reader { scan: &scan, numbers: &numbers, tables, cell }.all(times)
    }

    fn all(&self, times: &[Time]) -> Vec<Amount> {
        if self.cell {
            let durations = cell::durations(times);
            if !durations.is_empty() {
                return durations;
            }
        }
        let mut found: Vec<Amount> = Vec::new();
        if self.cell && self.starts_with_unit() {
            return self.bare_unit().into_iter().collect();
        }
        let mut times = times.iter().map(|time| time.span).peekable();
        let (mut at, mut last) = (0, 0);
        while let Some(token) = self.scan.tokens.get(at) {
            let candidate = token.classes.meets(STARTS)
                || token.kind == Kind::Symbol
                    && matches!(token.symbol, '.' | '٫' | '½' | '¼' | '¾' | '⅓' | '⅔' | '⅛');
            if !candidate {
                at += 1;
                continue;
            }
            let start = token.start;
            while times.next_if(|span| span.end().to_u32() <= start).is_some() {}
            let timed = times.peek().filter(|span| span.start().to_u32() <= start).copied();
            let age = self.age(at);
            let read = match (age, timed) {
                (Some(age), _) => Some(age),
                (None, Some(_)) if !self.cell => None,
                _ => self.amount(at, last),
            };
            match read {
                Some((amount, end)) => {
                    let overlaps =
                        found.last().is_some_and(|last| amount.span.start() < last.span.end());
                    if !overlaps {
                        found.push(amount);
                    }
                    last = end;
                    at = end.max(at + 1);
                }
                None => {
                    at = self.behind(at, timed);
                }
            }
        }
        found
    }

    /// Whether a unit stands first, or behind an article.
    fn starts_with_unit(&self) -> bool {
        let at = usize::from(self.scan.has(0, Class::Article));
        let number = self.numbers.cardinal(0).is_some() || self.numbers.ordinal(0).is_some();
        let unit = self.unit(at).is_some()
            || self.scan.has(at, Class::Currency)
            || self.scan.has(at, Class::Unit);
        unit && !number
            && !self.scan.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Digits)
    }

    /// The token to go on with when nothing was read at one.
    fn behind(&self, at: usize, timed: Option<TextRange>) -> usize {
        if let Some(span) = timed {
            let end = span.end().to_u32();
            return (at + 1..self.scan.tokens.len())
                .find(|&index| self.scan.tokens[index].start >= end)
                .unwrap_or(self.scan.tokens.len());
        }
        // The rest of a number that is no amount is none either.
        if let Some((_, end)) = self.numbers.ordinal(at) {
            return end.max(at + 1);
        }
        match self.numbers.cardinal(at) {
            Some(number) => number.end.max(at + 1),
            None => at + 1,
        }
    }

    /// Reads an amount at a token; `last` is the token behind the one before.
    fn amount(&self, at: usize, last: usize) -> Option<(Amount, usize)> {
        if let Some(dual) = self.dual(at) {
            return Some(self.finish(dual, None, last));
        }
        if let Some((rank, end)) = self.numbers.ordinal(at) {
            // "two hundred" starts with no ordinal; "twenty-fifth" is one although "twenty" is a cardinal.
            let cardinal = self.numbers.cardinal(at).map_or(0, |number| number.end);
            let tens = self.scan.has(at, Class::Tens) && end == cardinal;
            if end > cardinal || end == cardinal && !tens {
                return self.ordinal(rank, at, end, last);
            }
        }
        let quantity = self.quantity(at)?;
        if exclude::names_something(self.scan, quantity.start) && !self.cell {
            return None;
        }
        let measured = self.measured(&quantity)?;
        if measured.end <= at {
            return None;
        }
        Some(self.finish(measured, quantity.bound, last))
    }

    fn ordinal(&self, rank: f64, at: usize, end: usize, last: usize) -> Option<(Amount, usize)> {
        if !self.cell {
            return None;
        }
        Some(self.finish(
            Measured {
                kind: "ordinal",
                other_kind: None,
                unit: None,
                value: rank,
                high: None,
                start: at,
                end,
                of: None,
            },
            None,
            last,
        ))
    }

    /// Reads what a number measures or counts.
    fn measured(&self, quantity: &Quantity) -> Option<Measured> {
        self.percent(quantity)
            .or_else(|| self.money(quantity))
            .or_else(|| self.measure(quantity))
            .or_else(|| self.count(quantity))
    }

    pub(super) fn base(quantity: &Quantity, kind: &'static str, end: usize) -> Measured {
        Measured {
            kind,
            other_kind: None,
            unit: None,
            value: quantity.value,
            high: quantity.high,
            start: quantity.start,
            end,
            of: None,
        }
    }

    fn percent(&self, quantity: &Quantity) -> Option<Measured> {
        let scan = self.scan;
        let at = quantity.end;
        let token = scan.tokens.get(at).filter(|token| token.gap < Gap::Paragraph)?;
        let (kind, factor) = if token.is('%') || token.is('٪') {
            if scan.has(at + 1, Class::Percent) {
                return None;
            }
            ("percent", 1.0)
        } else {
            match scan.value(at, Class::Percent)? as i32 {
                2 => ("percentage-point", 1.0),
                3 => ("percentage-point", 0.01),
                _ => ("percent", 1.0),
            }
        };
        let mut measured = Self::base(quantity, kind, at + 1);
        measured.value *= factor;
        measured.high = measured.high.map(|high| high * factor);
        measured.unit = Some("%".to_owned());
        // "5% to 7%"
        if measured.high.is_none() {
            let low = Quantity { end: measured.end, ..*quantity };
            if let Some((high, end)) = self.range_of_units(&low) {
                let sign = scan.tokens.get(end).is_some_and(|token| {
                    token.is('%') || token.is('٪') || token.classes.has(Class::Percent)
                });
                if sign {
                    measured.high = Some(high * factor);
                    measured.end = end + 1;
                }
            }
        }
        Some(measured)
    }

    /// Two of a thing, in the dual.
    fn dual(&self, at: usize) -> Option<Measured> {
        let scan = self.scan;
        let token = scan.tokens[at];
        let quantity = Quantity {
            value: 2.0,
            high: None,
            start: at,
            end: at + 1,
            bound: None,
            form: Form::Words,
        };
        // "متهمين اثنين": the number behind the dual is read with it.
        if scan.value(at + 1, Class::Digit) == Some(2.0) && scan.has(at, Class::CountedDual) {
            return None;
        }
        if let Some(row) = scan.value(at, Class::MeasureDual).map(|row| row as usize) {
            if let Some(name) = row.checked_sub(OWN_NAME) {
                let mut measured = Self::base(&quantity, "money", at + 1);
                let (end, adjective) = money::adjective_behind(scan, self.tables, name, at + 1);
                measured.end = end;
                measured.unit = money::code(scan, self.tables, name, adjective);
                self.small_change(&mut measured);
                return Some(measured);
            }
            let unit = &self.tables.units[row];
            let mut measured = Self::base(&quantity, "measure", at + 1);
            measured.other_kind = Some(unit.kind.clone());
            measured.unit = Some(unit.code.clone());
            if scan.has(measured.end, Class::LabelBehind) {
                measured.value = -2.0;
                measured.end += 1;
            }
            self.fraction_behind(&mut measured);
            return Some(measured);
        }
        // The dual of many nouns for people is written as their plural.
        if token.classes.has(Class::Counted)
            || token.classes.has(Class::Percent)
            || token.is_definite()
        {
            return None;
        }
        let row = &self.tables.counted[scan.value(at, Class::CountedDual)? as usize];
        let mut measured = Self::base(&quantity, "count", at + 1);
        measured.unit = Some(row.unit.clone());
        measured.of = row.fate;
        if measured.of.is_none() && self.tables.people.contains(&row.unit) {
            measured.of = counted::fate(scan, at, at + 1).map(|(fate, _)| fate);
        }
        Some(measured)
    }

    /// "26-year-old", "52 years old", "(44 عاما)" as the age of a person.
    fn age(&self, at: usize) -> Option<(Amount, usize)> {
        let scan = self.scan;
        if scan.lexicon.language == Language::Arabic
            && let Some(age) = self.year_of_life(at)
        {
            return Some(age);
        }
        let number = self.numbers.cardinal(at)?;
        if scan.value(number.end, Class::Unit)? as i32 != YEAR {
            return None;
        }
        let english = scan.lexicon.language == Language::English;
        let told = if english {
            scan.has(number.end + 1, Class::Old)
        } else {
            let named = (at.saturating_sub(3)..at).any(|index| scan.has(index, Class::Old));
            let between = |open: &[char], close: &[char]| {
                at > 0
                    && open.iter().any(|&sign| scan.symbol(at - 1, sign))
                    && close.iter().any(|&sign| scan.symbol(number.end + 1, sign))
            };
            let aside = between(&['('], &[')'])
                || between(&['«'], &['»'])
                || between(&[',', '،'], &[',', '،']);
            named || aside
        };
        told.then(|| {
            let end = number.end + 1 + usize::from(english);
            (self.years(number.value, at, end), end)
        })
    }

    /// "في العشرين من عمره", "سن الخامسة": the year of a life by its number.
    fn year_of_life(&self, at: usize) -> Option<(Amount, usize)> {
        let scan = self.scan;
        let (value, end) = match self.numbers.ordinal(at) {
            Some(ordinal) => ordinal,
            None => self.numbers.cardinal(at).map(|number| (number.value, number.end))?,
        };
        if !(1.0..=120.0).contains(&value) || !scan.tokens[at].is_definite() {
            return None;
        }
        let behind = scan.quote(end) == "من" && scan.has(end + 1, Class::Old);
        let before = at > 0 && scan.has(at - 1, Class::Old);
        let start = if before { at - 1 } else { at };
        (behind || before).then(|| (self.years(value, start, end), end))
    }

    /// A length of life, in the tokens from `start` to `end`.
    fn years(&self, value: f64, start: usize, end: usize) -> Amount {
        let tokens = &self.scan.tokens;
        Amount {
            span: TextRange::new(tokens[start].start, tokens[end - 1].end),
            kind: "duration".to_owned(),
            value,
            high: None,
            unit: Some("a".to_owned()),
            bound: Bound::Exactly,
            of: None,
        }
    }

    /// A unit without a number, where nothing else stands ("a kilogram", "كيلوغرام").
    fn bare_unit(&self) -> Option<Amount> {
        let at = usize::from(self.scan.has(0, Class::Article));
        let start = 0;
        if let Some(unit) = self.scan.value(at, Class::Unit) {
            let code = ["s", "min", "h", "d", "wk", "mo", "quarter", "a"].get(unit as usize - 1)?;
            let measured = Measured {
                kind: "duration",
                other_kind: None,
                unit: Some((*code).to_owned()),
                value: 1.0,
                high: None,
                start,
                end: at + 1,
                of: None,
            };
            return Some(self.finish(measured, None, 0).0);
        }
        let quantity =
            Quantity { value: 1.0, high: None, start, end: at, bound: None, form: Form::Words };
        let measured = self.measure(&quantity).or_else(|| self.money(&quantity))?;
        Some(self.finish(measured, None, 0).0)
    }

    /// Takes the words that bound an amount and makes the row; `last` is the token behind the amount before.
    fn finish(&self, measured: Measured, own: Option<Bound>, last: usize) -> (Amount, usize) {
        let (start, end, bound) = self.bounds(&measured, own, last);
        let tokens = &self.scan.tokens;
        let amount = Amount {
            span: TextRange::new(tokens[start].start, tokens[end - 1].end),
            kind: measured.other_kind.unwrap_or_else(|| measured.kind.to_owned()),
            value: measured.value,
            high: measured.high,
            unit: measured.unit,
            bound,
            of: measured.of.map(|fate| FATES[fate].to_owned()),
        };
        (amount, end)
    }
}
