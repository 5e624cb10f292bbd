//! Measures: numbers with the unit behind them.

use super::reader::{Measured, Quantity, Reader};
use super::tables::Mark;
use crate::numerals::{Class, Gap, Kind};

impl Reader<'_, '_> {
    /// Reads a unit of measure at a token.
    pub(super) fn unit(&self, at: usize) -> Option<usize> {
        let scan = self.scan;
        let token = scan.tokens.get(at).filter(|token| token.gap < Gap::Paragraph)?;
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
    pub(super) fn unit_sign(&self, at: usize) -> Option<usize> {
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

    pub(super) fn measure(&self, quantity: &Quantity) -> Option<Measured> {
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
                    "F" => self.tables.units.iter().position(|unit| unit.code == "[degF]"),
                    _ => self.unit(end).filter(|&row| self.tables.units[row].kind == "temperature"),
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
        if self.per_hour(&mut measured, &unit.kind) {
            return Some(measured);
        }
        self.measure_range(&mut measured, quantity, row?);
        self.compound(&mut measured, row?);
        self.fraction_behind(&mut measured);
        Some(measured)
    }

    /// "120 km/h": a distance by a time is a speed.
    fn per_hour(&self, measured: &mut Measured, kind: &str) -> bool {
        let scan = self.scan;
        if kind != "distance" || !scan.symbol(measured.end, '/') {
            return false;
        }
        let time = match scan.quote(measured.end + 1) {
            "h" | "hr" | "hour" | "ساعة" | "س" => "h",
            "s" | "sec" | "second" | "ثانية" | "ث" => "s",
            _ => return false,
        };
        measured.other_kind = Some("speed".to_owned());
        measured.unit = measured.unit.take().map(|unit| format!("{unit}/{time}"));
        measured.end += 2;
        true
    }

    /// "3km to 5km": the unit stands behind both ends.
    pub(super) fn measure_range(&self, measured: &mut Measured, quantity: &Quantity, row: usize) {
        if measured.high.is_some() {
            return;
        }
        let low = Quantity { end: measured.end, ..*quantity };
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
    pub(super) fn compound(&self, measured: &mut Measured, mut row: usize) {
        let scan = self.scan;
        if measured.high.is_some() {
            return;
        }
        loop {
            let mut at = measured.end;
            at += usize::from(scan.symbol(at, ','));
            at += usize::from(scan.has(at, Class::And));
            let Some(token) = scan.tokens.get(at).filter(|token| token.gap < Gap::Paragraph) else {
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
    pub(super) fn fraction_behind(&self, measured: &mut Measured) {
        let scan = self.scan;
        if measured.high.is_none() && scan.has(measured.end, Class::And) {
            let at = measured.end + 1 + usize::from(scan.has(measured.end + 1, Class::Article));
            if let Some(size) = scan.value(at, Class::Fraction) {
                measured.value += size;
                measured.end = at + 1;
            }
        }
    }
}
