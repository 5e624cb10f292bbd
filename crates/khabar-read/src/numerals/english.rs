//! English numerals below a thousand, and ordinals.

use super::number::Group;
use super::scan::{Gap, Scan};
use super::senses::Class;

fn near(scan: &Scan<'_>, at: usize) -> bool {
    scan.tokens.get(at).is_some_and(|token| token.gap < Gap::Paragraph)
}

/// Reads "seven", "thirty-one", "two hundred and four", "a hundred", "zero".
pub(super) fn group(scan: &Scan<'_>, at: usize) -> Group {
    if scan.has(at, Class::Zero) {
        return Some((0.0, at + 1));
    }
    let (value, end) =
        if scan.has(at, Class::Article) { (1.0, at + 1) } else { below_hundred(scan, at)? };
    if !(near(scan, end) && scan.has(end, Class::Hundred)) {
        return (!scan.has(at, Class::Article)).then_some((value, end));
    }
    let (value, end) = (value * 100.0, end + 1);
    let next = end + usize::from(scan.has(end, Class::And));
    match below_hundred(scan, next).filter(|_| near(scan, next)) {
        Some((rest, behind)) => Some((value + rest, behind)),
        None => Some((value, end)),
    }
}

fn below_hundred(scan: &Scan<'_>, at: usize) -> Group {
    if let Some(value) = scan.value(at, Class::Digit).or_else(|| scan.value(at, Class::Teen)) {
        return Some((value, at + 1));
    }
    let tens = scan.value(at, Class::Tens)?;
    match scan.value(at + 1, Class::Digit).filter(|_| near(scan, at + 1)) {
        Some(digit) => Some((tens + digit, at + 2)),
        None => Some((tens, at + 1)),
    }
}

/// Reads "third", "twenty-fifth", "two hundredth".
pub(super) fn ordinal(scan: &Scan<'_>, at: usize) -> Group {
    if let Some(rank) = scan.value(at, Class::Ordinal) {
        return Some((rank, at + 1));
    }
    let tens = scan.value(at, Class::Tens)?;
    let dash = usize::from(scan.symbol(at + 1, '—') || scan.symbol(at + 1, '-'));
    let rank = scan.value(at + 1 + dash, Class::Ordinal)?;
    (rank < 10.0 && near(scan, at + 1 + dash)).then_some((tens + rank, at + 2 + dash))
}
