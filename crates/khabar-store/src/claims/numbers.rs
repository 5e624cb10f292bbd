//! Numbers that contradict each other, as they are shown. Which do is found when stories are settled (`stories/rivals`).

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{Claim, Happening, Result, Rival};
use crate::filter::Filter;
use crate::read::{Loader, StoredDocument};
use crate::rows::Rows;
use crate::search::{self, Query, Wishes};
use crate::stories::statement_around;

/// The contests of numbers in which one that a filter means takes part.
pub(super) fn rivals(
    db: &Connection,
    loader: &mut Loader<'_>,
    filter: &Filter,
) -> Result<Vec<Claim>> {
    let wishes = Wishes::new(filter);
    let query = Query::parse(&filter.words);
    let allowed = search::allowed(db, filter)?;
    let mut contests: BTreeMap<Happening, Vec<(i64, i64)>> = BTreeMap::new();
    let mut all = db.prepare_cached("SELECT first_doc, first_n, doc, n FROM _rivals")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let first = (row.get(0)?, row.get(1)?);
        contests.entry(first).or_default().push((row.get(2)?, row.get(3)?));
    }
    let mut claims = Vec::new();
    for numbers in contests.into_values() {
        let is_allowed =
            |doc: &i64| allowed.as_ref().is_none_or(|it| it.binary_search(doc).is_ok());
        if !numbers.iter().any(|(doc, _)| is_allowed(doc)) {
            continue;
        }
        let (mut rivals, mut wanted) = (Vec::new(), false);
        for (doc, n) in numbers {
            let stored = loader.document(doc)?;
            if let Some((rival, meant)) = rival(&stored, n, &wishes, &query) {
                wanted |= meant && is_allowed(&doc);
                rivals.push(rival);
            }
        }
        if wanted {
            claims.push(claim(rivals));
        }
    }
    Ok(claims)
}

/// A number with who gives it, and whether that one is meant.
fn rival(stored: &StoredDocument, n: i64, wishes: &Wishes, query: &Query) -> Option<(Rival, bool)> {
    let record = &stored.record;
    let amount = record.amounts.get(n as usize)?;
    let rows = Rows::new(stored);
    let statement = statement_around(record, amount.span);
    let row = match statement {
        Some(statement) => rows.statement(statement),
        None => rows.sentence(amount.span),
    };
    let meant = statement.map_or(wishes.are_empty(), |it| wishes.wants(record, it));
    let meant = meant && query.holds(&row.words);
    let rival = Rival {
        value: amount.value,
        high: amount.high,
        bound: amount.bound,
        of: amount.of.clone().unwrap_or_default(),
        unit: amount.unit.clone(),
        number: record.document.text[amount.span].to_owned(),
        row,
    };
    Some((rival, meant))
}

fn claim(mut rivals: Vec<Rival>) -> Claim {
    rivals.sort_by(|a, b| {
        (a.row.day, &a.row.id).cmp(&(b.row.day, &b.row.id)).then(a.value.total_cmp(&b.value))
    });
    let first = rivals.first();
    Claim {
        words: first.map(|rival| format!("{}: {}", rival.of, rival.number)).unwrap_or_default(),
        since: rivals.iter().filter_map(|rival| rival.row.day).min(),
        asserted: Vec::new(),
        denied: Vec::new(),
        rivals,
    }
}
