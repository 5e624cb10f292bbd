//! Stories, near-copies and happenings: the same whatever the order of adding, and right on small archives.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{dam, flood, key, march, new};
use khabar_record::Record;
use khabar_store::{Filter, Store};
use proptest::prelude::*;
use rusqlite::Connection;

/// All that was made of the documents together, by names that do not depend on the order of adding.
fn made(path: &Path) -> Vec<String> {
    let db = Connection::open(path).unwrap();
    let mut out = Vec::new();
    for (view, columns) in [
        ("story_documents", "story || document || coalesce(copy_of, '')"),
        ("copies", "document || original || similarity"),
        ("happening_reports", "happening || event"),
        ("denials", "happening || denial"),
        ("rivals", "contest || document || n"),
    ] {
        let mut query = db.prepare(&format!("SELECT {columns} FROM {view}")).unwrap();
        let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        out.extend(rows.map(|row| format!("{view} {}", row.unwrap())));
    }
    out.sort();
    out
}

/// Floods of several towns and weeks, some told twice in nearly the same words, and the dam.
fn archive() -> Vec<Record> {
    let mut records = dam();
    records.extend(march());
    for n in 0..12 {
        let mut record = flood(n);
        let day = format!("2021-0{}-{:02}", 6 + n % 3, 1 + n);
        record.document.published = Some(day.parse().unwrap());
        records.push(record);
        if n % 3 == 0 {
            let mut copy = flood(n);
            copy.document.id = format!("copy-{n}");
            copy.document.outlet = Some("Mirror".to_owned());
            copy.document.published = Some(format!("2021-09-{:02}", 1 + n).parse().unwrap());
            records.push(copy);
        }
    }
    records
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn what_is_made_does_not_depend_on_the_order(
        order in Just((0..archive().len()).collect::<Vec<_>>()).prop_shuffle(),
        settled_each in 1_usize..8,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one.db"), folder.path().join("other.db"));
        let records = archive();
        let mut store = Store::create(&one).unwrap();
        store.add(records.iter().cloned().map(|record| new(record, 1))).unwrap();
        store.settle(|_| ()).unwrap();
        let mut store = Store::create(&other).unwrap();
        for batch in order.chunks(settled_each) {
            store.add(batch.iter().map(|&n| new(records[n].clone(), 1))).unwrap();
            store.settle(|_| ()).unwrap();
        }
        prop_assert_eq!(made(&one), made(&other));
        // Reading again what was read changes nothing either.
        store.replace([new(records[order[0]].clone(), 1)]).unwrap();
        store.settle(|_| ()).unwrap();
        prop_assert_eq!(made(&one), made(&other));
    }
}

#[test]
fn the_articles_on_the_dam_are_one_story_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("khabar.db")).unwrap();
    store.add(archive().into_iter().map(|record| new(record, 1))).unwrap();
    assert!(store.waiting().unwrap() > 0);
    store.settle(|_| ()).unwrap();
    assert_eq!(store.waiting().unwrap(), 0);
    let mut stories: BTreeMap<String, usize> = BTreeMap::new();
    for record in dam() {
        let stored = store.document(key(&record)).unwrap().unwrap();
        *stories.entry(stored.story.unwrap_or_default()).or_default() += 1;
    }
    assert_eq!(stories.values().copied().collect::<Vec<_>>(), [4], "{stories:?}");
    assert!(store.records(&Filter::default()).unwrap().count() > 4);
}

/// What is denied is told by those who say so, denied by those who do not, and counted among the first alone.
#[test]
fn a_denial_stands_against_the_happening_that_others_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    let mut store = Store::create(&path).unwrap();
    store.add(march().into_iter().map(|record| new(record, 1))).unwrap();
    store.settle(|_| ()).unwrap();
    let story = store.story(key(&march()[0])).unwrap().unwrap();
    assert_eq!((story.documents.len(), story.happenings.len()), (3, 1), "{story:#?}");
    let happening = &story.happenings[0];
    assert_eq!(happening.what, "ASSAULT/firearms");
    assert_eq!((happening.documents, happening.reports.len()), (2, 3));
    assert_eq!(happening.outlets, ["Herald", "Jarida"]);
    let first = &happening.first;
    assert_eq!(
        (first.outlet.as_deref(), &first.who[..]),
        (Some("Herald"), &["Teachers' Union".to_owned()][..])
    );
    let denied: Vec<_> =
        happening.denied.iter().map(|row| (row.who.join(", "), row.what.as_str())).collect();
    assert_eq!(denied, [("Interior Ministry".to_owned(), "denies")]);
    let db = Connection::open(&path).unwrap();
    let counted: (i64, i64, i64) = db
        .query_row("SELECT documents, reports, denials FROM happenings", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!(counted, (2, 3, 1));
    let source: String = db.query_row("SELECT source FROM denials", [], |row| row.get(0)).unwrap();
    assert_eq!(source, "The interior ministry");
}

/// An outlet that says itself that it did not happen denies it too.
#[test]
fn an_outlet_denies_in_its_own_voice() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("khabar.db")).unwrap();
    let mut records = march();
    records[1].statements.clear();
    records[1].events[0].according_to = None;
    store.add(records.iter().map(|record| new(record.clone(), 1))).unwrap();
    store.settle(|_| ()).unwrap();
    let story = store.story(key(&records[0])).unwrap().unwrap();
    let told: Vec<_> = story.happenings.iter().map(|it| (it.documents, it.denied.len())).collect();
    assert!(told == [(2, 1)] || told == [(2, 0)], "{told:?}");
}
