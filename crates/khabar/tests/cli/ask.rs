//! What the commands print of a store. The store is filled from records made here, so that these pages change with their
//! own code only, and not with what the readers learn.

use khabar_store::Store;
use tempfile::TempDir;

use super::common::{dam, flood, key, march, new};
use super::{Outcome, khabar};

fn archive() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    let mut store = Store::create(&path).unwrap();
    store.add(dam().into_iter().chain((0..9).map(flood)).map(|record| new(record, 1))).unwrap();
    store.settle(|_| ()).unwrap();
    (folder, path.to_str().unwrap().to_owned())
}

fn ask(arguments: &[&str]) -> Outcome {
    let (_folder, db) = archive();
    khabar(&[arguments, &["--db", &db]].concat(), b"")
}

fn text(arguments: &[&str]) -> String {
    let outcome = ask(&[arguments, &["--format", "text"]].concat());
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""), "{arguments:?}");
    outcome.out
}

#[test]
fn a_search_shows_documents_with_marks() {
    insta::assert_snapshot!(text(&["search", "dam", "collapsing"]));
}

#[test]
fn a_search_for_a_speaker_shows_statements() {
    insta::assert_snapshot!(text(&["search", "--speaker", "حداد", "--until", "2021-06-14"]));
}

#[test]
fn somebody_is_shown_with_both_names() {
    insta::assert_snapshot!(text(&["who", "Haddad"]));
}

#[test]
fn of_many_statements_the_latest_are_shown() {
    let page = text(&["who", "Weiss", "-n", "2"]);
    assert!(page.contains("Said (9)\n  the latest 2\n"), "{page}");
}

#[test]
fn a_claim_is_shown_with_both_sides() {
    insta::assert_snapshot!(text(&["claims", "dam"]));
}

/// An archive on the shots of which outlets tell different things.
fn contested() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    let mut store = Store::create(&path).unwrap();
    store.add(march().into_iter().map(|record| new(record, 1))).unwrap();
    store.settle(|_| ()).unwrap();
    (folder, path.to_str().unwrap().to_owned())
}

#[test]
fn stories_are_listed_with_who_tells_them() {
    insta::assert_snapshot!(text(&["stories"]));
}

#[test]
fn a_story_is_shown_with_who_denies_what() {
    let (_folder, db) = contested();
    let id = key(&march()[0]).to_string();
    let story = khabar(&["story", &id, "--format", "text", "--db", &db], b"");
    assert_eq!((story.status, story.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(story.out);
}

#[test]
fn rivals_and_denials_across_languages_are_claims() {
    let (_folder, db) = contested();
    let claims = khabar(&["claims", "--format", "text", "--db", &db], b"");
    assert_eq!((claims.status, claims.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(claims.out);
    let csv = khabar(&["claims", "--format", "csv", "--db", &db], b"").out;
    assert!(csv.starts_with("claim,claimed,side,number,id,kind,"), "{csv}");
    assert!(csv.contains(",rival,8.0,") && csv.contains(",denied,,"), "{csv}");
}

#[test]
fn a_story_tells_what_happened_once() {
    let (_folder, db) = archive();
    let list = khabar(&["stories", "dam", "--format", "json", "--db", &db], b"").out;
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let id = list[0]["id"].as_str().unwrap();
    assert!(list[0]["documents"].as_array().unwrap().len() >= 3, "{list}");
    let page = khabar(&["story", id, "--format", "text", "--db", &db], b"").out;
    assert!(page.contains("first told by") && page.contains("RETREAT"), "{page}");
    let csv = khabar(&["story", &id[..10], "--format", "csv", "--db", &db], b"").out;
    assert!(csv.starts_with("side,id,kind,day") && csv.contains("\nreport,"), "{csv}");
    let json = khabar(&["story", id, "--format", "json", "--db", &db], b"").out;
    let story: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(story["happenings"][0]["first"]["outlet"].is_string(), "{story}");
    let missing = khabar(&["story", "0123456789", "--db", &db], b"");
    assert_eq!(missing.status, Some(1));
    let none = khabar(&["stories", "--since", "2030-01-01", "--db", &db], b"");
    assert_eq!(none.status, Some(1));
    let csv = khabar(&["stories", "--format", "csv", "--db", &db], b"").out;
    assert!(
        csv.starts_with("id,title,first,last,documents,outlets,countries,languages\n"),
        "{csv}"
    );
}

#[test]
fn a_timeline_has_bars() {
    insta::assert_snapshot!(text(&["timeline"]));
}

#[test]
fn programs_get_rows() {
    insta::assert_snapshot!(ask(&["search", "--event", "MOBILIZE", "--format", "csv"]).out);
    let lines = ask(&["claims", "--format", "ndjson"]).out;
    let claim: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert!(claim["denied"][0]["id"].as_str().unwrap().contains("/s"));
    for arguments in [&["who", "Haddad"][..], &["timeline"], &["search", "dam"], &["claims"]] {
        let json = ask(&[arguments, &["--format", "json"]].concat());
        assert!(serde_json::from_str::<serde_json::Value>(&json.out).is_ok(), "{arguments:?}");
        let csv = ask(&[arguments, &["--format", "csv"]].concat()).out;
        assert!(
            csv.lines().count() > 1 && csv.lines().next().unwrap().contains("id,kind,day"),
            "{csv}"
        );
        let ndjson = ask(&[arguments, &["--format", "ndjson"]].concat()).out;
        assert!(ndjson.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    }
}

/// A span in a row quotes the row's words in the document that `khabar show` prints.
#[test]
fn rows_point_into_the_record() {
    let (_folder, db) = archive();
    let rows = khabar(&["search", "collapsed", "--format", "ndjson", "--db", &db], b"").out;
    assert_eq!(rows.lines().count(), 3);
    for row in rows.lines() {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        let shown = khabar(&["show", row["document"].as_str().unwrap(), "--db", &db], b"").out;
        let record: serde_json::Value = serde_json::from_str(&shown).unwrap();
        let text: Vec<char> = record["document"]["text"].as_str().unwrap().chars().collect();
        let quote = |span: &serde_json::Value| -> String {
            let at = |n: usize| span[n].as_u64().unwrap() as usize;
            text[at(0)..at(1)].iter().collect()
        };
        assert_eq!(quote(&row["span"]), row["words"].as_str().unwrap());
        assert_eq!(quote(&row["marks"][0]).to_lowercase(), "collapsed");
    }
}

#[test]
fn a_document_is_shown_by_its_identifier() {
    let page = text(&["show", "Courier-2021-06-12"]);
    assert!(page.contains("Minister: dam stands") && page.contains("denies s1"), "{page}");
    insta::assert_snapshot!(text(&["show", "Courier-2021-06-12/s2"]));
}

#[test]
fn nothing_found_is_status_one() {
    for arguments in [
        &["search", "zebra"][..],
        &["search", "the"],
        &["show", "ffff00"],
        &["show", "Courier-2021-06-12/s99"],
        &["who", "Nobody"],
        &["claims", "zebra"],
        &["timeline", "--event", "ASSAULT"],
    ] {
        let outcome = ask(arguments);
        assert_eq!(outcome.status, Some(1), "{arguments:?}");
    }
    let outcome = khabar(&["search", "dam", "--db", "/nowhere/khabar.db"], b"");
    assert_eq!(outcome.status, Some(2));
    assert!(outcome.err.contains("there is no store here"), "{}", outcome.err);
}
