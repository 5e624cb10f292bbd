//! Texts that hold nothing but an amount, as cells of tables do.

use khabar_record::{Amount, Bound, TextSize, Time, TimeKind};

use crate::numerals::{Class, Gap, Kind, Scan};

/// Whether a text is a cell: short, of one paragraph, and every word of it one that belongs to amounts.
pub(super) fn is_cell(scan: &Scan<'_>, times: &[Time]) -> bool {
    let timed = |at: u32| {
        times
            .iter()
            .any(|time| time.kind == TimeKind::Duration && time.span.contains(TextSize::new(at)))
    };
    !scan.tokens.is_empty()
        && scan.tokens.len() <= 14
        && scan.tokens.iter().skip(1).all(|token| token.gap < Gap::Paragraph)
        && scan.tokens.iter().all(|token| {
            token.kind != Kind::Word
                || !token.classes.is_empty()
                || token.clitic
                || timed(token.start)
        })
        && !scan.tokens.iter().any(|token| token.classes.has(Class::Fate))
}

/// Turns lengths of time into amounts, in the smallest unit that they name.
pub(super) fn durations(times: &[Time]) -> Vec<Amount> {
    times
        .iter()
        .filter(|time| time.kind == TimeKind::Duration)
        .filter_map(|time| {
            let (value, unit) = length(&time.value)?;
            Some(Amount {
                span: time.span,
                kind: "duration".to_owned(),
                value,
                high: None,
                unit: Some(unit.to_owned()),
                bound: Bound::Exactly,
                of: None,
            })
        })
        .collect()
}

/// Reads an ISO 8601 length as a number of its smallest unit (UCUM).
fn length(text: &str) -> Option<(f64, &'static str)> {
    let mut parts: Vec<(f64, &'static str, f64)> = Vec::new();
    let (mut number, mut clock) = (String::new(), false);
    for c in text.strip_prefix('P')?.chars() {
        match c {
            'T' => clock = true,
            '0'..='9' | '.' => number.push(c),
            _ => {
                let (unit, seconds) = match (c, clock) {
                    ('Y', false) => ("a", 31_536_000.0),
                    ('M', false) => ("mo", 2_628_000.0),
                    ('W', false) => ("wk", 604_800.0),
                    ('D', false) => ("d", 86_400.0),
                    ('H', true) => ("h", 3600.0),
                    ('M', true) => ("min", 60.0),
                    ('S', true) => ("s", 1.0),
                    ('Q', false) => return Some((number.parse().ok()?, "quarter")),
                    _ => return None,
                };
                parts.push((number.parse().ok()?, unit, seconds));
                number.clear();
            }
        }
    }
    let &(_, unit, size) = parts.last()?;
    // Months and years are twelve to one, however long they are.
    let ratio = |seconds: f64| (seconds / size * 1e6).round() / 1e6;
    let value = parts.iter().map(|(number, _, seconds)| number * ratio(*seconds)).sum();
    Some((value, unit))
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn lengths_are_told_in_their_smallest_unit() {
        assert_eq!(length("P2Y3M"), Some((27.0, "mo")));
        assert_eq!(length("PT1H30M"), Some((90.0, "min")));
        assert_eq!(length("P30D"), Some((30.0, "d")));
        assert_eq!(length("PXD"), None);
    }
}
