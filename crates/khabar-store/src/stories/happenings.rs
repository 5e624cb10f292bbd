//! One occurrence counted once: which events of a story report the same happening.
//!
//! Two events of one type are held against each other by who takes part, when, where, how much and in what words; each
//! agreement and each contradiction has a weight, learnt from annotated stories (`khabar-lab gold stories`). Events that
//! probably report one happening are joined, the likeliest first, as long as the groups as wholes go together.

use std::collections::BTreeMap;

use khabar_record::Status;
use rusqlite::Connection;

use super::denials::{Denial, denials_of, groups_of};
use super::join::{LIKELY, Links, join};
use super::reports::{Match, Report, Side, Who, matches, reports};
use super::rivals::{contests, counts};
use crate::error::StoreErrorKind;
use crate::read::Loader;
use crate::search::Stemmer;

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// What is weighed when two reports are compared.
const FEATURES: usize = 36;

/// The weight of each feature in the order of [`features`]; a sum above 0 means that one happening is more likely than two.
const WEIGHTS: [f32; FEATURES] = [
    -0.68, 1.19, -3.15, -0.36, 1.34, -0.21, -1.79, 1.53, -0.19, -1.53, -0.85, 1.76, -1.60, 0.70,
    -0.31, 1.04, -0.88, 1.34, -0.71, 0.24, -0.27, -0.75, 0.46, 0.03, -1.59, -0.20, 0.21, -1.76,
    0.50, 0.26, -0.25, 0.35, 0.18, -0.22, -0.54, 0.92,
];

/// A smaller probability counts as none.
const NOTHING: f32 = 0.02;

/// At most so many of the reports before it, the latest, are compared with one: a story without end costs no more a day than
/// others.
const COMPARED: usize = 256;

/// Days that reports of one happening may lie apart when neither says when it was.
const APART: i64 = 30;

/// Finds the happenings of a story anew, and who contests them; `documents` come in the order of their days and keys.
pub(crate) fn renew(
    db: &Connection,
    loader: &mut Loader<'_>,
    stemmer: &mut Stemmer,
    documents: &[i64],
) -> Result<()> {
    let (mut all, mut denied, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    for &doc in documents {
        for table in ["_happening_reports", "_denials", "_rivals"] {
            db.prepare_cached(&format!("DELETE FROM {table} WHERE doc = ?1"))?.execute([doc])?;
        }
        let record = &loader.record(doc)?;
        all.extend(reports(doc, record, stemmer));
        denied.extend(denials_of(doc, record, stemmer));
        numbers.extend(counts(doc, record));
    }
    write_happenings(db, &all, &denied)?;
    let mut insert = db.prepare_cached(
        "INSERT INTO _rivals (doc, n, first_doc, first_n) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for group in contests(&numbers) {
        let first = &numbers[group[0]];
        for &number in &group {
            let number = &numbers[number];
            insert.execute([number.doc, number.n, first.doc, first.n])?;
        }
    }
    Ok(())
}

fn write_happenings(db: &Connection, reports: &[Report], denials: &[Denial]) -> Result<()> {
    let groups = merge(reports);
    let mut group_of: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    let mut insert = db.prepare_cached(
        "INSERT INTO _happening_reports (doc, n, first_doc, first_n) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (n, group) in groups.iter().enumerate() {
        let first = &reports[group[0]];
        for &report in group {
            let report = &reports[report];
            group_of.insert((report.doc, report.n), n);
            if group.len() > 1 {
                insert.execute([report.doc, report.n, first.doc, first.n])?;
            }
        }
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO _denials (doc, n, first_doc, first_n) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for denial in denials {
        for group in groups_of(denial, reports, &groups, &group_of) {
            let first = &reports[groups[group][0]];
            insert.execute([denial.doc, denial.n, first.doc, first.n])?;
        }
    }
    Ok(())
}

/// Groups of reports of one happening each: first those who say that it happened in their order, then those who deny it. What
/// nobody says is no happening, however often it is denied.
pub(crate) fn merge(reports: &[Report]) -> Vec<Vec<usize>> {
    let mut by_kind: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (n, report) in reports.iter().enumerate() {
        let (told, denied) = by_kind.entry(&report.kind).or_default();
        if report.side == Side::Told { told.push(n) } else { denied.push(n) }
    }
    let mut groups = Vec::new();
    for (told, denied) in by_kind.into_values() {
        let mut found = merge_kind(reports, &told);
        let joined: Vec<Option<usize>> =
            denied.iter().map(|&n| contradicted(n, reports, &found)).collect();
        for (n, group) in denied.into_iter().zip(joined) {
            if let Some(group) = group {
                found[group].push(n);
            }
        }
        groups.extend(found);
    }
    groups.sort();
    groups
}

/// The group that tells of what a report denies.
fn contradicted(denied: usize, reports: &[Report], groups: &[Vec<usize>]) -> Option<usize> {
    let mean = |group: &[usize]| {
        let all: Option<Vec<f32>> =
            group.iter().map(|&told| probability(&reports[told], &reports[denied])).collect();
        all.map(|all| all.iter().sum::<f32>() / all.len() as f32)
    };
    let likely = groups.iter().enumerate().filter_map(|(n, group)| Some((mean(group)?, n)));
    likely
        .filter(|(mean, _)| *mean >= LIKELY)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, n)| n)
}

fn merge_kind(reports: &[Report], numbers: &[usize]) -> Vec<Vec<usize>> {
    let mut links = Links::default();
    for (n, &one) in numbers.iter().enumerate() {
        for &other in &numbers[n.saturating_sub(COMPARED)..n] {
            if let Some(probability) = probability(&reports[other], &reports[one])
                && probability >= NOTHING
            {
                links.add(other, one, probability);
            }
        }
    }
    join(numbers, links)
}

/// How likely two reports tell of one happening; none when they cannot.
fn probability(one: &Report, other: &Report) -> Option<f32> {
    if let (Some(a), Some(b)) = (one.published, other.published)
        && (a - b).abs() > APART
    {
        // Only the very same day brings together what was written so long after.
        let (a, b) = (one.days?, other.days?);
        if a.1 <= b.0 || b.1 <= a.0 {
            return None;
        }
    }
    let sum: f32 = features(one, other).iter().zip(WEIGHTS).map(|(x, weight)| x * weight).sum();
    Some(1.0 / (1.0 + (-sum).exp()))
}

/// The agreements and contradictions of two reports.
fn features(one: &Report, other: &Report) -> [f32; FEATURES] {
    let yes = |is: bool| f32::from(u8::from(is));
    let same_document = one.doc == other.doc;
    let same_language = one.arabic == other.arabic;
    let best = |a: &[Who], b: &[Who]| matches(a, b, same_document);
    let actors = best(&one.actors, &other.actors);
    let recipients = best(&one.recipients, &other.recipients);
    let anyone = actors
        .max(recipients)
        .max(best(&one.actors, &other.recipients))
        .max(best(&one.recipients, &other.actors));
    let (actors, recipients, anyone) = (
        actors.unwrap_or(Match::Unknown),
        recipients.unwrap_or(Match::Unknown),
        anyone.unwrap_or(Match::Unknown),
    );
    let place = match (&one.place, &other.place) {
        (Some(a), Some(b)) => {
            best(std::slice::from_ref(a), std::slice::from_ref(b)).unwrap_or(Match::Unknown)
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
    let trigger = one.trigger.common(&other.trigger) > 0;
    let common = one.words.common(&other.words) as f32;
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
        yes((one.side == Side::Contrary) != (other.side == Side::Contrary)),
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
