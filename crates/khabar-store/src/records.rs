//! Going through the records of a store.

use std::vec;

use rusqlite::Transaction;

use crate::Filter;
use crate::error::{Result, StoreErrorKind};
use crate::read::{Loader, StoredDocument};
use crate::search::{self, Query, Wishes};
use crate::store::Store;

/// The documents that a filter let through. All of them are of one moment: what is added meanwhile does not appear.
#[derive(Debug)]
pub struct Records<'s> {
    store: &'s Store,
    docs: vec::IntoIter<i64>,
    loader: Loader<'s>,
    query: Query,
    wishes: Wishes,
    /// Holds the moment.
    _moment: Transaction<'s>,
}

pub(crate) fn find<'s>(store: &'s Store, filter: &Filter) -> Result<Records<'s>> {
    let query = Query::parse(&filter.words);
    let find = || {
        let moment = store.db.unchecked_transaction()?;
        let docs = documents(store, filter, &query)?;
        Ok((moment, docs))
    };
    let (moment, docs) = find().map_err(|kind: StoreErrorKind| store.fault(kind))?;
    Ok(Records {
        store,
        docs: docs.into_iter(),
        loader: Loader::new(&store.db),
        wishes: Wishes::new(filter),
        query,
        _moment: moment,
    })
}

/// The row numbers of the documents that a filter may let through, in the order of their keys.
fn documents(store: &Store, filter: &Filter, query: &Query) -> Result<Vec<i64>, StoreErrorKind> {
    let mut docs: Vec<i64> = store
        .db
        .prepare_cached("SELECT doc FROM _documents ORDER BY key")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if let Some(allowed) = search::allowed(&store.db, filter)? {
        docs.retain(|doc| allowed.binary_search(doc).is_ok());
    }
    if !filter.words.trim().is_empty() {
        let found = search::holding(&store.db, query)?;
        docs.retain(|doc| found.binary_search(doc).is_ok());
    }
    Ok(docs)
}

impl Iterator for Records<'_> {
    type Item = Result<StoredDocument>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let doc = self.docs.next()?;
            match self.loader.document(doc) {
                Ok(document) if self.wishes.passages(&document.record, &self.query).is_none() => {}
                found => return Some(found.map_err(|kind| self.store.fault(kind))),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.docs.size_hint().1)
    }
}
