//! What happened, day by day: the events that a filter means, reports of one happening together.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::error::StoreErrorKind;
use crate::filter::Filter;
use crate::read::Loader;
use crate::rows::{Row, Rows};
use crate::search::{self, PassageKind};

/// What happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// The entries, the earliest day first; when there are more than asked for, the latest.
    pub entries: Vec<Entry>,
    /// How many entries there are for each day, all of them.
    pub days: BTreeMap<Date, u64>,
}

/// One happening, or one event of a document that belongs to none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// How many documents report it.
    pub reports: u64,
    /// How many outlets do.
    pub outlets: u64,
    /// The earliest report.
    #[serde(flatten)]
    pub row: Row,
}

pub(crate) fn timeline(
    db: &rusqlite::Connection,
    filter: &Filter,
    limit: usize,
) -> Result<Timeline, StoreErrorKind> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut loader = Loader::new(db);
    search::answers(db, &mut loader, filter, |stored, passages| {
        let rows = Rows::new(stored);
        for passage in passages {
            if let PassageKind::Event(_) = passage.kind {
                let row = rows.passage(passage);
                groups
                    .entry(row.happening.clone().unwrap_or_else(|| row.id.clone()))
                    .or_default()
                    .add(row);
            }
        }
    })?;
    let mut entries: Vec<Entry> = groups.into_values().filter_map(Group::entry).collect();
    entries.sort_by(|a, b| (a.row.day, &a.row.id).cmp(&(b.row.day, &b.row.id)));
    let mut days = BTreeMap::new();
    for day in entries.iter().filter_map(|entry| entry.row.day) {
        *days.entry(day).or_default() += 1;
    }
    let surplus = entries.len().saturating_sub(limit);
    entries.drain(..surplus);
    Ok(Timeline { entries, days })
}

/// The reports of one happening.
#[derive(Debug, Default)]
struct Group {
    first: Option<Row>,
    documents: std::collections::BTreeSet<String>,
    outlets: std::collections::BTreeSet<Option<String>>,
}

impl Group {
    fn add(&mut self, row: Row) {
        self.documents.insert(row.head.document.clone());
        self.outlets.insert(row.head.outlet.clone());
        let earlier = self
            .first
            .as_ref()
            .is_none_or(|first| (row.head.published, &row.id) < (first.head.published, &first.id));
        if earlier {
            self.first = Some(row);
        }
    }

    fn entry(self) -> Option<Entry> {
        let (reports, outlets) = (self.documents.len() as u64, self.outlets.len() as u64);
        self.first.map(|row| Entry { reports, outlets, row })
    }
}
