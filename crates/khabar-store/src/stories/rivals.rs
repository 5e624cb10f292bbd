//! Numbers that contradict each other: how many were killed according to whom.
//!
//! Two numbers of a story are rivals when they count the same thing, cannot both be right, and come from two voices. A toll that
//! has risen by the next day is no contradiction, nor are numbers that their sentences place elsewhere or on another day.

use std::collections::{BTreeMap, BTreeSet};

use khabar_record::{
    Amount, Bound, Entity, EntityId, EntityKind, Record, Statement, TextRange, TimeKind,
};

use super::marks::{Mark, identities};
use super::reports::days_of;
use crate::day;

/// A number in a document that others may contradict.
#[derive(Clone, Debug)]
pub(super) struct Count {
    pub(super) doc: i64,
    /// The number of the amount in its document.
    pub(super) n: i64,
    /// What became of those counted, and what they are.
    what: (String, Option<String>),
    /// The least and the largest number that it allows for.
    range: (f64, f64),
    voice: Voice,
    published: Option<i64>,
    places: BTreeSet<Mark>,
    days: Option<(i64, i64)>,
}

/// Who gives a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// A source that is known across documents.
    Known(Vec<Mark>),
    /// A source of one document.
    Local(i64, EntityId),
    /// The outlet itself, or a source without a name.
    Outlet(String),
}

/// By how much a number that is only about right may be off.
const ABOUT: f64 = 0.15;

/// The numbers of a record that count what became of somebody.
pub(super) fn counts(doc: i64, record: &Record) -> Vec<Count> {
    let entities: BTreeMap<EntityId, &Entity> =
        record.entities.iter().map(|entity| (entity.id, entity)).collect();
    (0_i64..)
        .zip(&record.amounts)
        .filter_map(|(n, amount)| {
            let what = (amount.of.clone()?, amount.unit.clone());
            let around = record.sentences.iter().find(|range| range.contains_range(amount.span));
            let around = around.copied().unwrap_or(amount.span);
            Some(Count {
                doc,
                n,
                what,
                range: range(amount),
                voice: voice(doc, record, amount.span, &entities),
                published: record.document.published.map(day::number),
                places: places(record, around, &entities),
                days: days(record, around),
            })
        })
        .collect()
}

fn range(amount: &Amount) -> (f64, f64) {
    let high = amount.high.unwrap_or(amount.value);
    match amount.bound {
        Bound::Exactly => (amount.value, high),
        Bound::Over => (amount.value, f64::INFINITY),
        Bound::Under => (0.0, high),
        Bound::About => (amount.value * (1.0 - ABOUT), high * (1.0 + ABOUT)),
    }
}

/// The innermost statement that holds a span.
pub(crate) fn statement_around(record: &Record, span: TextRange) -> Option<&Statement> {
    let length = |statement: &&Statement| {
        let holding = statement.content.iter().filter(|it| it.contains_range(span));
        holding.map(|it| it.end().to_u32() - it.start().to_u32()).min()
    };
    record
        .statements
        .iter()
        .filter(|statement| length(statement).is_some())
        .min_by_key(|statement| (length(statement), statement.id))
}

fn voice(
    doc: i64,
    record: &Record,
    span: TextRange,
    entities: &BTreeMap<EntityId, &Entity>,
) -> Voice {
    let source = statement_around(record, span)
        .and_then(|statement| statement.source.iter().find_map(|party| party.entity));
    if let Some(id) = source {
        let marks = entities.get(&id).map(|entity| identities(entity)).unwrap_or_default();
        return if marks.is_empty() { Voice::Local(doc, id) } else { Voice::Known(marks) };
    }
    Voice::Outlet(record.document.outlet.clone().unwrap_or_else(|| doc.to_string()))
}

/// The places that a sentence names, as far as they are known elsewhere.
fn places(
    record: &Record,
    around: TextRange,
    entities: &BTreeMap<EntityId, &Entity>,
) -> BTreeSet<Mark> {
    let inside = record.mentions.iter().filter(|mention| around.contains_range(mention.span));
    let named = inside.filter_map(|mention| entities.get(&mention.entity));
    named
        .filter(|entity| entity.kind == EntityKind::Place)
        .flat_map(|entity| identities(entity))
        .collect()
}

/// The days that a sentence names.
fn days(record: &Record, around: TextRange) -> Option<(i64, i64)> {
    let inside = record.times.iter().filter(|time| around.contains_range(time.span));
    let dated = inside.filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time));
    dated.filter_map(days_of).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

impl Count {
    fn contradicts(&self, other: &Self) -> bool {
        self.what == other.what
            && self.voice != other.voice
            && (self.range.1 < other.range.0 || other.range.1 < self.range.0)
            && !self.is_outgrown_by(other)
            && !other.is_outgrown_by(self)
            && (self.places.is_empty()
                || other.places.is_empty()
                || !self.places.is_disjoint(&other.places))
            && match (self.days, other.days) {
                (Some(a), Some(b)) => a.0 < b.1 && b.0 < a.1,
                _ => true,
            }
    }

    /// Whether a later and larger number may be the same count, grown.
    fn is_outgrown_by(&self, later: &Self) -> bool {
        self.published < later.published && self.range.1 < later.range.0
    }
}

/// Groups of numbers that contradict each other, every group in the order of `counts`.
pub(super) fn contests(counts: &[Count]) -> Vec<Vec<usize>> {
    let mut by_what: BTreeMap<&(String, Option<String>), Vec<usize>> = BTreeMap::new();
    for (n, count) in counts.iter().enumerate() {
        by_what.entry(&count.what).or_default().push(n);
    }
    let mut groups = Vec::new();
    for numbers in by_what.into_values().filter(|numbers| numbers.len() <= MOST) {
        // What contradictions connect is one contest.
        let mut left: BTreeSet<usize> = numbers.into_iter().collect();
        while let Some(first) = left.pop_first() {
            let (mut group, mut open) = (vec![first], vec![first]);
            while let Some(one) = open.pop() {
                let met: Vec<usize> = left
                    .iter()
                    .copied()
                    .filter(|&other| counts[one].contradicts(&counts[other]))
                    .collect();
                for other in met {
                    left.remove(&other);
                    group.push(other);
                    open.push(other);
                }
            }
            if group.len() > 1 {
                group.sort_unstable();
                groups.push(group);
            }
        }
    }
    groups.sort();
    groups
}

/// With more numbers of one kind a story is a long series, and no one of them is the rival of another.
const MOST: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;

    fn count(doc: i64, range: (f64, f64), voice: &str, published: i64) -> Count {
        Count {
            doc,
            n: 0,
            what: ("killed".into(), Some("person".into())),
            range,
            voice: Voice::Outlet(voice.into()),
            published: Some(published),
            places: BTreeSet::new(),
            days: None,
        }
    }

    #[test]
    fn only_numbers_that_cannot_both_be_right_are_rivals() {
        let eight = count(1, (8.0, 8.0), "ministry", 5);
        let fifteen = count(2, (15.0, 15.0), "doctors", 5);
        assert!(eight.contradicts(&fifteen) && fifteen.contradicts(&eight));
        assert!(!eight.contradicts(&Count { range: (5.0, f64::INFINITY), ..fifteen.clone() }));
        assert!(!eight.contradicts(&Count { voice: eight.voice.clone(), ..fifteen.clone() }));
        let risen = Count { published: Some(6), ..fifteen.clone() };
        assert!(!eight.contradicts(&risen), "a toll may rise");
        let fallen = Count { published: Some(6), range: (3.0, 3.0), ..fifteen.clone() };
        assert!(eight.contradicts(&fallen));
        let other_day = Count { days: Some((3, 4)), ..fifteen.clone() };
        assert!(!Count { days: Some((1, 2)), ..eight.clone() }.contradicts(&other_day));
        assert!(eight.contradicts(&other_day));
        let wounded = Count { what: ("wounded".into(), None), ..fifteen.clone() };
        assert!(!eight.contradicts(&wounded));
        assert_eq!(contests(&[eight, wounded, fifteen]), [[0, 2]]);
    }
}
