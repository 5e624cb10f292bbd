//! Numbers that are no amounts.

use crate::numerals::{Class, Gap, Kind, Language, Numbers, Scan, Token};

fn digits(token: &Token) -> bool {
    token.kind == Kind::Digits
}

/// Whether a number at a token belongs to a name, a label, a telephone number, an address or a list.
pub(super) fn names_something(scan: &Scan<'_>, at: usize) -> bool {
    let token = &scan.tokens[at];
    if at == 0 || token.gap == Gap::Paragraph {
        return false;
    }
    let before = &scan.tokens[at - 1];
    // "F-16", "G20", "COVID-19"
    if before.kind == Kind::Word && !before.clitic && token.gap <= Gap::Hyphen && digits(token) {
        return !before.classes.has(Class::Currency);
    }
    if before.classes.has(Class::Label) {
        // "under" and the like bound an amount as well as they label.
        return !before.classes.has(Class::Under) && !before.classes.has(Class::Over);
    }
    if before.is('#')
        || before.is('@')
        || before.is('_')
        || before.is('+') && before.gap >= Gap::Space
    {
        return true;
    }
    // "Article (5)", "No. 5"
    let two_before = at.checked_sub(2).map(|index| &scan.tokens[index]);
    (before.is('(') || before.is('.'))
        && two_before.is_some_and(|two| two.classes.has(Class::Label))
}

/// Whether digits stand right behind a name ("Orion 1980", "Channel 4").
pub(super) fn after_name(scan: &Scan<'_>, at: usize) -> bool {
    // "Channel 4", "World War Two"
    let number = scan.tokens.get(at).filter(|token| digits(token) || token.is_capital());
    if at == 0 || scan.lexicon.language != Language::English || number.is_none() {
        return false;
    }
    let before = &scan.tokens[at - 1];
    before.kind == Kind::Word
        && before.is_capital()
        && before.classes.is_empty()
        && scan.tokens[at].gap == Gap::Space
        && !scan.starts_sentence(at - 1)
}

/// Whether the number from `at` to `end` is one of a row of numbers set apart by hyphens, dots or slashes: a telephone
/// number, a result, a date, a version.
pub(super) fn in_a_row(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let joined = |sign: usize, other: usize| {
        let (Some(sign), Some(other)) = (scan.tokens.get(sign), scan.tokens.get(other)) else {
            return false;
        };
        sign.kind == Kind::Symbol
            && matches!(sign.symbol, '-' | '–' | ':' | '/' | '.')
            && digits(other)
    };
    let glued = |index: usize| scan.tokens.get(index).is_some_and(Token::is_glued);
    let behind = joined(end, end + 1) && glued(end) && glued(end + 1);
    let before = at >= 2 && joined(at - 1, at - 2) && glued(at) && glued(at - 1);
    behind || before
}

/// Whether a bare number is the age behind a person ("Osei, 51, said", "The clerk, 51, was").
pub(super) fn age_in_apposition(scan: &Scan<'_>, at: usize, end: usize, value: f64) -> bool {
    let comma = |index: usize| scan.symbol(index, ',') || scan.symbol(index, '،');
    if !(1.0..=120.0).contains(&value) || value.fract() != 0.0 || at < 2 || !comma(at - 1) {
        return false;
    }
    let person = &scan.tokens[at - 2];
    if person.kind != Kind::Word || !digits(&scan.tokens[at]) {
        return false;
    }
    let behind = scan.tokens.get(end);
    let closed = comma(end)
        || behind.is_none_or(|next| next.kind == Kind::Symbol || next.gap == Gap::Paragraph);
    if person.is_capital() {
        closed || behind.is_some_and(|next| next.classes.has(Class::Function))
    } else {
        comma(end) && value >= 10.0 && person.classes.is_empty()
    }
}

/// Whether a bare number may be a year.
pub(super) fn like_a_year(value: f64, plain: bool) -> bool {
    plain && (1800.0..2100.0).contains(&value)
}

/// Whether the number from `at` to `end` is half of a ratio ("four in ten", "واحد من كل خمسة").
pub(super) fn ratio(scan: &Scan<'_>, numbers: &Numbers<'_, '_>, at: usize, end: usize) -> bool {
    let between = |index: usize| match scan.lexicon.language {
        Language::English => (scan.quote(index) == "in").then_some(index + 1),
        Language::Arabic => {
            (scan.quote(index) == "من" && scan.quote(index + 1) == "كل").then_some(index + 2)
        }
    };
    let Some(own) = numbers.cardinal(at) else {
        return false;
    };
    // Years and lengths of time behind "in" tell when.
    let behind = between(end).and_then(|next| numbers.cardinal(next)).is_some_and(|whole| {
        own.value < whole.value && whole.value <= 1000.0 && !scan.has(whole.end, Class::Unit)
    });
    let words = if scan.lexicon.language == Language::English { 1 } else { 2 };
    let before = at > words
        && between(at - words) == Some(at)
        && own.value <= 1000.0
        && (at.saturating_sub(words + 3)..at - words).any(|start| {
            numbers
                .cardinal(start)
                .is_some_and(|part| part.end == at - words && part.value < own.value)
        });
    behind || before
}

/// Whether the number numbers an item of a list ("1. …", "2) …").
pub(super) fn list_mark(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let token = &scan.tokens[at];
    let starts = at == 0
        || token.gap == Gap::Paragraph
        || scan.text[..token.start as usize].trim_end_matches(' ').ends_with('\n');
    starts
        && scan.tokens.get(end).is_some_and(|next| {
            next.is_glued() && (next.is('.') || next.is(')') || next.is('-')) || next.is('ـ')
        })
}
