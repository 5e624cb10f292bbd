//! Web Annotations.

use std::collections::BTreeSet;

use khabar_export::{Format, Item};
use proptest::prelude::*;
use serde_json::Value;

use super::{characters, lines, sample};

fn page(items: &[Item]) -> Value {
    serde_json::from_str(&lines(Format::WebAnnotation, items).join("\n")).unwrap()
}

/// Checks that both selectors of every target select the same words of the text; returns how many there are.
fn check(page: &Value, text: &str) -> usize {
    let mut targets = 0;
    for annotation in page["items"].as_array().unwrap() {
        for target in annotation["target"].as_array().unwrap() {
            targets += 1;
            let [position, quote] = [&target["selector"][0], &target["selector"][1]];
            assert_eq!(position["type"], "TextPositionSelector");
            assert_eq!(quote["type"], "TextQuoteSelector");
            let (start, end) =
                (position["start"].as_u64().unwrap(), position["end"].as_u64().unwrap());
            let [prefix, exact, suffix] =
                ["prefix", "exact", "suffix"].map(|name| quote[name].as_str().unwrap());
            assert_eq!(characters(text, start, end), exact);
            let before = prefix.chars().count() as u64;
            let behind = suffix.chars().count() as u64;
            let whole = characters(text, start - before, end + behind);
            assert_eq!(whole, format!("{prefix}{exact}{suffix}"));
            assert!(before == 32 || start == before, "a prefix is cut at 32 characters");
        }
    }
    targets
}

#[test]
fn both_selectors_select_the_same_words() {
    assert_eq!(check(&page(&[sample::arabic()]), sample::ARABIC), 11);
    assert_eq!(check(&page(&[sample::english()]), sample::ENGLISH), 8);
}

#[test]
fn annotations_name_their_text_and_page() {
    let page = page(&[sample::arabic(), sample::english()]);
    assert_eq!(page["@context"][0], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(page["type"], "AnnotationPage");
    let items = page["items"].as_array().unwrap();
    let ids: BTreeSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), items.len());
    assert!(ids.contains("urn:khabar:en%2C%20%22talks%22/v1"), "{ids:?}");
    let denial = items.iter().find(|item| item["id"] == "urn:khabar:ar-dam/s1").unwrap();
    assert_eq!(denial["body"]["khabar:stance"], "denies");
    assert_eq!(denial["body"]["khabar:source"][0]["id"], "http://www.wikidata.org/entity/Q1");
    assert_eq!(denial["body"]["khabar:answers"]["id"], "urn:khabar:ar-dam/s2");
    assert_eq!(denial["target"].as_array().unwrap().len(), 2, "the content is in two pieces");
    let source = &denial["target"][0]["source"];
    assert_eq!(source["id"], "urn:khabar:ar-dam");
    assert_eq!(source["via"], "https://www.jarida.example/2021/dam?a=1&b=2");
    let negated = items.iter().find(|item| item["id"] == "urn:khabar:ar-dam/v2").unwrap();
    assert_eq!(negated["body"]["khabar:status"], "negated", "an annotation can tell a denial");
}

#[test]
fn an_empty_store_makes_an_empty_page() {
    assert_eq!(page(&[])["items"], Value::Array(vec![]));
}

proptest! {
    #[test]
    fn any_span_of_any_text_is_quoted(
        text in "[a-zء-ي😀\u{301}\t\n \"<&]{1,80}", from in 0.0..1.0, to in 0.0..1.0,
    ) {
        let bounds: Vec<usize> =
            text.char_indices().map(|(n, _)| n).chain([text.len()]).collect();
        let pick = |share: f64| bounds[(share * bounds.len() as f64) as usize];
        let (start, end) = (pick(from).min(pick(to)), pick(from).max(pick(to)));
        let mut item = sample::english();
        let record = &mut item.record;
        record.document.text.clone_from(&text);
        record.sentences.clear();
        record.statements.clear();
        record.events.clear();
        record.mentions.truncate(1);
        record.mentions[0].span = khabar_record::TextRange::new(start, end);
        prop_assert_eq!(check(&page(&[item.clone()]), &text), usize::from(start < end));
        // Other formats take it too, whatever it holds.
        let rows = lines(Format::Polecat, &[item.clone()]);
        prop_assert!(rows.iter().all(|row| row.split('\t').count() == 40));
        for line in lines(Format::FollowTheMoney, &[item]) {
            prop_assert!(serde_json::from_str::<Value>(&line).is_ok());
        }
    }
}
