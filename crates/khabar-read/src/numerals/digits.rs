//! Numbers in digits, with the separators of both scripts.

use super::scan::{Kind, Scan};

/// Returns the value of a decimal digit of the Western, Arabic-Indic or Persian set.
pub(crate) fn value(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '٠'..='٩' => Some((c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => Some((c as u32 - '۰' as u32) as u8),
        _ => None,
    }
}

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Written {
    pub(crate) value: f64,
    /// The index of the token behind it.
    pub(crate) end: usize,
    /// Whether it has a decimal part.
    pub(crate) decimal: bool,
    /// Whether it has separators between thousands.
    pub(crate) grouped: bool,
}

/// Reads "1200", "1,200,000", "3.14", "١٬٢٠٠٫٥" or ".77" at a token.
///
/// A full stop or comma counts only between digits. The comma of Arabic texts may stand for the decimal point, when not
/// exactly three digits follow.
pub(crate) fn read(scan: &Scan<'_>, at: usize) -> Option<Written> {
    let tokens = &scan.tokens;
    let first = tokens.get(at)?;
    let glued_digits = |index: usize| {
        tokens.get(index).filter(|token| token.kind == Kind::Digits && token.is_glued())
    };
    if first.kind == Kind::Symbol && matches!(first.symbol, '.' | '٫') {
        let free = at == 0 || !first.is_glued() || tokens[at - 1].kind == Kind::Symbol;
        let digits = glued_digits(at + 1).filter(|_| free)?;
        return Some(Written {
            value: fraction(digits.number, digits.digits),
            end: at + 2,
            decimal: true,
            grouped: false,
        });
    }
    if first.kind != Kind::Digits {
        return None;
    }
    let mut written =
        Written { value: first.number as f64, end: at + 1, decimal: false, grouped: false };
    let separator = |index: usize| {
        tokens
            .get(index)
            .filter(|token| token.kind == Kind::Symbol && token.is_glued())
            .map(|token| token.symbol)
    };
    if first.digits <= 3 {
        while let (Some(',' | '٬' | '،' | '\u{2019}'), Some(group)) =
            (separator(written.end), glued_digits(written.end + 1))
        {
            if group.digits != 3 {
                break;
            }
            written.value = written.value * 1000.0 + group.number as f64;
            written.end += 2;
            written.grouped = true;
        }
        if !written.grouped {
            dots(&mut written, &separator, &glued_digits);
        }
    }
    let point = separator(written.end);
    let decimal_comma = !written.grouped && matches!(point, Some(',' | '،'));
    if (matches!(point, Some('.' | '٫')) || decimal_comma)
        && let Some(digits) = glued_digits(written.end + 1)
    {
        // "1.2.3" is a version, a date or a section, not a decimal number.
        let more = separator(written.end + 2) == point && glued_digits(written.end + 3).is_some();
        if !(more || decimal_comma && digits.digits == 3) {
            written.value += fraction(digits.number, digits.digits);
            written.end += 2;
            written.decimal = true;
        }
    }
    Some(written)
}

/// Reads "1.200.000", the European grouping, which needs two groups to be told from a decimal number.
fn dots<'t>(
    written: &mut Written,
    separator: &impl Fn(usize) -> Option<char>,
    digits: &impl Fn(usize) -> Option<&'t super::scan::Token>,
) {
    let group = |index: usize| {
        (separator(index) == Some('.'))
            .then(|| digits(index + 1))
            .flatten()
            .filter(|token| token.digits == 3)
    };
    if group(written.end).is_some() && group(written.end + 2).is_some() {
        while let Some(token) = group(written.end) {
            written.value = written.value * 1000.0 + token.number as f64;
            written.end += 2;
            written.grouped = true;
        }
    }
}

fn fraction(number: u64, digits: u8) -> f64 {
    // Parsing the digits keeps 0.1 the nearest number to one tenth, which dividing does too for up to 15 digits.
    number as f64 / 10f64.powi(i32::from(digits))
}
