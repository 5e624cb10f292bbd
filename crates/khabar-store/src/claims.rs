//! Contested claims: who says that it is so, who says that it is not, and since when.
//!
//! A denial is where a contest shows, so every one is taken up, with the claim that it answers where the text tells it. The
//! same claim is then looked for in other documents by its words: whoever asserts or denies it there joins. Words of one
//! language only are compared; claims across languages meet where stories are made.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use khabar_record::{Stance, Statement};
use serde::Serialize;

use crate::error::StoreErrorKind;
use crate::filter::Filter;
use crate::read::{Loader, StoredDocument};
use crate::rows::{Row, Rows};
use crate::search::{self, Query, Wishes};

/// A claim that somebody denies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claim {
    /// The claim, in the words of the first who asserts it, else of the first who denies it.
    pub words: String,
    /// The first day on which it was asserted or denied.
    pub since: Option<Date>,
    /// Who says that it is so, the earliest first.
    pub asserted: Vec<Row>,
    /// Who says that it is not so or doubts it, the earliest first.
    pub denied: Vec<Row>,
}

/// Two contents say the same when so large a part of the shorter one's words stand in the other.
const ALIKE: f32 = 0.6;

/// Shorter contents than this say too little to be compared.
const LEAST: usize = 3;

/// So many documents are looked at for each claim.
const LOOKED_AT: usize = 40;

/// A contest on its way: its words and its rows by identifier.
struct Contest {
    stems: BTreeSet<String>,
    wanted: bool,
    asserted: BTreeMap<String, Row>,
    denied: BTreeMap<String, Row>,
}

pub(crate) fn claims(
    db: &rusqlite::Connection,
    filter: &Filter,
    limit: usize,
) -> Result<Vec<Claim>, StoreErrorKind> {
    let mut loader = Loader::new(db);
    let wishes = Wishes::new(filter);
    let query = Query::parse(&filter.words);
    let mut contests: Vec<Contest> = Vec::new();
    let mut by_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for doc in search::denying(db, filter)? {
        let stored = loader.document(doc)?;
        for new in contests_of(&stored, &wishes, &query) {
            if let Some(known) = alike(&contests, &by_stem, &new.stems) {
                contests[known].merge(new);
            } else {
                for stem in &new.stems {
                    by_stem.entry(stem.clone()).or_default().push(contests.len());
                }
                contests.push(new);
            }
        }
    }
    contests.retain(|contest| contest.wanted);
    contests
        .sort_by(|a, b| b.latest().cmp(&a.latest()).then_with(|| a.first_id().cmp(&b.first_id())));
    contests.truncate(limit);
    for contest in &mut contests {
        join_others(db, &mut loader, contest)?;
    }
    Ok(contests.into_iter().map(Contest::claim).collect())
}

/// The denials of a document, each with the claim it answers.
fn contests_of(stored: &StoredDocument, wishes: &Wishes, query: &Query) -> Vec<Contest> {
    let rows = Rows::new(stored);
    let text = &stored.record.document.text;
    let content = |statement: &Statement| {
        statement.content.iter().map(|&span| &text[span]).collect::<Vec<_>>().join(" ")
    };
    let mut found = Vec::new();
    for statement in &stored.record.statements {
        if !matches!(statement.stance, Stance::Denies | Stance::Doubts) {
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
            wanted,
            asserted: BTreeMap::new(),
            denied: BTreeMap::new(),
        };
        contest.add(rows.statement(statement), true);
        if let Some(answered) = answered {
            contest.add(rows.statement(answered), false);
        }
        found.push(contest);
    }
    found
}

/// The first contest whose words are like `stems`.
fn alike(
    contests: &[Contest],
    by_stem: &BTreeMap<String, Vec<usize>>,
    stems: &BTreeSet<String>,
) -> Option<usize> {
    let near: BTreeSet<usize> =
        stems.iter().filter_map(|stem| by_stem.get(stem)).flatten().copied().collect();
    near.into_iter().find(|&n| similar(&contests[n].stems, stems))
}

fn similar(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shorter = one.len().min(other.len());
    let longer = one.len().max(other.len());
    let common = one.intersection(other).count();
    // A short content that lies in a very long one is a part of another claim.
    shorter >= LEAST && longer <= shorter * 3 && common as f32 >= ALIKE * shorter as f32
}

/// Finds statements of other documents that say the same or its contrary.
fn join_others(
    db: &rusqlite::Connection,
    loader: &mut Loader<'_>,
    contest: &mut Contest,
) -> Result<(), StoreErrorKind> {
    if contest.stems.len() < LEAST {
        return Ok(());
    }
    for doc in search::holding_rarest(db, &contest.stems, LEAST, LOOKED_AT)? {
        let stored = loader.document(doc)?;
        let rows = Rows::new(&stored);
        for statement in &stored.record.statements {
            let row = rows.statement(statement);
            if similar(&search::stems(&row.words), &contest.stems) {
                let denies = matches!(statement.stance, Stance::Denies | Stance::Doubts)
                    != search::is_negated(&row.words);
                let claims = matches!(
                    statement.stance,
                    Stance::Asserts
                        | Stance::Confirms
                        | Stance::Accuses
                        | Stance::Warns
                        | Stance::Denies
                        | Stance::Doubts
                );
                if claims && !contest.knows(&row.id) {
                    contest.add(row, denies);
                }
            }
        }
    }
    Ok(())
}

impl Contest {
    fn add(&mut self, row: Row, denies: bool) {
        let side = if denies { &mut self.denied } else { &mut self.asserted };
        side.insert(row.id.clone(), row);
    }

    fn knows(&self, id: &str) -> bool {
        self.asserted.contains_key(id) || self.denied.contains_key(id)
    }

    fn merge(&mut self, other: Self) {
        self.wanted |= other.wanted;
        self.asserted.extend(other.asserted);
        self.denied.extend(other.denied);
    }

    fn latest(&self) -> Option<Date> {
        self.denied.values().filter_map(|row| row.day).max()
    }

    fn first_id(&self) -> Option<&String> {
        self.denied.keys().next()
    }

    fn claim(self) -> Claim {
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
        }
    }
}
