//! Sums of money: numbers with the currency beside them.

use super::money;
use super::reader::{Measured, Quantity, Reader};
use super::tables::Mark;
use crate::numerals::{Class, Gap, Kind};

impl Reader<'_, '_> {
    pub(super) fn money(&self, quantity: &Quantity) -> Option<Measured> {
        let scan = self.scan;
        let before = money::before(scan, self.tables, quantity.start);
        let mut measured = Self::base(quantity, "money", quantity.end);
        let mut times = 1.0;
        let found = if let Some(before) = before {
            measured.start = before.at;
            // "$3m", "£2k"
            let short = scan.tokens.get(measured.end).filter(|token| token.is_glued());
            if short.is_some() && matches!(scan.quote(measured.end), "m" | "M") {
                times = 1e6;
                measured.end += 1;
            }
            // "$10 million US dollars", "$5 Canadian"
            if let Some(behind) = money::behind(scan, self.tables, measured.end)
                && behind.code == before.code
            {
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
    pub(super) fn is_weight(&self, at: usize, end: usize) -> bool {
        let scan = self.scan;
        let of = scan.quote(end) == "of"
            && !scan.tokens.get(end + 1).is_some_and(|next| next.classes.has(Class::Function));
        of && scan
            .value(at, Class::Measure)
            .is_some_and(|row| self.tables.units[row as usize].mark == Mark::Of)
    }

    /// "$10-$20", "from 10 dollars to 20 dollars".
    pub(super) fn money_range(&self, measured: &mut Measured, quantity: &Quantity, times: f64) {
        let scan = self.scan;
        if measured.high.is_some() {
            return;
        }
        let at = measured.end;
        let Some(sign) = scan.tokens.get(at).filter(|token| token.gap < Gap::Paragraph) else {
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
    pub(super) fn small_change(&self, measured: &mut Measured) {
        let scan = self.scan;
        if measured.high.is_some() || measured.value.fract() != 0.0 {
            return;
        }
        let mut at = measured.end + usize::from(scan.has(measured.end, Class::And));
        at += usize::from(scan.symbol(at, ','));
        let Some(number) =
            self.numbers.cardinal(at).filter(|number| number.value < 100.0 && number.value >= 1.0)
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
}
