//! Putting numbers, bounds, units and nouns together.

use khabar_record::{Amount, Bound, TextRange, Time};

use super::tables::{FATES, Mark, OWN_NAME, Tables};
use super::{cell, counted, exclude, money};
use crate::numerals::{Class, ClassSet, Gap, Kind, Language, NumberForm, Numbers, Scan};

/// The classes of words that an amount can start with.
const STARTS: [Class; 16] = [
    Class::Ordinal,
    Class::Digit,
    Class::Teen,
    Class::Tens,
    Class::Hundreds,
    Class::Hundred,
    Class::Scale,
    Class::ScaleDual,
    Class::Zero,
    Class::Article,
    Class::Fraction,
    Class::Vague,
    Class::Many,
    Class::MeasureDual,
    Class::CountedDual,
    Class::Point,
];

/// A number with what bounds it of itself.
#[derive(Clone, Copy, Debug)]
struct Quantity {
    value: f64,
    high: Option<f64>,
    /// The first token.
    start: usize,
    /// The token behind the last one.
    end: usize,
    bound: Option<Bound>,
    /// Whether it stands in plain digits.
    plain: bool,
    digits: bool,
    /// Whether it is a noun for many ("dozens").
    many: bool,
    fraction: bool,
}

/// What a number measures or counts.
#[derive(Clone, Debug)]
struct Measured {
    kind: &'static str,
    other_kind: Option<String>,
    unit: Option<String>,
    value: f64,
    high: Option<f64>,
    start: usize,
    end: usize,
    of: Option<usize>,
}

/// Reads the amounts of a text.
pub(super) struct Reader<'r, 'a> {
    scan: &'r Scan<'a>,
    numbers: &'r Numbers<'r, 'a>,
    tables: &'r Tables,
    cell: bool,
}

impl<'a> Reader<'_, 'a> {
    /// Returns the amounts of a text, in order and without overlap.
    pub(super) fn read(text: &'a str, tables: &Tables, times: &[Time]) -> Vec<Amount> {
        let scan = Scan::new(text, &tables.lexicon);
        let numbers = Numbers::new(&scan);
        let cell = cell::is_cell(&scan, times);
        Reader {
            scan: &scan,
            numbers: &numbers,
            tables,
            cell,
        }
        .all(times)
    }

    fn all(&self, times: &[Time]) -> Vec<Amount> {
        let starts = STARTS
            .iter()
            .fold(ClassSet::DIGITS, |set, class| set.union(class.bit()));
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
            let candidate = token.classes.meets(starts)
                || token.kind == Kind::Symbol
                    && matches!(token.symbol, '.' | '٫' | '½' | '¼' | '¾' | '⅓' | '⅔' | '⅛');
            if !candidate {
                at += 1;
                continue;
            }
            let start = token.start;
            while times.next_if(|span| span.end().to_u32() <= start).is_some() {}
            let timed = times
                .peek()
                .filter(|span| span.start().to_u32() <= start)
                .copied();
            let age = self.age(at);
            let read = match (age, timed) {
                (Some(age), _) => Some(age),
                (None, Some(_)) if !self.cell => None,
                _ => self.amount(at, last),
            };
            match read {
                Some((amount, end)) => {
                    let overlaps = found
                        .last()
                        .is_some_and(|last| amount.span.start() < last.span.end());
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
            && !self
                .scan
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Digits)
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

    /// Reads a number, a range of two, or a noun for many.
    fn quantity(&self, at: usize) -> Option<Quantity> {
        let scan = self.scan;
        if let Some(many) = self.many(at) {
            return Some(many);
        }
        if let Some(value) = scan.value(at, Class::Vague) {
            return self.vague(at, value);
        }
        let number = self.numbers.cardinal(at)?;
        let mut quantity = Quantity {
            value: number.value,
            high: None,
            start: at,
            end: number.end,
            bound: None,
            plain: number.plain,
            digits: number.form == NumberForm::Digits || number.form == NumberForm::Mixed,
            many: false,
            fraction: number.form == NumberForm::Fraction,
        };
        self.sign(&mut quantity);
        if let Some((high, end)) = self.range(&quantity) {
            // "7-9 lakh": the scale of the second number is that of both.
            let scale = high / quantity.value;
            if number.form == NumberForm::Digits
                && scale >= 1000.0
                && self.numbers.cardinal(end - 1).is_none()
            {
                let factor = scan.value(end - 1, Class::Scale).unwrap_or(1.0);
                if quantity.value * factor <= high {
                    quantity.value *= factor;
                }
            }
            quantity.high = Some(high);
            quantity.end = end;
            quantity.plain = false;
        }
        Some(quantity)
    }

    /// "dozens", "hundreds of thousands", "عشرات الآلاف".
    fn many(&self, at: usize) -> Option<Quantity> {
        let scan = self.scan;
        let mut value = scan.value(at, Class::Many)?;
        // Behind a number these words are its scale ("three thousands"), which the numeral has taken.
        if at > 0
            && scan.tokens[at].gap < Gap::Paragraph
            && self
                .numbers
                .cardinal(at - 1)
                .is_some_and(|number| number.end > at)
        {
            return None;
        }
        let mut end = at + 1;
        let next = end + usize::from(scan.quote(end) == "of");
        if let Some(scale) = scan
            .value(next, Class::Scale)
            .filter(|&scale| scale >= 1000.0)
        {
            let definite =
                scan.lexicon.language == Language::English || scan.tokens[next].is_definite();
            if definite {
                value *= scale;
                end = next + 1;
            }
        }
        Some(Quantity {
            value,
            high: None,
            start: at,
            end,
            bound: Some(Bound::Over),
            plain: false,
            digits: false,
            many: true,
            fraction: false,
        })
    }

    /// "several thousand", "بضعة آلاف"; without a scale only where nothing else stands.
    fn vague(&self, at: usize, value: f64) -> Option<Quantity> {
        let scan = self.scan;
        let scale = scan
            .value(at + 1, Class::Scale)
            .or_else(|| scan.has(at + 1, Class::Hundred).then_some(100.0));
        // "several hundred" is told of as "hundreds" is.
        let (value, bound, end) = match scale {
            Some(scale) => (2.0 * scale, Bound::Over, at + 2),
            None if self.cell => (value, Bound::About, at + 1),
            None => return None,
        };
        Some(Quantity {
            value,
            high: None,
            start: at,
            end,
            bound: Some(bound),
            plain: false,
            digits: false,
            many: true,
            fraction: false,
        })
    }

    /// Takes a minus sign before a number.
    fn sign(&self, quantity: &mut Quantity) {
        let scan = self.scan;
        let Some(before) = quantity.start.checked_sub(1) else {
            return;
        };
        let token = &scan.tokens[before];
        let minus = token.kind == Kind::Symbol && matches!(token.symbol, '-' | '−' | '–');
        let free = before == 0 || token.gap >= Gap::Space;
        let close = scan.tokens[quantity.start].is_glued() || self.cell && before == 0;
        if minus && free && close && (before == 0 || scan.tokens[before - 1].kind != Kind::Digits)
            || scan.has(before, Class::Minus) && scan.tokens[quantity.start].gap < Gap::Paragraph
        {
            quantity.value = -quantity.value;
            quantity.start = before;
        }
    }

    /// Whether a word that opens a range stands before the token, a word like "about" aside.
    fn opened(&self, start: usize) -> bool {
        let scan = self.scan;
        start.checked_sub(1).is_some_and(|before| {
            scan.has(before, Class::Preposition)
                || scan.has(before, Class::About)
                    && before > 0
                    && scan.has(before - 1, Class::Preposition)
        })
    }

    /// Reads the upper end of a range whose lower end has its own unit: "rose 2% to 7%" is none.
    fn range_of_units(&self, quantity: &Quantity) -> Option<(f64, usize)> {
        let dash = self
            .scan
            .tokens
            .get(quantity.end)
            .is_some_and(|token| token.kind == Kind::Symbol || token.kind == Kind::Digits);
        if dash || self.opened(quantity.start) {
            self.range(quantity)
        } else {
            None
        }
    }

    /// Reads the upper end of a range behind a number.
    fn range(&self, quantity: &Quantity) -> Option<(f64, usize)> {
        let scan = self.scan;
        let mut at = quantity.end;
        let sign = scan.tokens.get(at)?;
        if sign.gap == Gap::Paragraph {
            return None;
        }
        let word = scan.quote(at);
        let opened = self.opened(quantity.start);
        // Behind letters the scanner takes a hyphen for a part of a word ("3km-5km").
        let hyphen = sign.kind == Kind::Digits && sign.gap == Gap::Hyphen;
        let dash = hyphen || sign.kind == Kind::Symbol && matches!(sign.symbol, '-' | '–' | '—');
        let to = matches!(word, "to" | "إلى" | "الى" | "or" | "أو");
        let and = scan.has(at, Class::And) && opened;
        let joined = scan.lexicon.language == Language::Arabic && word == "ل" && opened;
        if !(dash || to || and || joined) {
            return None;
        }
        at += usize::from(!hyphen);
        while scan.symbol(at, '~') || scan.has(at, Class::About) {
            at += 1;
        }
        let high = self.numbers.cardinal(at)?;
        if dash {
            // "2-1" without a unit is a result; telephone numbers and dates have more parts.
            let more = scan.tokens.get(high.end).is_some_and(|next| {
                next.is_glued()
                    && next.kind == Kind::Symbol
                    && matches!(next.symbol, '-' | '–' | '/')
            });
            if more {
                return None;
            }
        }
        (high.value > quantity.value).then_some((high.value, high.end))
    }

    /// Reads what a number measures or counts.
    fn measured(&self, quantity: &Quantity) -> Option<Measured> {
        self.percent(quantity)
            .or_else(|| self.money(quantity))
            .or_else(|| self.measure(quantity))
            .or_else(|| self.count(quantity))
    }

    fn base(quantity: &Quantity, kind: &'static str, end: usize) -> Measured {
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
        let token = scan
            .tokens
            .get(at)
            .filter(|token| token.gap < Gap::Paragraph)?;
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
            let low = Quantity {
                end: measured.end,
                ..*quantity
            };
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

    fn money(&self, quantity: &Quantity) -> Option<Measured> {
        let scan = self.scan;
        let before = money::before(scan, self.tables, quantity.start);
        let mut measured = Self::base(quantity, "money", quantity.end);
        let mut times = 1.0;
        let found = if let Some(before) = before {
            measured.start = before.at;
            // "$3m", "£2k"
            let short = scan
                .tokens
                .get(measured.end)
                .filter(|token| token.is_glued());
            if short.is_some() && matches!(scan.quote(measured.end), "m" | "M") {
                times = 1e6;
                measured.end += 1;
            }
            // "$10 million US dollars", "$5 Canadian"
            if let Some(behind) = money::behind(scan, self.tables, measured.end)
                && behind.code == before.code {
                    measured.end = behind.at;
                }
            measured.unit.clone_from(&before.code);
            times * before.times
        } else if let Some(behind) = money::behind(scan, self.tables, measured.end) {
            measured.end = behind.at;
            measured.unit.clone_from(&behind.code);
            if self.is_weight(quantity.end, measured.end) {
                return None;
            }
            behind.times
        } else {
            let part = money::subunit(scan, self.tables, measured.end, None)?;
            if scan.quote(measured.end).len() == 1 && !self.cell && !scan.symbol(measured.end, '¢')
            {
                return None;
            }
            measured.end = part.at;
            measured.unit = part.code;
            part.times
        };
        measured.value *= found;
        measured.high = measured.high.map(|high| high * found);
        self.money_range(&mut measured, quantity, found);
        self.small_change(&mut measured);
        Some(measured)
    }

    /// "two pounds of meat" is a weight.
    fn is_weight(&self, at: usize, end: usize) -> bool {
        let scan = self.scan;
        let of = scan.quote(end) == "of"
            && !scan
                .tokens
                .get(end + 1)
                .is_some_and(|next| next.classes.has(Class::Function));
        of && scan
            .value(at, Class::Measure)
            .is_some_and(|row| self.tables.units[row as usize].mark == Mark::Of)
    }

    /// "$10-$20", "from 10 dollars to 20 dollars".
    fn money_range(&self, measured: &mut Measured, quantity: &Quantity, times: f64) {
        let scan = self.scan;
        if measured.high.is_some() {
            return;
        }
        let at = measured.end;
        let Some(sign) = scan
            .tokens
            .get(at)
            .filter(|token| token.gap < Gap::Paragraph)
        else {
            return;
        };
        let dash = sign.kind == Kind::Symbol && matches!(sign.symbol, '-' | '–' | '—');
        let opened = quantity.start > 0
            && (measured.start > 0 && scan.has(measured.start - 1, Class::Preposition));
        let to = matches!(scan.quote(at), "to" | "إلى" | "الى");
        if !(dash || (to || scan.has(at, Class::And)) && opened) {
            return;
        }
        let mut next = at + 1;
        while scan
            .tokens
            .get(next)
            .is_some_and(|token| token.kind == Kind::Symbol && !token.is('('))
            && next < at + 3
            || matches!(scan.quote(next), "US" | "C" | "A")
        {
            next += 1;
        }
        let Some(high) = self.numbers.cardinal(next) else {
            return;
        };
        let before = money::before(scan, self.tables, next);
        let behind = money::behind(scan, self.tables, high.end);
        let same = |found: &money::Money| found.code == measured.unit;
        let end = match (&before, &behind) {
            (_, Some(found)) if same(found) => found.at,
            (Some(found), _) if same(found) => high.end,
            _ => return,
        };
        if high.value * times > measured.value {
            measured.high = Some(high.value * times);
            measured.end = end;
        }
    }

    /// "and 43 cents", "و43 سنت".
    fn small_change(&self, measured: &mut Measured) {
        let scan = self.scan;
        if measured.high.is_some() || measured.value.fract() != 0.0 {
            return;
        }
        let mut at = measured.end + usize::from(scan.has(measured.end, Class::And));
        at += usize::from(scan.symbol(at, ','));
        let Some(number) = self
            .numbers
            .cardinal(at)
            .filter(|number| number.value < 100.0 && number.value >= 1.0)
        else {
            return;
        };
        if scan.tokens[at].gap == Gap::Paragraph {
            return;
        }
        match money::subunit(scan, self.tables, number.end, measured.unit.as_deref()) {
            Some(part) => {
                measured.value += number.value * part.times;
                measured.end = part.at;
            }
            None if self.cell && number.end == scan.tokens.len() => {
                measured.value += number.value / 100.0;
                measured.end = number.end;
            }
            None => {}
        }
        measured.value = (measured.value * 100.0).round() / 100.0;
    }

    /// Reads a unit of measure at a token.
    fn unit(&self, at: usize) -> Option<usize> {
        let scan = self.scan;
        let token = scan
            .tokens
            .get(at)
            .filter(|token| token.gap < Gap::Paragraph)?;
        if token.kind == Kind::Symbol {
            return self.unit_sign(at);
        }
        let of = scan.quote(at + 1) == "of";
        scan.senses(at)
            .filter(|sense| sense.class == Class::Measure)
            .map(|sense| sense.value as usize)
            .find(|&row| match self.tables.units[row].mark {
                Mark::Always => true,
                Mark::Glued => token.is_glued() || self.cell,
                Mark::Cell => self.cell,
                Mark::Of => of,
            })
    }

    /// °, °C, °F, and in cells ' and ".
    fn unit_sign(&self, at: usize) -> Option<usize> {
        let scan = self.scan;
        let named = |code: &str| self.tables.units.iter().position(|unit| unit.code == code);
        match scan.tokens[at].symbol {
            '°' | 'º' => named("deg"),
            '℃' => named("Cel"),
            '℉' => named("[degF]"),
            '"' | '″' if self.cell => named("[in_i]"),
            '\'' | '′' if self.cell && scan.symbol(at + 1, '\'') => named("[in_i]"),
            '\'' | '′' if self.cell => named("[ft_i]"),
            _ => None,
        }
    }

    fn measure(&self, quantity: &Quantity) -> Option<Measured> {
        let scan = self.scan;
        let mut row = self.unit(quantity.end);
        let mut end = quantity.end + 1;
        let below = scan.has(quantity.end, Class::LabelBehind);
        if row.is_none() && !below {
            return None;
        }
        let mut measured = Self::base(quantity, "measure", quantity.end);
        if let Some(first) = row {
            if scan.tokens[quantity.end].kind == Kind::Symbol
                && self.tables.units[first].kind == "distance"
                && scan.symbol(end, '\'')
            {
                end += 1;
            }
            // "37 °C", "37 ° Celsius"
            if self.tables.units[first].code == "deg" {
                let letter = match scan.quote(end) {
                    "C" => self.tables.units.iter().position(|unit| unit.code == "Cel"),
                    "F" => self
                        .tables
                        .units
                        .iter()
                        .position(|unit| unit.code == "[degF]"),
                    _ => self
                        .unit(end)
                        .filter(|&row| self.tables.units[row].kind == "temperature"),
                };
                if let Some(letter) = letter {
                    row = Some(letter);
                    end += 1;
                }
            }
            measured.end = end;
        } else {
            row = self.tables.units.iter().position(|unit| unit.code == "deg");
        }
        let unit = &self.tables.units[row?];
        if unit.kind == "temperature" && scan.has(measured.end, Class::LabelBehind) {
            measured.value = -measured.value;
            measured.end += 1;
        }
        measured.other_kind = Some(unit.kind.clone());
        measured.unit = Some(unit.code.clone());
        self.measure_range(&mut measured, quantity, row?);
        self.compound(&mut measured, row?);
        self.fraction_behind(&mut measured);
        Some(measured)
    }

    /// "3km to 5km": the unit stands behind both ends.
    fn measure_range(&self, measured: &mut Measured, quantity: &Quantity, row: usize) {
        if measured.high.is_some() {
            return;
        }
        let low = Quantity {
            end: measured.end,
            ..*quantity
        };
        if let Some((high, end)) = self.range_of_units(&low) {
            let same = self.unit(end).is_some_and(|other| {
                other == row || self.tables.units[other].kind == self.tables.units[row].kind
            });
            if same {
                measured.high = Some(high);
                measured.end = end + 1;
                // The unit may have two tokens (° C, degrees Celsius).
                if self.unit(measured.end).is_some() && self.tables.units[row].kind == "temperature"
                {
                    measured.end += 1;
                }
            }
        }
    }

    /// "7 feet 10 inches", "2 km and 1 metre": told in the smaller unit.
    fn compound(&self, measured: &mut Measured, mut row: usize) {
        let scan = self.scan;
        if measured.high.is_some() {
            return;
        }
        loop {
            let mut at = measured.end;
            at += usize::from(scan.symbol(at, ','));
            at += usize::from(scan.has(at, Class::And));
            let Some(token) = scan
                .tokens
                .get(at)
                .filter(|token| token.gap < Gap::Paragraph)
            else {
                return;
            };
            if token.kind == Kind::Symbol {
                return;
            }
            let Some(number) = self.numbers.cardinal(at) else {
                return;
            };
            let Some(next) = self.unit(number.end) else {
                return;
            };
            let (one, other) = (&self.tables.units[row], &self.tables.units[next]);
            let (Some(large), Some(small)) = (one.size, other.size) else {
                return;
            };
            if one.kind != other.kind || small >= large {
                return;
            }
            measured.value = ((measured.value * large / small + number.value) * 1e9).round() / 1e9;
            measured.unit = Some(other.code.clone());
            measured.end = number.end + 1;
            row = next;
        }
    }

    /// "لتر ونصف", "a mile and a half".
    fn fraction_behind(&self, measured: &mut Measured) {
        let scan = self.scan;
        if measured.high.is_none() && scan.has(measured.end, Class::And) {
            let at = measured.end + 1 + usize::from(scan.has(measured.end + 1, Class::Article));
            if let Some(size) = scan.value(at, Class::Fraction) {
                measured.value += size;
                measured.end = at + 1;
            }
        }
    }

    fn count(&self, quantity: &Quantity) -> Option<Measured> {
        let scan = self.scan;
        let row = exclude::in_a_row(scan, quantity.start, quantity.end);
        if !self.cell && (row || exclude::list_mark(scan, quantity.start, quantity.end)) {
            return None;
        }
        let mut measured = Self::base(quantity, "count", quantity.end);
        if !self.cell && (quantity.fraction || self.refers_back(quantity)) {
            return None;
        }
        let noun = if self.noun_before(quantity).is_some() {
            None
        } else {
            counted::behind(
                scan,
                self.tables,
                quantity.end,
                quantity.value,
                quantity.many,
            )
        };
        let length = scan.has(quantity.end, Class::Unit);
        if length && !self.cell {
            return None;
        }
        let named = noun.as_ref().is_some_and(|noun| noun.unit.is_some());
        if !self.cell && !named && exclude::after_name(scan, quantity.start) {
            return None;
        }
        if let Some(noun) = noun {
            measured.end = noun.end;
            measured.unit = noun.unit;
            measured.of = noun.fate;
        } else if let Some(before) = self.noun_before(quantity) {
            measured.start = before.0;
            measured.unit = Some(before.1);
        } else {
            return self.bare(quantity, measured);
        }
        let people = measured
            .unit
            .as_ref()
            .is_some_and(|unit| self.tables.people.contains(unit));
        if people && measured.of.is_none() {
            measured.of = counted::fate(scan, measured.start, measured.end).map(|(fate, _)| fate);
        }
        Some(measured)
    }

    /// One and definite small numbers refer to what is known ("one of", "the two sides", "الدول الأربع").
    fn refers_back(&self, quantity: &Quantity) -> bool {
        let scan = self.scan;
        if quantity.digits {
            return false;
        }
        let the = quantity.start > 0
            && matches!(
                scan.quote(quantity.start - 1),
                "the" | "The" | "both" | "these" | "those" | "other"
            );
        let definite = scan.tokens[quantity.start].is_definite() && !quantity.many;
        let noun = definite && self.noun_before(quantity).is_some();
        quantity.value == 1.0
            || quantity.value == 0.0
            || the && quantity.value <= 10.0
            || definite && (!noun || quantity.value <= 10.0)
    }

    /// "المدافع العشرون", "متهمين اثنين": the noun stands before the number.
    fn noun_before(&self, quantity: &Quantity) -> Option<(usize, String)> {
        let scan = self.scan;
        if scan.lexicon.language != Language::Arabic || quantity.digits {
            return None;
        }
        let before = quantity.start.checked_sub(1)?;
        let row = scan
            .value(before, Class::Counted)
            .or_else(|| scan.value(before, Class::CountedDual))? as usize;
        let agree = scan.tokens[before].is_definite() == scan.tokens[quantity.start].is_definite();
        let small = quantity.value == 2.0 || scan.tokens[quantity.start].is_definite();
        (agree && small && scan.tokens[quantity.start].gap == Gap::Space)
            .then(|| (before, self.tables.counted[row].unit.clone()))
    }

    /// A number by itself counts people where the clause tells their fate; else it must look like a count.
    fn bare(&self, quantity: &Quantity, mut measured: Measured) -> Option<Measured> {
        let scan = self.scan;
        if self.cell {
            measured.kind = "number";
            return Some(measured);
        }
        let told = counted::fate(scan, quantity.start, quantity.end).filter(|(_, near)| *near <= 3);
        if quantity.many && told.is_none() || quantity.value < 0.0 {
            return None;
        }
        if exclude::age_behind_name(scan, quantity.start, quantity.end, quantity.value) {
            return None;
        }
        let glued = scan
            .tokens
            .get(quantity.end)
            .is_some_and(|next| next.kind == Kind::Word && next.gap <= Gap::Hyphen);
        if glued || exclude::like_a_year(quantity.value, quantity.plain) {
            return None;
        }
        if let Some((fate, _)) = told.filter(|_| quantity.high.is_none()) {
            measured.unit = Some("person".to_owned());
            measured.of = Some(fate);
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
            plain: false,
            digits: false,
            many: false,
            fraction: false,
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
                measured.unit = self.tables.currency(name, adjective);
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
        if scan.lexicon.language != Language::English {
            return None;
        }
        let number = self.numbers.cardinal(at)?;
        let year = scan.value(number.end, Class::Unit)? == 8.0;
        (year && scan.has(number.end + 1, Class::Old)).then(|| {
            let end = number.end + 2;
            let tokens = &scan.tokens;
            let amount = Amount {
                span: TextRange::new(tokens[at].start, tokens[end - 1].end),
                kind: "duration".to_owned(),
                value: number.value,
                high: None,
                unit: Some("a".to_owned()),
                bound: Bound::Exactly,
                of: None,
            };
            (amount, end)
        })
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
        let quantity = Quantity {
            value: 1.0,
            high: None,
            start,
            end: at,
            bound: None,
            plain: false,
            digits: false,
            many: false,
            fraction: false,
        };
        let measured = self.measure(&quantity).or_else(|| self.money(&quantity))?;
        Some(self.finish(measured, None, 0).0)
    }

    /// Takes the words that bound an amount and makes the row; `last` is the token behind the amount before.
    fn finish(&self, measured: Measured, own: Option<Bound>, last: usize) -> (Amount, usize) {
        let (start, end, bound) = self.bounds(&measured, own, last);
        let tokens = &self.scan.tokens;
        let amount = Amount {
            span: TextRange::new(tokens[start].start, tokens[end - 1].end),
            kind: measured
                .other_kind
                .unwrap_or_else(|| measured.kind.to_owned()),
            value: measured.value,
            high: measured.high,
            unit: measured.unit,
            bound,
            of: measured.of.map(|fate| FATES[fate].to_owned()),
        };
        (amount, end)
    }

    fn bounds(
        &self,
        measured: &Measured,
        own: Option<Bound>,
        last: usize,
    ) -> (usize, usize, Bound) {
        let scan = self.scan;
        let read = |index: usize| {
            let classes = scan.tokens[index].classes;
            if classes.has(Class::Over) {
                Some(Bound::Over)
            } else if classes.has(Class::Under) {
                Some(Bound::Under)
            } else if classes.has(Class::About) {
                Some(Bound::About)
            } else if classes.has(Class::Exactly) {
                Some(Bound::Exactly)
            } else {
                None
            }
        };
        let (mut start, mut end, mut bound) = (measured.start, measured.end, own);
        while start > last && scan.tokens[start].gap < Gap::Paragraph {
            let sign = scan.symbol(start - 1, '~').then_some(Bound::About);
            let Some(found) = sign.or_else(|| read(start - 1)) else {
                break;
            };
            // "up to about 300": the stronger word counts.
            if !matches!(bound, Some(Bound::Over | Bound::Under)) {
                bound = Some(found);
            }
            start -= 1;
        }
        if bound.is_none() || bound == Some(Bound::About) {
            for index in (start.saturating_sub(4)..start).rev() {
                if scan.has(index, Class::OverVerb) {
                    bound = Some(Bound::Over);
                } else if scan.has(index, Class::UnderVerb) {
                    bound = Some(Bound::Under);
                }
            }
        }
        let or_more = scan.quote(end) == "or" && matches!(scan.quote(end + 1), "more" | "over");
        let or_less =
            scan.quote(end) == "or" && matches!(scan.quote(end + 1), "less" | "fewer" | "under");
        if or_more || or_less {
            bound = Some(if or_more { Bound::Over } else { Bound::Under });
            end += 2;
        } else if let Some(behind) = self.bound_behind(end) {
            bound = Some(behind);
            end += 1;
        }
        (start, end, bound.unwrap_or(Bound::Exactly))
    }

    /// A bound that stands behind the amount ("على الأقل", "تقريبا").
    fn bound_behind(&self, at: usize) -> Option<Bound> {
        let scan = self.scan;
        scan.tokens
            .get(at)
            .filter(|token| token.gap < Gap::Paragraph)?;
        if scan.lexicon.language == Language::English {
            return (scan.quote(at) == "approximately" && at + 1 == scan.tokens.len())
                .then_some(Bound::About);
        }
        if scan.value(at, Class::Over) == Some(2.0) {
            Some(Bound::Over)
        } else if scan.value(at, Class::Under) == Some(2.0) {
            Some(Bound::Under)
        } else if matches!(scan.quote(at), "تقريبا" | "تقريباً") {
            Some(Bound::About)
        } else {
            None
        }
    }
}
