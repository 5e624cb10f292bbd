//! Which words of a text tell a time: the longest expressions of the rules, without the ages and names that look like them,
//! and with the days that a date shares its month with.

use super::expr::{Expr, Fields};
use super::matcher::{Found, Matcher};
use super::units::Granularity;
use crate::numerals::{Class, Gap, Kind, Language, Scan};

/// Finds the longest expressions from left to right.
pub(super) fn all(matcher: &Matcher<'_, '_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < matcher.scan.tokens.len() {
        match matcher.top(at) {
            Some(next) if is_age(matcher.scan, &next) || is_name(matcher.scan, &next) => {
                at = next.end.max(at + 1);
            }
            Some(mut next) if next.end > at => {
                // Words taken from before the start may belong to the time before.
                if let Some(last) = found.last() {
                    next.start = next.start.max(last.end);
                }
                at = next.end;
                found.extend(day_before(matcher.scan, found.last(), &next));
                found.push(next);
                at = join_days(matcher.scan, &mut found, at);
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether a length of time is the age of a person as Arabic tells it ("(44 عاما)", "عمره 61 سنة"), which is an amount.
fn is_age(scan: &Scan<'_>, found: &Found) -> bool {
    let Expr::Length(length) = &*found.expr else {
        return false;
    };
    let years = matches!(length.0.as_slice(), [(_, unit)] if unit.of == Granularity::Year);
    if !years || scan.lexicon.language != Language::Arabic || found.start == 0 {
        return false;
    }
    let behind = |signs: &[char]| signs.iter().any(|&sign| scan.symbol(found.end, sign));
    let before = |signs: &[char]| signs.iter().any(|&sign| scan.symbol(found.start - 1, sign));
    // In apposition to a name the length stands between two signs of the same kind.
    let aside = before(&['(']) && behind(&[')'])
        || before(&['«']) && behind(&['»'])
        || before(&[',', '،']) && behind(&[',', '،']);
    let named =
        (found.start.saturating_sub(2)..found.start).any(|index| scan.has(index, Class::Old));
    aside || named
}

/// Whether a date is a name, as Arabic names movements, squares and bridges ("قوى 14 آذار").
fn is_name(scan: &Scan<'_>, found: &Found) -> bool {
    let Expr::Fields(fields) = &*found.expr else {
        return false;
    };
    let date = fields.day.is_some() && fields.month.is_some() && fields.year.is_none();
    date && scan.lexicon.language == Language::Arabic
        && found.start > 0
        && scan.tokens[found.start].gap < Gap::Paragraph
        && scan.has(found.start - 1, Class::Label)
}

/// Reads the day before "and" that the date behind it completes ("on 3 and 4 March").
fn day_before(scan: &Scan<'_>, last: Option<&Found>, next: &Found) -> Option<Found> {
    let Expr::Fields(fields) = &*next.expr else {
        return None;
    };
    let at = next.start.checked_sub(2)?;
    let (first, day) = (&scan.tokens[at], &scan.tokens[next.start]);
    let named = fields.month.is_some()
        && fields.weekday.is_none()
        && day.kind == Kind::Digits
        && fields.day.is_some_and(|own| day.number == u64::from(own.unsigned_abs()));
    let number = i8::try_from(first.number).ok().filter(|&number| {
        first.kind == Kind::Digits && number >= 1 && fields.day.is_some_and(|own| number < own)
    })?;
    // A number that belongs to other words ("killed 3 and 4 March") does not stand behind a preposition.
    let free = last.is_none_or(|last| last.end <= at);
    let led = at > 0 && (scan.has(at - 1, Class::Preposition) || scan.starts_sentence(at - 1));
    (named && free && led && scan.has(at + 1, Class::And)).then(|| {
        let expr = Expr::Fields(Fields { day: Some(number), ..fields.clone() });
        Found::new(next.rule, expr, at, at + 1)
    })
}

/// Reads the further days of a date that names several ("August 20 and 21"); returns the token to go on with.
fn join_days(scan: &Scan<'_>, found: &mut Vec<Found>, mut at: usize) -> usize {
    while let Some(last) = found.last() {
        let Expr::Fields(fields) = &*last.expr else { break };
        // The day stands last in the words of the date, or the number behind is none of its month.
        let by_day = fields.month.is_some()
            && fields.weekday.is_none()
            && fields.year.is_none()
            && fields.day.is_some_and(|day| {
                let token = &scan.tokens[at - 1];
                token.kind == Kind::Digits && token.number == u64::from(day.unsigned_abs())
            });
        let next = at + 1;
        let Some(token) = scan.tokens.get(next).filter(|_| by_day && scan.has(at, Class::And))
        else {
            break;
        };
        let alone = scan.tokens.get(next + 1).is_none_or(|behind| {
            behind.gap == Gap::Paragraph
                || behind.kind == Kind::Symbol && !behind.is('%') && !behind.is_glued()
                || matches!(behind.symbol, ',' | '.' | '،' | ';' | ')')
                    && scan.tokens.get(next + 2).is_none_or(|after| !after.is_glued())
                || behind.classes.has(Class::Function)
                || behind.classes.has(Class::Preposition)
        });
        let day = i8::try_from(token.number).ok().filter(|day| (1..=31).contains(day));
        let later = day.filter(|&day| {
            token.kind == Kind::Digits && alone && fields.day.is_some_and(|first| first < day)
        });
        let Some(day) = later else { break };
        let expr = Expr::Fields(Fields { day: Some(day), ..fields.clone() });
        let rule = last.rule;
        found.push(Found::new(rule, expr, next, next + 1));
        at = next + 1;
    }
    at
}

/// Whether a text holds nothing but times and the small words between them.
pub(super) fn is_diary(scan: &Scan<'_>, found: &[Found]) -> bool {
    if found.is_empty() || scan.tokens.len() > 40 {
        return false;
    }
    let covered =
        |index: usize| found.iter().any(|found| (found.start..found.end).contains(&index));
    scan.tokens.iter().enumerate().all(|(index, token)| {
        token.kind == Kind::Symbol
            || covered(index)
            || token.clitic
            || token.classes.has(Class::Function)
            || token.classes.has(Class::Preposition)
            || token.classes.has(Class::And)
            || token.classes.has(Class::About)
    })
}
