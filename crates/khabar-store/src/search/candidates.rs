//! Which documents a query and a filter may mean, and how well each fits.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::day;
use crate::error::StoreErrorKind;
use crate::filter::Filter;

use super::entity_term;
use super::names::find_name;
use super::query::{Query, Word};

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// A document with the weight of a query in it.
pub(super) type Scored = (i64, f32);

/// The share of its full weight that a word has in a document by the number of its marks.
const WEIGHTS: [f32; 3] = [0.45, 0.7, 0.9];

/// The documents that hold all words, with their scores, by number.
pub(super) fn score(db: &Connection, query: &Query) -> Result<Vec<Scored>> {
    let total: f32 = db
        .prepare_cached("SELECT coalesce(max(doc), 0) FROM _documents")?
        .query_row([], |row| row.get::<_, i64>(0))? as f32;
    let mut found: Option<Vec<Scored>> = None;
    for word in &query.words {
        let marked = marked_postings(db, word)?;
        let frequency = marked.len() as f32;
        let rarity = (1.0 + (total - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln();
        let scored = marked.into_iter().map(|(doc, marks)| (doc, rarity * WEIGHTS[marks]));
        found = Some(match found {
            None => scored.collect(),
            Some(before) => add(&before, scored),
        });
        if found.as_ref().is_some_and(Vec::is_empty) {
            break;
        }
    }
    Ok(found.unwrap_or_default())
}

/// The documents of both, with the sums of their scores. Both are in the order of the documents.
fn add(one: &[Scored], other: impl Iterator<Item = Scored>) -> Vec<Scored> {
    let mut rest = one;
    let mut both = Vec::new();
    for (doc, score) in other {
        let skip = rest.partition_point(|&(before, _)| before < doc);
        rest = &rest[skip..];
        if let Some(&(same, before)) = rest.first()
            && same == doc
        {
            both.push((doc, before + score));
        }
    }
    both
}

/// The documents that hold any stem of a word, each with the most marks that one has in it, by number.
fn marked_postings(db: &Connection, word: &Word) -> Result<Vec<(i64, usize)>> {
    let mut found = Vec::new();
    // The marks sort right behind the stem, so that one range holds all: the documents of the stem in order, then those of
    // the stem with one mark, which are among them, then those of two. Where the order breaks off the next begins; to read
    // that off the terms takes longer.
    let mut query =
        db.prepare_cached("SELECT doc FROM _search_terms WHERE term >= ?1 AND term <= ?1 || '++'")?;
    for stem in &word.stems {
        let mut rows = query.query([stem])?;
        let (mut marks, mut last) = (0, i64::MIN);
        while let Some(row) = rows.next()? {
            let doc: i64 = row.get(0)?;
            if doc <= last && marks < 2 {
                marks += 1;
            }
            last = doc;
            found.push((doc, marks));
        }
    }
    found.sort_unstable_by_key(|&(doc, marks)| (doc, std::cmp::Reverse(marks)));
    found.dedup_by_key(|&mut (doc, _)| doc);
    Ok(found)
}

/// The row numbers that one term stands for, in order.
pub(super) fn postings_of(db: &Connection, table: &str, term: &str) -> Result<Vec<i64>> {
    let rows = db
        .prepare_cached(&format!("SELECT doc FROM {table} WHERE term = ?1"))?
        .query_map([term], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    Ok(rows)
}

/// What two ordered lists have in common.
pub(super) fn intersect(one: &[i64], other: &[i64]) -> Vec<i64> {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.iter().copied().filter(|number| long.binary_search(number).is_ok()).collect()
}

fn union(mut lists: Vec<Vec<i64>>) -> Vec<i64> {
    if lists.len() == 1 {
        return lists.pop().unwrap_or_default();
    }
    let mut all: Vec<i64> = lists.into_iter().flatten().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The documents that the filter's other wishes leave, by number; `None` when it has none. Wishes on speakers, actors, events
/// and countries are met by the document only; its statements and events must be looked at.
pub(crate) fn allowed(db: &Connection, filter: &Filter) -> Result<Option<Vec<i64>>> {
    let mut lists = Vec::new();
    let of_term = |term: &str| postings_of(db, "_search_terms", term);
    if let Some(language) = &filter.language {
        lists.push(of_term(&format!("l:{}", language.to_ascii_lowercase()))?);
    }
    if let Some(outlet) = &filter.outlet {
        lists.push(of_outlet(db, outlet)?);
    }
    if let Some(country) = &filter.country {
        lists.push(of_term(&format!("c:{}", country.to_ascii_lowercase()))?);
    }
    if let Some(event) = &filter.event {
        let kind = event.split('/').next().unwrap_or_default();
        lists.push(of_term(&format!("t:{}", kind.to_ascii_lowercase()))?);
    }
    for name in [&filter.speaker, &filter.about, &filter.actor].into_iter().flatten() {
        lists.push(of_name(db, name)?);
    }
    if filter.since.is_some() || filter.until.is_some() {
        lists.push(of_days(db, filter)?);
    }
    lists.sort_by_key(Vec::len);
    Ok(lists.into_iter().reduce(|one, other| intersect(&one, &other)))
}

/// The documents that speak of one who bears `name`, among those that a filter leaves.
pub(crate) fn speaking_of(db: &Connection, name: &str, filter: &Filter) -> Result<Vec<i64>> {
    let documents = of_name(db, name)?;
    Ok(match allowed(db, filter)? {
        Some(allowed) => intersect(&allowed, &documents),
        None => documents,
    })
}

/// The documents with a denial, among those that a filter leaves whoever it wants to speak.
pub(crate) fn denying(db: &Connection, filter: &Filter) -> Result<Vec<i64>> {
    let lists = ["s:denies", "s:doubts"].map(|stance| postings_of(db, "_search_terms", stance));
    let denying = union(lists.into_iter().collect::<Result<_>>()?);
    Ok(match allowed(db, filter)? {
        Some(allowed) => intersect(&allowed, &denying),
        None => denying,
    })
}

/// At most `most` documents that hold the rarest `count` of some stems.
pub(crate) fn holding_rarest(
    db: &Connection,
    stems: &BTreeSet<String>,
    count: usize,
    most: usize,
) -> Result<Vec<i64>> {
    let mut lists: Vec<Vec<i64>> =
        stems.iter().map(|stem| postings_of(db, "_search_terms", stem)).collect::<Result<_>>()?;
    lists.sort_by_key(Vec::len);
    let common = lists.into_iter().take(count).reduce(|one, other| intersect(&one, &other));
    // The order of rows is that of arrival; that of keys is not.
    newest(db, &common.unwrap_or_default(), most).map(|mut docs| {
        docs.truncate(most);
        docs
    })
}

fn of_name(db: &Connection, name: &str) -> Result<Vec<i64>> {
    let mut documents = Vec::new();
    for entity in find_name(db, name)? {
        documents.push(postings_of(db, "_search_terms", &entity_term(entity))?);
    }
    Ok(union(documents))
}

fn of_outlet(db: &Connection, outlet: &str) -> Result<Vec<i64>> {
    // There are few outlets beside words, but all stand in one table; the index of documents knows which are outlets.
    let wanted = outlet.to_lowercase();
    let mut numbers = Vec::new();
    let mut query = db.prepare_cached("SELECT term, text FROM _terms")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        if text.to_lowercase().contains(&wanted) {
            numbers.push(row.get::<_, i64>(0)?);
        }
    }
    let lists = numbers
        .into_iter()
        .map(|number| postings_of(db, "_search_terms", &format!("o:{number}")))
        .collect::<Result<_>>()?;
    Ok(union(lists))
}

fn of_days(db: &Connection, filter: &Filter) -> Result<Vec<i64>> {
    let first = filter.since.map_or(i64::MIN, day::number);
    let last = filter.until.map_or(i64::MAX, day::number);
    let mut found = db
        .prepare_cached("SELECT doc FROM _documents WHERE published BETWEEN ?1 AND ?2")?
        .query_map([first, last], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    found.sort_unstable();
    Ok(found)
}

/// Puts documents that fit equally well in order: the newest first, those of one day by key. Stops when `need` are in order;
/// the documents that are left out come behind.
pub(super) fn newest(db: &Connection, docs: &[i64], need: usize) -> Result<Vec<i64>> {
    /// So many documents are looked up one by one; for more it is quicker to go through the days.
    const FEW: usize = 256;
    let mut dated: Vec<(Option<i64>, i64)> = Vec::new();
    if docs.len() <= FEW {
        let mut query = db.prepare_cached("SELECT published FROM _documents WHERE doc = ?1")?;
        for &doc in docs {
            dated.push((query.query_row([doc], |row| row.get(0))?, doc));
        }
    } else {
        let mut query =
            db.prepare_cached("SELECT published, doc FROM _documents ORDER BY published DESC")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let day: Option<i64> = row.get(0)?;
            if dated.len() >= need && dated.last().is_some_and(|&(last, _)| last != day) {
                break;
            }
            let doc = row.get(1)?;
            if docs.binary_search(&doc).is_ok() {
                dated.push((day, doc));
            }
        }
    }
    let mut keyed = Vec::with_capacity(dated.len());
    let mut key = db.prepare_cached("SELECT key FROM _documents WHERE doc = ?1")?;
    for (day, doc) in dated {
        let key: Vec<u8> = key.query_row([doc], |row| row.get(0))?;
        keyed.push((std::cmp::Reverse(day), key, doc));
    }
    keyed.sort();
    Ok(keyed.into_iter().map(|(_, _, doc)| doc).collect())
}
