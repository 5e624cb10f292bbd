//! Contested claims: who says that it is so, who says that it is not, and since when.
//!
//! A contest shows in two ways. Somebody denies: the claim is the one that the denial answers, or what it denies; the same
//! claim is then looked for in other documents, by its words, which finds documents of one language, and by the happening that
//! it is about, which finds those of any. Or two voices give numbers that cannot both be right (`numbers`).

mod contest;
mod numbers;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use khabar_record::{Bound, Stance, Status};
use rusqlite::Connection;
use serde::Serialize;

use crate::error::StoreErrorKind;
use crate::filter::Filter;
use crate::read::Loader;
use crate::rows::{Row, Rows};
use crate::search::{self, Query, Wishes};
use contest::{Contest, LEAST, contests_of};

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// A claim that somebody denies, or numbers that contradict each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claim {
    /// The claim, in the words of the first who asserts it, else of the first who denies it; the first number with its words.
    pub words: String,
    /// The first day on which it was asserted or denied.
    pub since: Option<Date>,
    /// Who says that it is so, the earliest first.
    pub asserted: Vec<Row>,
    /// Who says that it is not so or doubts it, the earliest first.
    pub denied: Vec<Row>,
    /// Numbers of which not all can be right, the earliest first; none where a claim is denied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rivals: Vec<Rival>,
}

/// One of several numbers that contradict each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rival {
    /// The number.
    pub value: f64,
    /// The upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// How exact the text says it is.
    pub bound: Bound,
    /// What became of those counted (`killed`, `arrested`).
    pub of: String,
    /// What is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The words of the number.
    pub number: String,
    /// Who says so: the statement that holds the number, else the sentence of the document.
    pub row: Row,
}

/// So many documents are looked at for each claim.
const LOOKED_AT: u32 = 40;

/// A denial of more happenings than this is of none in particular.
const MOST_DENIED: usize = 3;

/// A happening by the numbers of its first report.
type Happening = (i64, i64);

pub(crate) fn claims(db: &Connection, filter: &Filter, limit: usize) -> Result<Vec<Claim>> {
    let mut loader = Loader::new(db);
    let mut contests = denied(db, &mut loader, filter)?;
    contests
        .sort_by(|a, b| b.latest().cmp(&a.latest()).then_with(|| a.first_id().cmp(&b.first_id())));
    contests.truncate(limit);
    for contest in &mut contests {
        join_words(db, &mut loader, contest)?;
        join_happenings(db, &mut loader, contest)?;
    }
    let mut claims: Vec<Claim> = contests.into_iter().map(Contest::claim).collect();
    claims.extend(numbers::rivals(db, &mut loader, filter)?);
    claims
        .sort_by(|a, b| b.latest().cmp(&a.latest()).then_with(|| a.first_id().cmp(&b.first_id())));
    claims.truncate(limit);
    Ok(claims)
}

impl Claim {
    /// The last day on which it was contested.
    fn latest(&self) -> Option<Date> {
        let rivals = self.rivals.iter().map(|rival| &rival.row);
        self.denied.iter().chain(rivals).filter_map(|row| row.day).max()
    }

    fn first_id(&self) -> Option<&String> {
        let rivals = self.rivals.iter().map(|rival| &rival.row);
        self.denied.iter().chain(rivals).map(|row| &row.id).min()
    }
}

/// The denials of the documents that a filter leaves; those of one claim together.
fn denied(db: &Connection, loader: &mut Loader<'_>, filter: &Filter) -> Result<Vec<Contest>> {
    let wishes = Wishes::new(filter);
    let query = Query::parse(&filter.words);
    let mut contests: Vec<Contest> = Vec::new();
    let mut by_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_happening: BTreeMap<Happening, usize> = BTreeMap::new();
    for doc in denying(db, filter)? {
        let stored = loader.document(doc)?;
        let happenings = happenings_denied(db, doc)?;
        for new in contests_of(&stored, &happenings, &wishes, &query) {
            let same = new.happenings.iter().find_map(|it| by_happening.get(it).copied());
            let known = same.or_else(|| alike(&contests, &by_stem, &new.stems));
            let at = known.unwrap_or(contests.len());
            by_happening.extend(new.happenings.iter().map(|&it| (it, at)));
            if known.is_some() {
                contests[at].merge(new);
            } else {
                for stem in &new.stems {
                    by_stem.entry(stem.clone()).or_default().push(at);
                }
                contests.push(new);
            }
        }
    }
    contests.retain(|contest| contest.wanted);
    Ok(contests)
}

/// The documents with a denial that a filter leaves, in the order of their keys: that of the rows is that of arrival.
fn denying(db: &Connection, filter: &Filter) -> Result<Vec<i64>> {
    let mut docs: BTreeSet<i64> = search::denying(db, filter)?.into_iter().collect();
    let allowed = search::allowed(db, filter)?;
    let mut query = db.prepare_cached("SELECT DISTINCT doc FROM _denials")?;
    for doc in query.query_map([], |row| row.get(0))? {
        let doc: i64 = doc?;
        if allowed.as_ref().is_none_or(|allowed| allowed.binary_search(&doc).is_ok()) {
            docs.insert(doc);
        }
    }
    let mut query = db.prepare_cached("SELECT key FROM _documents WHERE doc = ?1")?;
    let mut keyed: Vec<(Vec<u8>, i64)> = docs
        .into_iter()
        .map(|doc| Ok((query.query_row([doc], |row| row.get(0))?, doc)))
        .collect::<Result<_>>()?;
    keyed.sort();
    Ok(keyed.into_iter().map(|(_, doc)| doc).collect())
}

/// The happenings that the statements of a document deny, by the number of the statement.
fn happenings_denied(db: &Connection, doc: i64) -> Result<BTreeMap<i64, BTreeSet<Happening>>> {
    let mut found: BTreeMap<i64, BTreeSet<Happening>> = BTreeMap::new();
    let mut query =
        db.prepare_cached("SELECT n, first_doc, first_n FROM _denials WHERE doc = ?1")?;
    let mut rows = query.query([doc])?;
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().insert((row.get(1)?, row.get(2)?));
    }
    found.retain(|_, happenings| happenings.len() <= MOST_DENIED);
    Ok(found)
}

/// The first contest whose words are like `stems`.
fn alike(
    contests: &[Contest],
    by_stem: &BTreeMap<String, Vec<usize>>,
    stems: &BTreeSet<String>,
) -> Option<usize> {
    let near: BTreeSet<usize> =
        stems.iter().filter_map(|stem| by_stem.get(stem)).flatten().copied().collect();
    near.into_iter().find(|&n| contests[n].is_about(stems))
}

/// Finds statements of other documents that say the same or its contrary in the same words.
fn join_words(db: &Connection, loader: &mut Loader<'_>, contest: &mut Contest) -> Result<()> {
    if contest.stems.len() < LEAST {
        return Ok(());
    }
    for doc in search::holding_rarest(db, &contest.stems, LEAST, LOOKED_AT as usize)? {
        let stored = loader.document(doc)?;
        let rows = Rows::new(&stored);
        for statement in &stored.record.statements {
            let row = rows.statement(statement);
            if contest.is_about(&search::stems(&row.words)) {
                let denies = is_denial(statement.stance) != search::is_negated(&row.words);
                if (claims_so(statement.stance) || is_denial(statement.stance))
                    && !contest.knows(&row.id)
                {
                    contest.add(row, denies);
                }
            }
        }
    }
    Ok(())
}

/// Finds who tells of the happenings that a contest is about, and who else denies them.
fn join_happenings(db: &Connection, loader: &mut Loader<'_>, contest: &mut Contest) -> Result<()> {
    for happening in contest.happenings.clone() {
        let mut reports = numbers_of(db, "_happening_reports", happening)?;
        if reports.is_empty() {
            reports.push(happening);
        }
        for (doc, n) in reports {
            let stored = loader.document(doc)?;
            let Some(event) = stored.record.events.get(n as usize) else { continue };
            let rows = Rows::new(&stored);
            let carrier = event.according_to.and_then(|id| rows.statement_of(id));
            let told = matches!(event.status, Status::Actual | Status::Historical)
                && carrier.is_none_or(|it| !is_denial(it.stance));
            let carrier = carrier.filter(|it| claims_so(it.stance));
            let row = carrier.map_or_else(|| rows.event(event), |it| rows.statement(it));
            if told && !contest.knows(&row.id) {
                contest.add(row, false);
            }
        }
        for (doc, n) in numbers_of(db, "_denials", happening)? {
            let stored = loader.document(doc)?;
            if let Some(statement) = stored.record.statements.get(n as usize) {
                contest.deny(Rows::new(&stored).statement(statement));
            }
        }
    }
    Ok(())
}

/// The rows of a table that belong to a happening, by document and number, in the order of the documents' keys.
fn numbers_of(
    db: &Connection,
    table: &str,
    (first_doc, first_n): Happening,
) -> Result<Vec<(i64, i64)>> {
    let mut query = db.prepare_cached(&format!(
        "SELECT r.doc, r.n FROM {table} AS r JOIN _documents AS d USING (doc)
         WHERE r.first_doc = ?1 AND r.first_n = ?2 ORDER BY d.key, r.n LIMIT ?3"
    ))?;
    let rows =
        query.query_map((first_doc, first_n, LOOKED_AT), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn is_denial(stance: Stance) -> bool {
    matches!(stance, Stance::Denies | Stance::Doubts)
}

/// Whether who speaks so takes it for true.
fn claims_so(stance: Stance) -> bool {
    matches!(stance, Stance::Asserts | Stance::Confirms | Stance::Accuses | Stance::Warns)
}
