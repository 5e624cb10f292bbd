//! Sums of money: which currency stands beside a number.

use super::tables::{OWN_NAME, Tables};
use crate::numerals::{Class, Gap, Kind, Language, Scan};

/// A currency beside a number.
pub(super) struct Money {
    /// ISO 4217; unknown when the name is one that several countries share.
    pub(super) code: Option<String>,
    /// The token behind it, or its first token when it stands before the number.
    pub(super) at: usize,
    /// What the number is multiplied with (a toman is ten rials, a cent the hundredth of a dollar).
    pub(super) times: f64,
}

/// The currency of a name that several countries share, with the adjective beside it; without one, that of the country
/// that the text speaks of most.
pub(super) fn code(
    scan: &Scan<'_>,
    tables: &Tables,
    name: usize,
    adjective: Option<usize>,
) -> Option<String> {
    tables.currency(name, adjective).or_else(|| {
        let told = scan
            .tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.classes.has(Class::CurrencyOf))
            .filter_map(|(index, _)| scan.value(index, Class::CurrencyOf));
        tables.most_told(name, told.map(|adjective| adjective as usize))
    })
}

/// A code with the factor that a unit without a code of its own needs.
fn settled(code: Option<String>) -> (Option<String>, f64) {
    match code.as_deref() {
        Some("IRR10") => (Some("IRR".to_owned()), 10.0),
        _ => (code, 1.0),
    }
}

/// Reads a currency that stands before the number at `at`.
pub(super) fn before(scan: &Scan<'_>, tables: &Tables, at: usize) -> Option<Money> {
    let last = at.checked_sub(1)?;
    let token = &scan.tokens[last];
    if scan.tokens[at].gap == Gap::Paragraph {
        return None;
    }
    if token.kind == Kind::Symbol {
        let end = token.end as usize;
        let head = &scan.text[..end];
        let (sign, code) = tables.signs.iter().find(|(sign, _)| {
            head.ends_with(sign.as_str())
                && !head[..end - sign.len()].ends_with(|c: char| c.is_ascii_alphanumeric())
        })?;
        let start = end - sign.len();
        let first = (0..=last).rev().find(|&index| scan.tokens[index].start as usize <= start)?;
        return Some(Money { code: Some(code.clone()), at: first, times: 1.0 });
    }
    if !token.classes.has(Class::Currency) || scan.tokens[at].kind == Kind::Word {
        return None;
    }
    // Codes and short names stand before digits (USD 3, RM42, ringgit 42); long names only as a whole phrase.
    let name = scan.value(last, Class::Currency)? as usize;
    let adjective = last.checked_sub(1).and_then(|index| scan.value(index, Class::CurrencyOf));
    let start = last - usize::from(adjective.is_some());
    let (code, times) = settled(code(scan, tables, name, adjective.map(|place| place as usize)));
    Some(Money { code, at: start, times })
}

/// Reads a currency that stands behind a number.
pub(super) fn behind(scan: &Scan<'_>, tables: &Tables, at: usize) -> Option<Money> {
    let token = scan.tokens.get(at).filter(|token| token.gap < Gap::Paragraph)?;
    if token.kind == Kind::Symbol {
        let start = token.start as usize;
        let (sign, code) =
            tables.signs.iter().find(|(sign, _)| scan.text[start..].starts_with(sign.as_str()))?;
        // A sign before a number of its own belongs to that one ("$10-$20").
        let end = (at..scan.tokens.len())
            .find(|&index| scan.tokens[index].end as usize >= start + sign.len())?
            + 1;
        let own = scan
            .tokens
            .get(end)
            .is_some_and(|next| next.kind == Kind::Digits && next.is_glued() && !token.is_glued());
        return (!own).then(|| Money { code: Some(code.clone()), at: end, times: 1.0 });
    }
    if scan.lexicon.language == Language::English {
        english(scan, tables, at)
    } else {
        arabic(scan, tables, at)
    }
}

fn english(scan: &Scan<'_>, tables: &Tables, at: usize) -> Option<Money> {
    // "US$" behind the number
    if let Some((sign, code)) = tables.signs.iter().find(|(sign, _)| {
        sign.len() > 1 && scan.text[scan.tokens[at].start as usize..].starts_with(sign.as_str())
    }) {
        let behind = scan.tokens[at].start as usize + sign.len();
        let end =
            (at..scan.tokens.len()).find(|&index| scan.tokens[index].end as usize >= behind)? + 1;
        return Some(Money { code: Some(code.clone()), at: end, times: 1.0 });
    }
    let adjective = scan.value(at, Class::CurrencyOf).map(|place| place as usize);
    let place = at + usize::from(adjective.is_some());
    let name = scan.value(place, Class::Currency)? as usize;
    let adjective = adjective.filter(|&adjective| tables.fits(name, adjective));
    if place > at && adjective.is_none() {
        return None;
    }
    let mut end = place + 1;
    // "3 pounds sterling"
    let behind = scan.value(end, Class::CurrencyOf).map(|place| place as usize).filter(|&behind| {
        adjective.is_none() && tables.fits(name, behind) && !scan.tokens[end].is_capital()
    });
    end += usize::from(behind.is_some());
    let (code, times) = settled(code(scan, tables, name, adjective.or(behind)));
    Some(Money { code, at: end, times })
}

fn arabic(scan: &Scan<'_>, tables: &Tables, at: usize) -> Option<Money> {
    let name = scan.value(at, Class::Currency)? as usize;
    let (end, adjective) = adjective_behind(scan, tables, name, at + 1);
    let (code, times) = settled(code(scan, tables, name, adjective));
    Some(Money { code, at: end, times })
}

/// Reads the adjective of a country behind an Arabic name of a currency.
pub(super) fn adjective_behind(
    scan: &Scan<'_>,
    tables: &Tables,
    name: usize,
    at: usize,
) -> (usize, Option<usize>) {
    let adjective = scan
        .value(at, Class::CurrencyOf)
        .map(|place| place as usize)
        .filter(|&adjective| name < OWN_NAME && tables.fits(name, adjective));
    (at + usize::from(adjective.is_some()), adjective)
}

/// Reads a hundredth of a currency behind a number (cents, قروش), in the currency itself.
pub(super) fn subunit(
    scan: &Scan<'_>,
    tables: &Tables,
    at: usize,
    main: Option<&str>,
) -> Option<Money> {
    let token = scan.tokens.get(at).filter(|token| token.gap < Gap::Paragraph)?;
    let short = token.is('¢') || main.is_some() && matches!(scan.quote(at), "c" | "C" | "p");
    let kind = scan.value(at, Class::Subunit).map(|kind| kind as usize);
    if !short && kind.is_none() {
        return None;
    }
    let unit = match (main, kind) {
        (Some(main), _) => Some(main.to_owned()),
        (None, Some(kind)) => code(scan, tables, kind, None),
        (None, None) => Some("USD".to_owned()),
    };
    Some(Money { code: unit, at: at + 1, times: 0.01 })
}
