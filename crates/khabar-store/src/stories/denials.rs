//! Denials held against what happened: who says that it is not so.
//!
//! A denial rarely names what it denies as an event that could be merged with others: "the claim is false", "not one of ours
//! fired a shot". So it is followed, in this order, to the events in its words, to those of the claim that it answers, and,
//! where neither has any, to the report in the same language whose word for the act stands in the denial.

use std::collections::{BTreeMap, BTreeSet};

use khabar_record::{Event, EventId, Record, Stance, Statement, StatementId, Status};

use super::reports::{Report, Side, Stems};
use crate::search::Stemmer;

/// A statement that something did not happen, with the events of its own document that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// The statement.
    pub statement: StatementId,
    /// The events; none where the document tells of none that it is about.
    pub events: BTreeSet<EventId>,
}

/// The statements of a record which say that something did not happen, or doubt it. Each is about the events that its content
/// holds or that it carries, and about those of the statement that it answers. A statement that carries an event which did
/// not happen is one too, whatever its verb.
pub fn denials(record: &Record) -> Vec<Denied> {
    record.statements.iter().filter_map(|statement| denied(record, statement)).collect()
}

fn denied(record: &Record, statement: &Statement) -> Option<Denied> {
    let ids = |of: &dyn Fn(&Event) -> bool| -> BTreeSet<EventId> {
        record.events.iter().filter(|event| of(event)).map(|event| event.id).collect()
    };
    let statement_id = statement.id;
    if matches!(statement.stance, Stance::Denies | Stance::Doubts) {
        let answered = statement.answers.and_then(|id| statement_of(record, id));
        let events = ids(&|event| {
            holds(statement, event) || answered.is_some_and(|answered| holds(answered, event))
        });
        return Some(Denied { statement: statement_id, events });
    }
    let says = matches!(statement.stance, Stance::Asserts | Stance::Confirms);
    let events = ids(&|event| {
        says && event.status == Status::Negated && event.according_to == Some(statement_id)
    });
    (!events.is_empty()).then_some(Denied { statement: statement_id, events })
}

/// Whether a statement speaks of an event: it carries it or holds its word.
fn holds(statement: &Statement, event: &Event) -> bool {
    event.according_to == Some(statement.id)
        || statement.content.iter().any(|span| span.contains_range(event.trigger))
}

/// Whether a denial speaks of an event.
pub(super) fn is_denied(record: &Record, event: &Event) -> bool {
    record.statements.iter().any(|statement| {
        matches!(statement.stance, Stance::Denies | Stance::Doubts) && holds(statement, event)
    })
}

fn statement_of(record: &Record, id: StatementId) -> Option<&Statement> {
    record.statements.iter().find(|statement| statement.id == id)
}

/// A denial of a document, ready to be held against the reports of others.
#[derive(Clone, Debug)]
pub(super) struct Denial {
    pub(super) doc: i64,
    /// The number of the statement in its document.
    pub(super) n: i64,
    /// The numbers of the events in its document that it is about.
    events: Vec<i64>,
    /// The stems of what it denies.
    words: Stems,
    arabic: bool,
}

/// The denials of a record.
pub(super) fn denials_of(doc: i64, record: &Record, stemmer: &mut Stemmer) -> Vec<Denial> {
    let numbers: BTreeMap<EventId, i64> =
        record.events.iter().map(|event| event.id).zip(0..).collect();
    let text = &record.document.text;
    denials(record)
        .into_iter()
        .filter_map(|denied| {
            let mut numbered = (0_i64..).zip(&record.statements);
            let (n, statement) = numbered.find(|(_, it)| it.id == denied.statement)?;
            let answered = statement.answers.and_then(|id| statement_of(record, id));
            let contents = [Some(statement), answered].into_iter().flatten();
            let spans = contents.flat_map(|statement| &statement.content);
            Some(Denial {
                doc,
                n,
                events: denied.events.iter().map(|id| numbers[id]).collect(),
                words: spans.flat_map(|&span| stemmer.stems(&text[span])).collect(),
                arabic: record.document.language.as_deref() == Some("ar"),
            })
        })
        .collect()
}

/// The groups of reports that a denial is about. `group_of` tells the group of an event by document and number.
pub(super) fn groups_of(
    denial: &Denial,
    reports: &[Report],
    groups: &[Vec<usize>],
    group_of: &BTreeMap<(i64, i64), usize>,
) -> BTreeSet<usize> {
    let told: BTreeSet<usize> =
        denial.events.iter().filter_map(|&n| group_of.get(&(denial.doc, n)).copied()).collect();
    if !told.is_empty() || !denial.events.is_empty() {
        return told;
    }
    likest(denial, reports, groups).into_iter().collect()
}

/// Types of events whose words a denial uses for the claim, and not for what it denies: "the charge", "the demand".
const SAID: [&str; 3] = ["ACCUSE", "REJECT", "REQUEST"];

/// The group with the report whose act the denial names and whose clause has most words in common with it, the earliest among
/// equals.
fn likest(denial: &Denial, reports: &[Report], groups: &[Vec<usize>]) -> Option<usize> {
    let common = |group: &Vec<usize>| {
        group
            .iter()
            .map(|&report| &reports[report])
            .filter(|report| report.arabic == denial.arabic)
            .filter(|report| report.side == Side::Told && !SAID.contains(&report.kind.as_str()))
            .filter(|report| report.trigger.common(&denial.words) > 0)
            .map(|report| report.words.common(&denial.words))
            .max()
    };
    let counted = groups.iter().enumerate().filter_map(|(n, group)| Some((common(group)?, n)));
    counted.max_by_key(|&(count, n)| (count, std::cmp::Reverse(n))).map(|(_, n)| n)
}
