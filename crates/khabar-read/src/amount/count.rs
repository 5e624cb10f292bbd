//! Counts: numbers with the noun that they count, and numbers by themselves.

use super::reader::{Form, Measured, Quantity, Reader};
use super::{counted, exclude};
use crate::numerals::{Class, Gap, Kind, Language};

impl Reader<'_, '_> {
    pub(super) fn count(&self, quantity: &Quantity) -> Option<Measured> {
        let scan = self.scan;
        let row = exclude::in_a_row(scan, quantity.start, quantity.end);
        if !self.cell && exclude::ratio(scan, self.numbers, quantity.start, quantity.end) {
            return None;
        }
        if !self.cell && (row || exclude::list_mark(scan, quantity.start, quantity.end)) {
            return None;
        }
        let mut measured = Self::base(quantity, "count", quantity.end);
        if !self.cell && (quantity.form == Form::Fraction || self.refers_back(quantity)) {
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
                quantity.form == Form::Many,
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
        let people = measured.unit.as_ref().is_some_and(|unit| self.tables.people.contains(unit));
        if people && measured.of.is_none() {
            measured.of = counted::fate(scan, measured.start, measured.end).map(|(fate, _)| fate);
        }
        Some(measured)
    }

    /// "one of", and a definite Arabic number without its noun ("في العشرين من عمره"), count nothing.
    pub(super) fn refers_back(&self, quantity: &Quantity) -> bool {
        let scan = self.scan;
        if quantity.in_digits() {
            return false;
        }
        let definite = scan.tokens[quantity.start].is_definite() && quantity.form != Form::Many;
        let noun = definite && self.noun_before(quantity).is_some();
        quantity.value.abs() <= 1.0 || definite && !noun
    }

    /// "المدافع العشرون", "متهمين اثنين": the noun stands before the number.
    pub(super) fn noun_before(&self, quantity: &Quantity) -> Option<(usize, String)> {
        let scan = self.scan;
        if scan.lexicon.language != Language::Arabic || quantity.in_digits() {
            return None;
        }
        let before = quantity.start.checked_sub(1)?;
        let row = scan
            .value(before, Class::Counted)
            .or_else(|| scan.value(before, Class::CountedDual))? as usize;
        let agree = scan.tokens[before].is_definite() == scan.tokens[quantity.start].is_definite();
        let small = quantity.is(2.0) || scan.tokens[quantity.start].is_definite();
        (agree && small && scan.tokens[quantity.start].gap == Gap::Space)
            .then(|| (before, self.tables.counted[row].unit.clone()))
    }

    /// A number by itself counts people where the clause tells their fate; else it must look like a count.
    pub(super) fn bare(&self, quantity: &Quantity, mut measured: Measured) -> Option<Measured> {
        let scan = self.scan;
        if self.cell {
            measured.kind = "number";
            return Some(measured);
        }
        let told = counted::fate(scan, quantity.start, quantity.end).filter(|(_, near)| *near <= 3);
        if quantity.form == Form::Many && told.is_none() || quantity.value < 0.0 {
            return None;
        }
        if exclude::age_in_apposition(scan, quantity.start, quantity.end, quantity.value) {
            measured.kind = "duration";
            measured.unit = Some("a".to_owned());
            return Some(measured);
        }
        let glued = scan
            .tokens
            .get(quantity.end)
            .is_some_and(|next| next.kind == Kind::Word && next.gap <= Gap::Hyphen);
        let plain = quantity.form == Form::Plain;
        // So many digits in a row are the number of an account or an item.
        let label = plain && quantity.value >= 1e12;
        if glued || label || exclude::like_a_year(quantity.value, plain) {
            return None;
        }
        if let Some((fate, _)) = told.filter(|_| quantity.high.is_none()) {
            measured.unit = Some("person".to_owned());
            measured.of = Some(fate);
        }
        Some(measured)
    }
}
