//! What a disk does that has no room left.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use super::Store;
use crate::{Filter, StoredDocument};

#[path = "../../tests/common/mod.rs"]
mod common;

use common::{dam, flood, march, new};

fn all(store: &Store) -> Vec<StoredDocument> {
    store.records(&Filter::default()).unwrap().map(Result::unwrap).collect()
}

/// The file may grow by one page after the other; each time the writing goes on until there is no room, and is tried again
/// with a little more, until all is in. It is what an undisturbed store holds.
#[test]
fn a_full_disk_loses_nothing_but_what_was_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let long = |n| {
        let mut record = flood(n);
        record.document.text.push_str(&format!(" The gauge shows {n}.").repeat(900));
        record
    };
    let records = || (0..100).map(long).chain(dam()).chain(march());
    let mut undisturbed = Store::create(folder.path().join("whole.db")).unwrap();
    undisturbed.add(records().map(|record| new(record, 1))).unwrap();
    undisturbed.settle(|_| ()).unwrap();
    let path = folder.path().join("khabar.db");
    let (mut refused, mut kept) = (0, 0);
    let mut store = Store::create(&path).unwrap();
    let start: i64 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    for room in 0..1000 {
        store.db.pragma_update_and_check(None, "max_page_count", start + room, |_| Ok(())).unwrap();
        let documents: Vec<_> = records().map(|record| new(record, 1)).collect();
        let mut batches = documents.chunks(20);
        let added = batches.try_for_each(|batch| store.add(batch.to_vec()).map(drop));
        match added.and_then(|()| store.settle(|_| ())) {
            Ok(()) => break,
            Err(error) => {
                refused += 1;
                assert!(error.to_string().contains("no room"), "{error}");
                assert!(!error.is_damage());
            }
        }
        drop(store);
        let reader = Store::open(&path).unwrap();
        reader.check().unwrap();
        let count = reader.count().unwrap();
        assert!(count >= kept, "documents were lost");
        assert_eq!(all(&reader).len() as u64, count);
        kept = count;
        store = Store::create(&path).unwrap();
    }
    assert!(refused > 3, "the disk was never full");
    assert!(all(&store) == all(&undisturbed));
}
