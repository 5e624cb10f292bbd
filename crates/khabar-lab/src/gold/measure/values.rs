//! Times and amounts: where they stand and what they are worth.

use khabar_record::{Amount, TextRange, Time};

use super::{Candidate, Pair, attribute, pair_up, unpaired};
use crate::gold::figure::{Key, Sheet};

/// Pairs spans that share a word, those with the most in common first.
fn overlapping(pair: &Pair<'_>, gold: &[TextRange], found: &[TextRange]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (f, b) in found.iter().enumerate() {
            let (a, b) = (pair.words.touched(*a), pair.words.touched(*b));
            let quality = a.end.min(b.end).saturating_sub(a.start.max(b.start));
            if quality > 0 {
                candidates.push(Candidate { quality: (quality, a == b), gold: g, found: f });
            }
        }
    }
    pair_up(candidates)
}

/// Counts times; returns their pairs, for those who point at times.
pub(super) fn times(pair: &Pair<'_>, sheet: &mut Sheet) -> Vec<(usize, usize)> {
    let (gold, found) = (&pair.gold().times, &pair.found.times);
    let spans = |times: &[Time]| times.iter().map(|time| time.span).collect::<Vec<_>>();
    let pairs = overlapping(pair, &spans(gold), &spans(found));
    let right = |test: &dyn Fn(&Time, &Time) -> bool| {
        pairs.iter().filter(|&&(g, f)| test(&gold[g], &found[f])).count()
    };
    let exact = |a: &Time, b: &Time| pair.words.phrase(a.span) == pair.words.phrase(b.span);
    sheet.f1(Key::TimeExtent, pairs.len(), found.len(), gold.len());
    sheet.f1(Key::TimeExact, right(&exact), found.len(), gold.len());
    sheet.f1(Key::TimeValue, right(&|a, b| a.value == b.value), found.len(), gold.len());
    let show = |time: &Time| format!("{} = {}", pair.quote(time.span), time.value);
    for n in unpaired(gold.len(), pairs.iter().map(|both| both.0)) {
        sheet.differ(
            Key::TimeExtent,
            gold[n].span.start().to_u32(),
            format!("- {}", show(&gold[n])),
        );
    }
    for n in unpaired(found.len(), pairs.iter().map(|both| both.1)) {
        sheet.differ(
            Key::TimeExtent,
            found[n].span.start().to_u32(),
            format!("+ {}", show(&found[n])),
        );
    }
    for &(g, f) in &pairs {
        let (gold, found) = (&gold[g], &found[f]);
        sheet.share(Key::TimeKind, gold.kind == found.kind);
        if gold.value != found.value || gold.kind != found.kind {
            let text =
                format!("≠ {:?} {} → {:?} {}", gold.kind, show(gold), found.kind, show(found));
            sheet.differ(Key::TimeValue, gold.span.start().to_u32(), text);
        }
    }
    pairs
}

/// Counts amounts.
pub(super) fn amounts(pair: &Pair<'_>, sheet: &mut Sheet) {
    let (gold, found) = (&pair.gold().amounts, &pair.found.amounts);
    let spans = |amounts: &[Amount]| amounts.iter().map(|amount| amount.span).collect::<Vec<_>>();
    let pairs = overlapping(pair, &spans(gold), &spans(found));
    let right = |test: &dyn Fn(&Amount, &Amount) -> bool| {
        pairs.iter().filter(|&&(g, f)| test(&gold[g], &found[f])).count()
    };
    sheet.f1(Key::AmountExtent, pairs.len(), found.len(), gold.len());
    sheet.f1(Key::AmountValue, right(&same_value), found.len(), gold.len());
    sheet.f1(
        Key::AmountUnit,
        right(&|a, b| same_value(a, b) && a.unit == b.unit),
        found.len(),
        gold.len(),
    );
    for n in unpaired(gold.len(), pairs.iter().map(|both| both.0)) {
        sheet.differ(
            Key::AmountExtent,
            gold[n].span.start().to_u32(),
            format!("- {} {}", pair.quote(gold[n].span), worth(&gold[n])),
        );
    }
    for n in unpaired(found.len(), pairs.iter().map(|both| both.1)) {
        sheet.differ(
            Key::AmountExtent,
            found[n].span.start().to_u32(),
            format!("+ {} {}", pair.quote(found[n].span), worth(&found[n])),
        );
    }
    for &(g, f) in &pairs {
        let (gold, found) = (&gold[g], &found[f]);
        let told = || (pair.quote(gold.span), worth(gold), worth(found));
        attribute(sheet, Key::AmountBound, gold.bound == found.bound, gold.span, told);
        if gold.bound == found.bound && (!same_value(gold, found) || gold.unit != found.unit) {
            let text = format!("≠ {}: {} → {}", pair.quote(gold.span), worth(gold), worth(found));
            sheet.differ(Key::AmountValue, gold.span.start().to_u32(), text);
        }
    }
}

/// Whether two amounts are worth the same. What is counted has many names; units of measure and currencies have one.
fn same_value(a: &Amount, b: &Amount) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(1.0);
    a.kind == b.kind && near(a.value, b.value) && (a.kind == "count" || a.unit == b.unit)
}

fn worth(amount: &Amount) -> String {
    let unit = amount.unit.as_deref().unwrap_or("-");
    format!("({} {} {unit}, {:?})", amount.kind, amount.value, amount.bound)
}
