//! Numbers as amounts have them: with a sign, as ranges, as nouns for many.

use khabar_record::Bound;

use super::reader::{Form, Quantity, Reader};
use crate::numerals::{Class, Gap, Kind, Language, NumberForm};

impl Reader<'_, '_> {
    /// Reads a number, a range of two, or a noun for many.
    pub(super) fn quantity(&self, at: usize) -> Option<Quantity> {
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
            form: match number.form {
                NumberForm::Digits if number.plain => Form::Plain,
                NumberForm::Digits | NumberForm::Mixed => Form::Digits,
                NumberForm::Words => Form::Words,
                NumberForm::Fraction => Form::Fraction,
            },
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
            if quantity.form == Form::Plain {
                quantity.form = Form::Digits;
            }
        }
        Some(quantity)
    }

    /// "dozens", "hundreds of thousands", "عشرات الآلاف".
    pub(super) fn many(&self, at: usize) -> Option<Quantity> {
        let scan = self.scan;
        let mut value = scan.value(at, Class::Many)?;
        // Behind a number these words are its scale ("three thousands"), which the numeral has taken.
        if at > 0
            && scan.tokens[at].gap < Gap::Paragraph
            && self.numbers.cardinal(at - 1).is_some_and(|number| number.end > at)
        {
            return None;
        }
        let mut end = at + 1;
        let next = end + usize::from(scan.quote(end) == "of");
        if let Some(scale) = scan.value(next, Class::Scale).filter(|&scale| scale >= 1000.0) {
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
            form: Form::Many,
        })
    }

    /// "several thousand", "بضعة آلاف"; without a scale only where nothing else stands.
    pub(super) fn vague(&self, at: usize, value: f64) -> Option<Quantity> {
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
        Some(Quantity { value, high: None, start: at, end, bound: Some(bound), form: Form::Many })
    }

    /// Takes a minus sign before a number.
    pub(super) fn sign(&self, quantity: &mut Quantity) {
        let scan = self.scan;
        let Some(before) = quantity.start.checked_sub(1) else {
            return;
        };
        let token = &scan.tokens[before];
        let minus = token.kind == Kind::Symbol && matches!(token.symbol, '-' | '−' | '–');
        let free = before == 0 || token.gap >= Gap::Space;
        let close = scan.tokens[quantity.start].is_glued() || self.cell && before == 0;
        if minus && free && close && (before == 0 || scan.tokens[before - 1].kind != Kind::Digits)
            || scan.has(before, Class::Minus)
                && scan.tokens[quantity.start].gap < Gap::Paragraph
                // "plus or minus 3.5 points" is a width.
                && !(before > 0 && scan.quote(before - 1) == "or")
        {
            quantity.value = -quantity.value;
            quantity.start = before;
        }
    }

    /// Whether a word that opens a range stands before the token, a word like "about" aside.
    pub(super) fn opened(&self, start: usize) -> bool {
        let scan = self.scan;
        start.checked_sub(1).is_some_and(|before| {
            scan.has(before, Class::Preposition)
                || scan.has(before, Class::About)
                    && before > 0
                    && scan.has(before - 1, Class::Preposition)
        })
    }

    /// Reads the upper end of a range whose lower end has its own unit: "rose 2% to 7%" is none.
    pub(super) fn range_of_units(&self, quantity: &Quantity) -> Option<(f64, usize)> {
        let dash = self
            .scan
            .tokens
            .get(quantity.end)
            .is_some_and(|token| token.kind == Kind::Symbol || token.kind == Kind::Digits);
        if dash || self.opened(quantity.start) { self.range(quantity) } else { None }
    }

    /// Reads the upper end of a range behind a number.
    pub(super) fn range(&self, quantity: &Quantity) -> Option<(f64, usize)> {
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
}
