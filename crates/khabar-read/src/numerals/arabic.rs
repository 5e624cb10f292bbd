//! Arabic numerals below a thousand, and ordinals.
//!
//! Case and gender live in the word lists, which hold every form (ثلاث, ثلاثة; عشرون, عشرين; مئتا, مئتي). The order is
//! hundreds, units, tens, each joined with و; the teens are two words without it.

use super::number::Group;
use super::scan::{Gap, Scan};
use super::senses::Class;

fn near(scan: &Scan<'_>, at: usize) -> bool {
    scan.tokens.get(at).is_some_and(|token| token.gap < Gap::Paragraph)
}

/// Reads "سبع", "ثلاثة عشر", "خمسة وعشرون", "ثلاثمئة وخمسين", "صفر".
pub(super) fn group(scan: &Scan<'_>, at: usize) -> Group {
    if scan.has(at, Class::Zero) {
        return Some((0.0, at + 1));
    }
    let Some((hundreds, end)) = hundreds(scan, at) else {
        return below_hundred(scan, at);
    };
    // Colloquial speech drops the و behind hundreds (خمسمية خمسة وعشرين).
    let next = end + usize::from(scan.has(end, Class::And));
    match below_hundred(scan, next).filter(|_| near(scan, next)) {
        Some((rest, behind)) => Some((hundreds + rest, behind)),
        None => Some((hundreds, end)),
    }
}

fn hundreds(scan: &Scan<'_>, at: usize) -> Group {
    if let Some(value) = scan.value(at, Class::Hundreds) {
        return Some((value, at + 1));
    }
    if scan.has(at, Class::Hundred) {
        return Some((100.0, at + 1));
    }
    let digit = scan.value(at, Class::Digit)?;
    (digit > 2.0 && scan.has(at + 1, Class::Hundred) && near(scan, at + 1))
        .then_some((digit * 100.0, at + 2))
}

fn below_hundred(scan: &Scan<'_>, at: usize) -> Group {
    if let Some(value) = scan.value(at, Class::Teen).or_else(|| scan.value(at, Class::Tens)) {
        return Some((value, at + 1));
    }
    let digit = scan.value(at, Class::Digit)?;
    if scan.has(at + 1, Class::TeenTail) && near(scan, at + 1) {
        return Some((digit + 10.0, at + 2));
    }
    if scan.has(at + 1, Class::And)
        && let Some(tens) = scan.value(at + 2, Class::Tens).filter(|_| near(scan, at + 2))
    {
        return Some((digit + tens, at + 3));
    }
    Some((digit, at + 1))
}

/// Reads "الثالث", "الثالثة عشرة", "الخامس والعشرين", "العشرون".
pub(super) fn ordinal(scan: &Scan<'_>, at: usize) -> Group {
    let Some(rank) = scan.value(at, Class::Ordinal) else {
        // The tens have no ordinal of their own: with the article they are both.
        let tens = scan.value(at, Class::Tens)?;
        return scan.tokens[at].is_definite().then_some((tens, at + 1));
    };
    if rank < 10.0 && near(scan, at + 1) {
        if scan.has(at + 1, Class::TeenTail) {
            return Some((rank + 10.0, at + 2));
        }
        if scan.has(at + 1, Class::And) && near(scan, at + 2) {
            let tens =
                scan.value(at + 2, Class::Tens).filter(|_| scan.tokens[at + 2].is_definite());
            if let Some(tens) = tens {
                return Some((rank + tens, at + 3));
            }
        }
    }
    Some((rank, at + 1))
}
