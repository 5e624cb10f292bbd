//! Numbers in digits, words and both, and what binds their parts.
//!
//! The value of a numeral is the sum of groups below a thousand, each times a scale that is smaller than the one before.
//! That much is common to both languages; what a group looks like is not, see `english` and `arabic`.

use std::cell::RefCell;

use super::scan::{Gap, Kind, Scan};
use super::senses::Class;
use super::{Language, arabic, digits, english};

/// What a number is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberForm {
    /// Digits alone.
    Digits,
    /// Digits and a scale ("1.5 million").
    Mixed,
    /// Words alone.
    Words,
    /// A part of one ("two thirds", "3/4").
    Fraction,
}

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    /// The index of the token behind it.
    pub(crate) end: usize,
    pub(crate) form: NumberForm,
    /// Whether it is a plain run of digits without separators.
    pub(crate) plain: bool,
}

/// How many groups a numeral has at most, and how many scales a group; longer runs of such words are no number.
const MAX_GROUPS: usize = 8;
const MAX_SCALES: usize = 3;

/// A part of a numeral: value and the index of the token behind it.
pub(super) type Group = Option<(f64, usize)>;

/// Reads numbers in a scanned text; each position is read once.
pub(crate) struct Numbers<'s, 'a> {
    pub(crate) scan: &'s Scan<'a>,
    cardinals: RefCell<Vec<(u32, Option<Number>)>>,
}

impl<'s, 'a> Numbers<'s, 'a> {
    pub(crate) fn new(scan: &'s Scan<'a>) -> Self {
        Self { scan, cardinals: RefCell::new(Vec::new()) }
    }

    /// Reads a cardinal number or a fraction at a token.
    pub(crate) fn cardinal(&self, at: usize) -> Option<Number> {
        let key = at as u32;
        let slot = self.cardinals.borrow().binary_search_by_key(&key, |entry| entry.0);
        match slot {
            Ok(found) => self.cardinals.borrow()[found].1,
            Err(place) => {
                let number = self.fraction(at).or_else(|| self.sum(at));
                self.cardinals.borrow_mut().insert(place, (key, number));
                number
            }
        }
    }

    /// Reads an ordinal number at a token.
    pub(crate) fn ordinal(&self, at: usize) -> Group {
        let scan = self.scan;
        let token = scan.tokens.get(at)?;
        if token.kind == Kind::Digits {
            let end = scan.tokens.get(at + 1)?;
            let fits = token.digits <= 4 && end.is_glued() && end.classes.has(Class::OrdinalEnd);
            return fits.then_some((token.number as f64, at + 2));
        }
        match scan.lexicon.language {
            Language::English => english::ordinal(scan, at),
            Language::Arabic => arabic::ordinal(scan, at),
        }
    }

    fn group(&self, at: usize) -> Group {
        match self.scan.lexicon.language {
            Language::English => english::group(self.scan, at),
            Language::Arabic => arabic::group(self.scan, at),
        }
    }

    /// Skips the word that joins two parts of a numeral; `None` when the language wants one and there is none.
    fn joint(&self, at: usize) -> Option<usize> {
        let and = self.scan.has(at, Class::And);
        match self.scan.lexicon.language {
            Language::English => Some(at + usize::from(and)),
            Language::Arabic => and.then_some(at + 1),
        }
    }

    /// Whether the token continues its predecessor's phrase: no paragraph lies between them.
    fn connected(&self, at: usize) -> bool {
        self.scan.tokens.get(at).is_some_and(|token| token.gap < Gap::Paragraph)
    }

    /// Reads a part in digits or words, without its scale.
    fn part(&self, at: usize) -> Option<Number> {
        if let Some(written) = digits::read(self.scan, at) {
            return Some(self.mixed_fraction(at, written));
        }
        let (mut value, mut end) = self.group(at)?;
        if self.scan.has(end, Class::Point)
            && self.connected(end)
            && let Some((digits, behind)) = self.after_point(end + 1)
        {
            value += digits;
            end = behind;
        }
        Some(Number { value, end, form: NumberForm::Words, plain: false })
    }

    /// Adds a fraction behind whole digits ("2 1/2", "3½", "1 point 5").
    fn mixed_fraction(&self, at: usize, written: digits::Written) -> Number {
        let mut number = Number {
            value: written.value,
            end: written.end,
            form: NumberForm::Digits,
            plain: !written.decimal && !written.grouped,
        };
        if !number.plain || !self.connected(number.end) {
            return number;
        }
        if let Some((value, end)) = self.slashed(number.end).filter(|found| found.0 < 1.0) {
            if self.scan.tokens[number.end].gap == Gap::Space || end == number.end + 1 {
                number.value += value;
                number.end = end;
                number.plain = false;
            }
        } else if self.scan.has(number.end, Class::Point)
            && let Some((value, end)) = self.after_point(number.end + 1)
        {
            number.value += value;
            number.end = end;
            number.plain = false;
        }
        debug_assert!(number.end > at);
        number
    }

    /// Reads the digits behind a spoken decimal point.
    fn after_point(&self, at: usize) -> Group {
        let scan = self.scan;
        if !self.connected(at) {
            return None;
        }
        let token = scan.tokens[at];
        if token.kind == Kind::Digits {
            return Some((token.number as f64 / 10f64.powi(i32::from(token.digits)), at + 1));
        }
        let (mut value, mut end, mut place) = (0.0, at, 0.1);
        while let Some(digit) = scan
            .value(end, Class::Digit)
            .or_else(|| scan.value(end, Class::Zero))
            .filter(|_| self.connected(end))
        {
            value += digit * place;
            place /= 10.0;
            end += 1;
        }
        // "two point seventy-five"
        if end == at {
            let (whole, behind) = self.group(at)?;
            let size = if whole < 10.0 { 10.0 } else { 100.0 };
            return (whole < 100.0).then_some((whole / size, behind));
        }
        Some((value, end))
    }

    /// Reads "3/4" or "¾".
    fn slashed(&self, at: usize) -> Group {
        let scan = self.scan;
        let token = scan.tokens.get(at)?;
        if token.kind == Kind::Symbol {
            let value = match token.symbol {
                '½' => 0.5,
                '¼' => 0.25,
                '¾' => 0.75,
                '⅓' => 1.0 / 3.0,
                '⅔' => 2.0 / 3.0,
                '⅛' => 0.125,
                _ => return None,
            };
            return Some((value, at + 1));
        }
        let (slash, below) = (scan.tokens.get(at + 1)?, scan.tokens.get(at + 2)?);
        let fits = token.kind == Kind::Digits
            && slash.is('/')
            && slash.is_glued()
            && below.kind == Kind::Digits
            && below.is_glued()
            && below.number > 0
            && token.digits <= 4
            && below.digits <= 4
            && !scan.tokens.get(at + 3).is_some_and(|next| next.is('/') && next.is_glued());
        fits.then(|| (token.number as f64 / below.number as f64, at + 3))
    }

    fn fraction(&self, at: usize) -> Option<Number> {
        let scan = self.scan;
        let (value, end) = self.slashed(at).or_else(|| self.spoken_fraction(at))?;
        // "half a million", "نصف مليون", "three quarters of a million"
        let mut scaled = end;
        if scan.lexicon.language == Language::English {
            scaled += usize::from(scan.quote(scaled).eq_ignore_ascii_case("of"));
            scaled += usize::from(scan.has(scaled, Class::Article));
        }
        let fraction = Number { value, end, form: NumberForm::Fraction, plain: false };
        match scan.value(scaled, Class::Scale).filter(|_| self.connected(scaled)) {
            Some(scale) => Some(Number {
                value: value * scale,
                end: scaled + 1,
                form: NumberForm::Words,
                plain: false,
            }),
            None => Some(fraction),
        }
    }

    /// Reads "half", "a third", "two-thirds", "ثلاثة أرباع".
    fn spoken_fraction(&self, at: usize) -> Group {
        let scan = self.scan;
        if let Some(size) = scan.value(at, Class::Fraction) {
            return Some((size, at + 1));
        }
        if scan.has(at, Class::Article) {
            return scan
                .value(at + 1, Class::Fraction)
                .filter(|_| self.connected(at + 1))
                .map(|size| (size, at + 2));
        }
        let count = scan.value(at, Class::Digit)?;
        let size = scan.value(at + 1, Class::Fraction).filter(|_| self.connected(at + 1))?;
        // "two halves" is said, "two half" is not.
        (size < 0.5 || count < 2.0).then_some((count * size, at + 2))
    }

    /// Adds groups, each with a smaller scale than the one before.
    fn sum(&self, at: usize) -> Option<Number> {
        let first = self.scaled(at, true)?;
        let (mut number, mut scale) = (first.number, first.scale);
        for _ in 0..MAX_GROUPS {
            if scale <= 1.0 || !self.connected(number.end) {
                break;
            }
            if let Some((half, behind)) = self.half_more(number.end) {
                number.value += half * scale;
                number.end = behind;
                break;
            }
            let next = self
                .joint(number.end)
                .filter(|&next| self.connected(next))
                .and_then(|next| self.scaled(next, false));
            let Some(next) = next else { break };
            // Digits behind a numeral belong to it only with a scale of their own ("3 million 200 thousand").
            let smaller =
                next.scale < scale && next.number.value < scale && next.number.value > 0.0;
            if !smaller || next.number.form == NumberForm::Digits {
                break;
            }
            number = Number {
                value: number.value + next.number.value,
                end: next.number.end,
                form: match (number.form, next.number.form) {
                    (NumberForm::Words, NumberForm::Words) => NumberForm::Words,
                    _ => NumberForm::Mixed,
                },
                plain: false,
            };
            scale = next.scale;
        }
        number.value.is_finite().then_some(number)
    }

    /// Reads a group with its scales.
    fn scaled(&self, at: usize, first: bool) -> Option<Scaled> {
        let scan = self.scan;
        // "مليونا شخص" are two million, "مليونا وثلاثمئة ألف" starts with one.
        let dual = !scan.has(at, Class::Scale) || !scan.has(at + 1, Class::And);
        if let Some(whole) = scan.value(at, Class::ScaleDual).filter(|_| dual) {
            let scale = if whole >= 2e6 { whole / 2.0 } else { 1000.0 };
            return Some(self.multiplied(
                Number { value: whole, end: at + 1, form: NumberForm::Words, plain: false },
                scale,
            ));
        }
        let part = match scan.value(at, Class::Scale) {
            // A bare scale counts one in Arabic (ألف, مليون); in English it wants "a" or a number before it.
            Some(_) if scan.lexicon.language == Language::Arabic && !scan.has(at, Class::Many) => {
                Number {
                    value: 1.0,
                    end: at,
                    form: NumberForm::Words,
                    // The scale itself is the first word, so nothing need connect it.
                    plain: true,
                }
            }
            _ => match self.article_scale(at) {
                Some(number) if first => number,
                _ => self.part(at)?,
            },
        };
        let part = self.and_half(part);
        let scaled = self.multiplied(part, 1.0);
        (scaled.number.end > at).then_some(scaled)
    }

    /// "a million", "a dozen": the article stands for one.
    fn article_scale(&self, at: usize) -> Option<Number> {
        let scan = self.scan;
        (scan.has(at, Class::Article) && scan.has(at + 1, Class::Scale) && self.connected(at + 1))
            .then_some(Number { value: 1.0, end: at + 1, form: NumberForm::Words, plain: false })
    }

    /// "two and a half million": the fraction stands before the scale.
    fn and_half(&self, part: Number) -> Number {
        let scan = self.scan;
        if scan.lexicon.language == Language::English && scan.has(part.end, Class::And) {
            let article = part.end + 1 + usize::from(scan.has(part.end + 1, Class::Article));
            if let Some(size) = scan.value(article, Class::Fraction)
                && scan.has(article + 1, Class::Scale)
            {
                return Number { value: part.value + size, end: article + 1, plain: false, ..part };
            }
        }
        part
    }

    /// Multiplies a number with the scales behind it ("three thousand million").
    fn multiplied(&self, mut number: Number, scale: f64) -> Scaled {
        let mut all = scale;
        for _ in 0..MAX_SCALES {
            let Some(factor) = self.scan.value(number.end, Class::Scale) else {
                break;
            };
            if !self.scale_fits(number) {
                break;
            }
            number.value *= factor;
            number.end += 1;
            number.plain = false;
            if number.form == NumberForm::Digits {
                number.form = NumberForm::Mixed;
            }
            all *= factor;
        }
        Scaled { number, scale: all }
    }

    /// Whether the scale behind a number belongs to it: a short one (k, M, b) is written together with digits.
    fn scale_fits(&self, number: Number) -> bool {
        let token = self.scan.tokens[number.end];
        let bare = number.form == NumberForm::Words && number.plain;
        let short = token.end - token.start <= 1 && self.scan.lexicon.language == Language::English;
        (bare || self.connected(number.end))
            && (!short || token.is_glued() && number.form == NumberForm::Digits)
    }

    /// "ونصف المليون", "and a half": half of the scale just named.
    fn half_more(&self, at: usize) -> Group {
        let scan = self.scan;
        if !scan.has(at, Class::And) {
            return None;
        }
        let article = at + 1 + usize::from(scan.has(at + 1, Class::Article));
        let size = scan.value(article, Class::Fraction).filter(|_| self.connected(article))?;
        let mut end = article + 1;
        if scan.lexicon.language == Language::Arabic
            && scan.has(end, Class::Scale)
            && scan.tokens[end].is_definite()
        {
            end += 1;
        }
        Some((size, end))
    }
}

struct Scaled {
    number: Number,
    scale: f64,
}
