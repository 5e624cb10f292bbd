//! Who, claims, timeline and names of documents, over a small archive.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

mod common;

use common::{dam, flood, key, march, new};
use khabar_store::{Filter, Relation, Row, Store};
use tempfile::TempDir;

fn archive() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("khabar.db")).unwrap();
    store.add(dam().into_iter().chain([flood(1), flood(2)]).map(|record| new(record, 1))).unwrap();
    (folder, store)
}

fn said(rows: &[Row]) -> Vec<(&str, &str, &str)> {
    rows.iter()
        .map(|row| (row.head.outlet.as_deref().unwrap(), row.what.as_str(), row.words.as_str()))
        .collect()
}

#[test]
fn what_somebody_said_and_did_and_what_was_said_of_them() {
    let (_folder, store) = archive();
    let who = store.who("Haddad", &Filter::default(), 10).unwrap();
    assert_eq!(
        who.bearers.len(),
        1,
        "one minister, whatever documents call her: {:?}",
        who.bearers
    );
    let bearer = &who.bearers[0];
    assert_eq!((bearer.ar.as_deref(), bearer.documents), (Some("ليلى حداد"), 3));
    assert_eq!(
        said(&who.rows[&Relation::Said]),
        [
            ("Courier", "denies", "the claim"),
            ("Courier", "accuses", "Omar Said of lying"),
            ("Gazette", "asserts", "the Safsaf dam had not collapsed"),
            ("Jarida", "asserts", "إن السد … لم ينهر"),
        ]
    );
    assert_eq!(said(&who.rows[&Relation::Did])[0].1, "MOBILIZE/evacuate");
    assert_eq!(who.months.values().sum::<u64>(), 3);
    let said_of = store.who("عمر سعيد", &Filter::default(), 10).unwrap();
    assert_eq!(
        said(&said_of.rows[&Relation::SaidOf]),
        [("Courier", "accuses", "Omar Said of lying")]
    );
    let latest = store.who("haddad", &Filter::default(), 1).unwrap();
    assert_eq!(said(&latest.rows[&Relation::Said])[0].0, "Jarida");
    assert_eq!(latest.counts[&Relation::Said], 4);
    assert!(store.who("Nobody", &Filter::default(), 9).unwrap().bearers.is_empty());
    assert!(store.who("", &Filter::default(), 9).unwrap().bearers.is_empty());
}

#[test]
fn a_denied_claim_gathers_both_sides() {
    let (_folder, store) = archive();
    let claims = store.claims(&Filter::default(), 10).unwrap();
    let claim = claims.iter().find(|claim| claim.words.contains("Safsaf")).unwrap();
    assert_eq!(claim.words, "that the Safsaf dam had collapsed");
    assert_eq!(claim.since.unwrap().to_string(), "2021-06-11");
    let outlets =
        |rows: &[Row]| rows.iter().map(|row| row.head.outlet.clone().unwrap()).collect::<Vec<_>>();
    assert_eq!(outlets(&claim.asserted), ["Herald", "Courier"]);
    assert_eq!(outlets(&claim.denied), ["Courier", "Gazette"]);
    let ask = |filter: Filter| store.claims(&filter, 10).unwrap().len();
    assert_eq!(ask(Filter { speaker: Some("Omar Said".into()), ..Filter::default() }), 1);
    assert_eq!(ask(Filter { speaker: Some("Hanna Weiss".into()), ..Filter::default() }), 0);
    assert_eq!(ask(Filter { words: "collapse".into(), ..Filter::default() }), 1);
    assert_eq!(ask(Filter { words: "flood".into(), ..Filter::default() }), 0);
}

#[test]
fn a_denial_meets_the_claims_of_others_in_any_language() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("khabar.db")).unwrap();
    store.add(march().into_iter().map(|record| new(record, 1))).unwrap();
    store.settle(|_| ()).unwrap();
    let claims = store.claims(&Filter::default(), 10).unwrap();
    assert_eq!(claims.len(), 2, "{claims:#?}");
    let outlets = |rows: &[Row]| -> Vec<String> {
        let mut all: Vec<_> = rows.iter().filter_map(|row| row.head.outlet.clone()).collect();
        all.sort();
        all
    };
    let denied = claims.iter().find(|claim| claim.rivals.is_empty()).unwrap();
    assert_eq!(outlets(&denied.asserted), ["Herald", "Jarida"]);
    assert_eq!(outlets(&denied.denied), ["Courier"]);
    let numbers = claims.iter().find(|claim| !claim.rivals.is_empty()).unwrap();
    let rivals: Vec<_> = numbers
        .rivals
        .iter()
        .map(|rival| (rival.value as i64, rival.number.as_str(), rival.row.who.join(", ")))
        .collect();
    assert!(rivals.contains(&(8, "8 marchers", "Teachers' Union".to_owned())), "{rivals:?}");
    assert!(rivals.contains(&(3, "3 marchers", "Interior Ministry".to_owned())), "{rivals:?}");
    let ask = |filter: Filter| store.claims(&filter, 10).unwrap().len();
    assert_eq!(ask(Filter { speaker: Some("Interior Ministry".into()), ..Filter::default() }), 2);
    assert_eq!(ask(Filter { words: "crush".into(), ..Filter::default() }), 1);
    assert_eq!(ask(Filter { outlet: Some("Nobody".into()), ..Filter::default() }), 0);
}

#[test]
fn events_come_by_the_day() {
    let (_folder, store) = archive();
    let timeline = store.timeline(&Filter::default(), 10).unwrap();
    let seen: Vec<(String, &str)> = timeline
        .entries
        .iter()
        .map(|entry| (entry.row.day.unwrap().to_string(), entry.row.what.as_str()))
        .collect();
    assert_eq!(
        seen,
        [("2021-06-11".into(), "RETREAT"), ("2021-06-13".into(), "MOBILIZE/evacuate")]
    );
    let last = store.timeline(&Filter::default(), 1).unwrap();
    assert_eq!((last.entries.len(), last.days.len()), (1, 2));
    let of = |filter: Filter| store.timeline(&filter, 10).unwrap().entries.len();
    assert_eq!(of(Filter { words: "dam".into(), ..Filter::default() }), 1);
    assert_eq!(of(Filter { actor: Some("حداد".into()), ..Filter::default() }), 1);
    assert_eq!(of(Filter { event: Some("ASSAULT".into()), ..Filter::default() }), 0);
}

#[test]
fn documents_go_by_key_identifier_and_place() {
    let (_folder, store) = archive();
    let record = &dam()[0];
    let wanted = vec![key(record)];
    let whole = key(record).to_string();
    for name in [&whole, &whole[..8], &record.document.id, &record.document.source] {
        assert_eq!(store.resolve(name).unwrap(), wanted, "{name}");
    }
    let hashed = &dam()[3];
    for name in [hashed.document.id.as_str(), "https://jarida.example/2021/dam"] {
        assert_eq!(store.resolve(name).unwrap(), [key(hashed)], "{name}");
    }
    for name in ["", "abc", "zzzz", "nothing", "é"] {
        assert!(store.resolve(name).unwrap().is_empty(), "{name}");
    }
    let stored = store.document(wanted[0]).unwrap().unwrap();
    assert_eq!(stored.row("s1").unwrap().who, ["Omar Said"]);
    assert_eq!(stored.row("v1").unwrap().span, [68, 107]);
    assert!(stored.row("s9").is_none() && stored.row("e1").is_none() && stored.row("").is_none());
}
