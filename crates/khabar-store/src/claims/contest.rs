//! A contest on its way: its words, its happenings, and who stands on which side.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use khabar_record::Statement;

use super::{Claim, Happening, is_denial};
use crate::read::StoredDocument;
use crate::rows::{Row, Rows};
use crate::search::{self, Query, Wishes};

/// Two contents say the same when so large a part of the shorter one's words stand in the other.
const ALIKE: f32 = 0.6;

/// Shorter contents than this say too little to be compared.
pub(super) const LEAST: usize = 3;

/// A claim with its rows by identifier.
pub(super) struct Contest {
    pub(super) stems: BTreeSet<String>,
    pub(super) happenings: BTreeSet<Happening>,
    pub(super) wanted: bool,
    asserted: BTreeMap<String, Row>,
    denied: BTreeMap<String, Row>,
}

/// The denials of a document, each with the claim it answers.
pub(super) fn contests_of(
    stored: &StoredDocument,
    happenings: &BTreeMap<i64, BTreeSet<Happening>>,
    wishes: &Wishes,
    query: &Query,
) -> Vec<Contest> {
    let rows = Rows::new(stored);
    let text = &stored.record.document.text;
    let content = |statement: &Statement| {
        statement.content.iter().map(|&span| &text[span]).collect::<Vec<_>>().join(" ")
    };
    let mut found = Vec::new();
    for (n, statement) in (0_i64..).zip(&stored.record.statements) {
        let denied = happenings.get(&n);
        if !is_denial(statement.stance) && denied.is_none() {
            continue;
        }
        let answered = statement.answers.and_then(|id| rows.statement_of(id));
        // The claim is said best by the one who asserts it; a bare "denied the report" says nothing of it.
        let claim = answered.filter(|answered| !answered.content.is_empty()).unwrap_or(statement);
        let words = content(claim);
        if words.is_empty() {
            continue;
        }
        let wanted = [Some(statement), answered].into_iter().flatten().any(|statement| {
            wishes.wants(&stored.record, statement) && query.holds(&content(statement))
        });
        let mut contest = Contest {
            stems: search::stems(&words),
            happenings: denied.cloned().unwrap_or_default(),
            wanted,
            asserted: BTreeMap::new(),
            denied: BTreeMap::new(),
        };
        contest.add(rows.statement(statement), true);
        if let Some(answered) = answered {
            contest.add(rows.statement(answered), is_denial(answered.stance));
        }
        found.push(contest);
    }
    found
}

impl Contest {
    pub(super) fn add(&mut self, row: Row, denies: bool) {
        let side = if denies { &mut self.denied } else { &mut self.asserted };
        side.insert(row.id.clone(), row);
    }

    /// Adds who denies it, whatever its words make it look like.
    pub(super) fn deny(&mut self, row: Row) {
        self.asserted.remove(&row.id);
        self.add(row, true);
    }

    pub(super) fn knows(&self, id: &str) -> bool {
        self.asserted.contains_key(id) || self.denied.contains_key(id)
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.wanted |= other.wanted;
        self.happenings.extend(other.happenings);
        self.asserted.extend(other.asserted);
        self.denied.extend(other.denied);
    }

    /// Whether a content of these stems says the same.
    pub(super) fn is_about(&self, stems: &BTreeSet<String>) -> bool {
        let shorter = self.stems.len().min(stems.len());
        let longer = self.stems.len().max(stems.len());
        let common = self.stems.intersection(stems).count();
        // A short content that lies in a very long one is a part of another claim.
        shorter >= LEAST && longer <= shorter * 3 && common as f32 >= ALIKE * shorter as f32
    }

    pub(super) fn latest(&self) -> Option<Date> {
        self.denied.values().filter_map(|row| row.day).max()
    }

    pub(super) fn first_id(&self) -> Option<&String> {
        self.denied.keys().next()
    }

    pub(super) fn claim(self) -> Claim {
        let sorted = |side: BTreeMap<String, Row>| {
            let mut rows: Vec<Row> = side.into_values().collect();
            rows.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
            rows
        };
        let (asserted, denied) = (sorted(self.asserted), sorted(self.denied));
        let said = asserted.iter().chain(&denied).find(|row| !row.words.is_empty());
        Claim {
            words: said.map(|row| row.words.clone()).unwrap_or_default(),
            since: asserted.iter().chain(&denied).filter_map(|row| row.day).min(),
            asserted,
            denied,
            rivals: Vec::new(),
        }
    }
}
