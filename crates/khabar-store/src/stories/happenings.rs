//! One occurrence counted once: which events of a story report the same happening.
//!
//! Two events of one type are held against each other by who takes part, when, where, how much and in what words; each
//! agreement and each contradiction has a weight, learnt from annotated stories (`khabar-lab gold stories`). Events that
//! probably report one happening are joined, the likeliest first, as long as the groups as wholes go together.

use std::collections::BTreeMap;

use khabar_record::Status;
use rusqlite::Connection;

use super::reports::{Match, Report, matches, reports};
use crate::error::StoreErrorKind;
use crate::read::Loader;

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// What is weighed when two reports are compared.
const FEATURES: usize = 36;

/// The weight of each feature in the order of [`features`]; a sum above 0 means that one happening is more likely than two.
const WEIGHTS: [f32; FEATURES] = [
    -0.68, 1.19, -3.15, -0.36, 1.34, -0.21, -1.79, 1.53, -0.19, -1.53, -0.85, 1.76, -1.60, 0.70,
    -0.31, 1.04, -0.88, 1.34, -0.71, 0.24, -0.27, -0.75, 0.46, 0.03, -1.59, -0.20, 0.21, -1.76,
    0.50, 0.26, -0.25, 0.35, 0.18, -0.22, -0.54, 0.92,
];

/// The probability from which on two reports are taken for one happening.
const LIKELY: f32 = 0.5;

/// Days that reports of one happening may lie apart when neither says when it was.
const APART: i64 = 30;

/// Finds the happenings of a story anew; `documents` come in the order of their days and keys.
pub(crate) fn renew(db: &Connection, loader: &mut Loader<'_>, documents: &[i64]) -> Result<()> {
    let mut all = Vec::new();
    for &doc in documents {
        db.prepare_cached("DELETE FROM _happening_reports WHERE doc = ?1")?.execute([doc])?;
        all.extend(reports(doc, &loader.document(doc)?.record));
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO _happening_reports (doc, n, first_doc, first_n) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for group in merge(&all) {
        let Some(&first) = group.first().filter(|_| group.len() > 1) else { continue };
        for &report in &group {
            let (report, first) = (&all[report], &all[first]);
            insert.execute([report.doc, report.n, first.doc, first.n])?;
        }
    }
    Ok(())
}

/// Groups of reports of one happening each, every group in the order of the reports.
pub(crate) fn merge(reports: &[Report]) -> Vec<Vec<usize>> {
    let mut by_kind: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, report) in reports.iter().enumerate() {
        by_kind.entry(&report.kind).or_default().push(n);
    }
    let mut groups = Vec::new();
    for numbers in by_kind.into_values() {
        groups.extend(merge_kind(reports, &numbers));
    }
    groups.sort();
    groups
}

fn merge_kind(reports: &[Report], numbers: &[usize]) -> Vec<Vec<usize>> {
    let mut links: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    for (n, &one) in numbers.iter().enumerate() {
        for &other in &numbers[..n] {
            if let Some(probability) = probability(&reports[other], &reports[one]) {
                links.insert((other, one), probability);
            }
        }
    }
    // The sum of the links between two groups, known by their first reports; what has no link counts as nothing.
    let mut groups: BTreeMap<usize, Vec<usize>> = numbers.iter().map(|&n| (n, vec![n])).collect();
    loop {
        let nearest = links
            .iter()
            .map(|(&(a, b), &sum)| (sum / (groups[&a].len() * groups[&b].len()) as f32, (a, b)))
            .filter(|&(mean, _)| mean >= LIKELY)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, (kept, gone))) = nearest else { break };
        links.remove(&(kept, gone));
        let moved: Vec<(usize, usize)> =
            links.keys().copied().filter(|pair| pair.0 == gone || pair.1 == gone).collect();
        for pair in moved {
            let sum = links.remove(&pair).unwrap_or(0.0);
            let other = if pair.0 == gone { pair.1 } else { pair.0 };
            *links.entry((kept.min(other), kept.max(other))).or_default() += sum;
        }
        let members = groups.remove(&gone).unwrap_or_default();
        let group = groups.entry(kept).or_default();
        group.extend(members);
        group.sort_unstable();
    }
    groups.into_values().collect()
}

/// How likely two reports tell of one happening; none when they cannot.
fn probability(one: &Report, other: &Report) -> Option<f32> {
    if let (None, None, Some(a), Some(b)) = (one.days, other.days, one.published, other.published)
        && (a - b).abs() > APART
    {
        return None;
    }
    // Two that say that nothing happened report nothing.
    if one.status == Status::Negated && other.status == Status::Negated && one.doc != other.doc {
        return None;
    }
    let sum: f32 = features(one, other).iter().zip(WEIGHTS).map(|(x, weight)| x * weight).sum();
    Some(1.0 / (1.0 + (-sum).exp()))
}

/// The agreements and contradictions of two reports.
fn features(one: &Report, other: &Report) -> [f32; FEATURES] {
    let yes = |is: bool| f32::from(u8::from(is));
    let same_document = one.doc == other.doc;
    let same_language = one.arabic == other.arabic;
    let actors = matches(&one.actors, &other.actors, same_document);
    let recipients = matches(&one.recipients, &other.recipients, same_document);
    let all = |report: &Report| [report.actors.clone(), report.recipients.clone()].concat();
    let anyone = matches(&all(one), &all(other), same_document);
    let place = match (&one.place, &other.place) {
        (Some(a), Some(b)) => {
            matches(std::slice::from_ref(a), std::slice::from_ref(b), same_document)
        }
        _ => Match::Unknown,
    };
    let (overlap, gap) = days(one, other);
    let both = one.days.is_some() && other.days.is_some();
    let equal = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(1.0);
    let amounts: Vec<bool> = one
        .amounts
        .iter()
        .filter_map(|(what, &value)| Some(equal(value, *other.amounts.get(what)?)))
        .collect();
    let modes = one.mode.is_some() && other.mode.is_some();
    let historical = [one, other].into_iter().filter(|it| it.status == Status::Historical).count();
    let negated = (one.status == Status::Negated) != (other.status == Status::Negated);
    let trigger = !one.trigger.is_disjoint(&other.trigger);
    let common = one.words.intersection(&other.words).count() as f32;
    let words = common / (one.words.len().min(other.words.len()).max(1)) as f32;
    let named = one.named.intersection(&other.named).count();
    let cameos = one.cameo.is_some() && other.cameo.is_some();
    let published = match (one.published, other.published) {
        (Some(a), Some(b)) => (a - b).abs(),
        _ => 0,
    };
    let sentences = one.sentence.abs_diff(other.sentence);
    [
        1.0,
        yes(modes && one.mode == other.mode),
        yes(modes && one.mode != other.mode),
        yes(one.mode.is_some() != other.mode.is_some()),
        yes(actors == Match::Same),
        yes(actors == Match::Akin),
        yes(actors == Match::Other),
        yes(recipients == Match::Same),
        yes(recipients == Match::Akin),
        yes(recipients == Match::Other),
        yes(anyone == Match::Same),
        yes(both && overlap),
        yes(both && gap > 1),
        yes(!both && gap == 0),
        yes(!both && gap > 2),
        yes(place == Match::Same),
        yes(place == Match::Other),
        yes(amounts.iter().any(|same| *same)),
        yes(amounts.iter().any(|same| !same)),
        yes(same_language && trigger),
        yes(same_language && !trigger),
        yes(same_document),
        yes(same_document && sentences <= 2),
        yes(!same_language),
        yes(historical == 1),
        yes(historical == 2),
        yes(!one.contexts.is_disjoint(&other.contexts)),
        yes(negated),
        if same_language { words } else { 0.0 },
        (named.min(4)) as f32,
        yes(!same_language && named >= 2),
        yes(one.carried != other.carried),
        yes(cameos && one.cameo == other.cameo),
        yes(cameos && one.cameo != other.cameo),
        published.min(7) as f32 / 7.0,
        yes(one.carried && other.carried),
    ]
}

/// Whether the days of two reports overlap, and how many days lie between them. A report that tells no day means one of those
/// before its publication.
fn days(one: &Report, other: &Report) -> (bool, i64) {
    let span = |report: &Report| {
        report.days.or_else(|| {
            let published = report.published?;
            let back = if report.status == Status::Historical { 3650 } else { 3 };
            Some((published - back, published + 1))
        })
    };
    match (span(one), span(other)) {
        (Some(a), Some(b)) => (a.0 < b.1 && b.0 < a.1, (b.0 - a.1 + 1).max(a.0 - b.1 + 1).max(0)),
        _ => (false, 0),
    }
}
