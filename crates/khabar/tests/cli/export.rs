//! Exports at the command line: from a store, from records, filtered, in vain.

use std::fs;

use khabar_record::{CodePointRange, Record};

use khabar_store::Store;

use super::common::{flood, march, new};
use super::khabar;

#[test]
fn a_store_and_its_records_are_the_same_export() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let db = path("khabar.db");
    let pages = ["en-2-denial.txt", "ar-3-airstrike.txt", "en-5-quake-documents.ndjson"];
    assert_eq!(khabar(&[&["add", "--db", &db], &pages[..]].concat(), b"").status, Some(0));
    let out = khabar(&["export", "--db", &db, "--to", "ndjson", "-"], b"");
    assert_eq!(out.status, Some(0), "{}", out.err);
    let mut records: Vec<&str> = out.out.lines().collect();
    assert_eq!(out.err, format!("khabar: {} documents exported\n", records.len()));
    for record in &records {
        serde_json::from_str::<Record<CodePointRange>>(record).unwrap();
    }
    let read = khabar(&[&["read", "--format", "ndjson"], &pages[..]].concat(), b"");
    let mut lines: Vec<&str> = read.out.lines().collect();
    records.sort_unstable();
    lines.sort_unstable();
    assert_eq!(records, lines);
    // The tables of records that come through a pipe hold the same words, joined by the documents' own names.
    let (one, two) = (path("one"), path("two"));
    assert_eq!(khabar(&["export", "--db", &db, "--to", "csv", &one], b"").status, Some(0));
    let piped = khabar(&["export", "--to", "csv", &two, "--records", "-"], out.out.as_bytes());
    assert_eq!(piped.status, Some(0), "{}", piped.err);
    let tables = |folder: &str| fs::read_dir(folder).unwrap().count();
    assert_eq!((tables(&one), tables(&two)), (16, 16));
    for table in ["documents", "mentions", "statements", "events"] {
        let count = |folder: &str| {
            fs::read_to_string(format!("{folder}/{table}.csv")).unwrap().lines().count()
        };
        assert_eq!(count(&one), count(&two), "{table}");
    }
}

/// What the store knows of documents together goes out with them: one row a happening, joined to its reports and denials.
#[test]
fn stories_and_happenings_are_exported() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let db = path("khabar.db");
    let mut store = Store::create(&db).unwrap();
    store.add(march().into_iter().chain((0..3).map(flood)).map(|record| new(record, 1))).unwrap();
    store.settle(|_| ()).unwrap();
    let out = path("out");
    assert_eq!(khabar(&["export", "--db", &db, "--to", "csv", &out], b"").status, Some(0));
    let table = |name: &str| fs::read_to_string(format!("{out}/{name}.csv")).unwrap();
    let happenings = table("happenings");
    assert_eq!(happenings.lines().count(), 2, "{happenings}");
    let row = happenings.lines().nth(1).unwrap();
    assert!(row.contains(",ASSAULT,firearms,2021-07-01,police,"), "{row}");
    assert!(row.contains(",3,2,0,Herald|Jarida,") && row.ends_with(",Teachers' Union,1"), "{row}");
    let happening = row.split(',').next().unwrap();
    assert_eq!(table("events").matches(&format!(",{happening},")).count(), 3);
    let denials = table("denials");
    assert!(denials.lines().nth(1).unwrap().starts_with(&format!("{happening},")), "{denials}");
    assert!(denials.contains(",Interior Ministry,"), "{denials}");
    let stories = table("stories");
    assert!(stories.contains(",2021-07-01,2021-07-02,3,1,Herald|Courier|Jarida,"), "{stories}");
    assert!(table("story_documents").lines().count() > 3);
    // Of one document of the story the whole story is told.
    let out = path("arabic");
    assert_eq!(
        khabar(&["export", "--db", &db, "--to", "csv", &out, "--lang", "ar"], b"").status,
        Some(0)
    );
    assert_eq!(fs::read_to_string(format!("{out}/happenings.csv")).unwrap(), happenings);
}

#[test]
fn filters_choose_what_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("khabar.db");
    let db = db.to_str().unwrap();
    khabar(&["add", "--db", db, "en-2-denial.txt", "ar-3-airstrike.txt"], b"");
    let languages = |arguments: &[&str]| {
        let all = [&["export", "--db", db, "--to", "ndjson", "-"], arguments].concat();
        let out = khabar(&all, b"");
        let found: Vec<String> = out
            .out
            .lines()
            .map(|line| serde_json::from_str::<Record<CodePointRange>>(line).unwrap())
            .filter_map(|record| record.document.language)
            .collect();
        (out.status, found)
    };
    assert_eq!(languages(&["--lang", "ar"]), (Some(0), vec!["ar".to_owned()]));
    assert_eq!(languages(&["memorandum"]), (Some(0), vec!["en".to_owned()]));
    assert_eq!(languages(&["--until", "1999-01-01"]), (Some(1), vec![]));
}

#[test]
fn faults_name_the_input_and_leave_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonld");
    let out = path.to_str().unwrap();
    let missing = khabar(&["export", "--to", "ftm", out, "--db", "no-such.db"], b"");
    assert_eq!(missing.status, Some(2));
    assert!(missing.err.contains("no-such.db"), "{}", missing.err);
    let faulty =
        khabar(&["export", "--to", "webannotation", out, "--records", "-"], b"{\"schema\":1}\n");
    assert_eq!(faulty.status, Some(2));
    assert!(faulty.err.contains("-:1: "), "{}", faulty.err);
    let both = khabar(&["export", "--to", "ftm", out, "--records", "-", "--lang", "ar"], b"");
    assert_eq!(both.status, Some(2), "a filter needs a store");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
