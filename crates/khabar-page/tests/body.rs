//! Every page or text in `tests/body` is held against what the table beside it says must come of it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use khabar_page::{Inputs, PageOptions, fuzz, read_input};
use khabar_record::Article;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn articles() -> BTreeMap<String, Article> {
    let options = PageOptions::default();
    let patterns = ["*.html", "*.txt"].map(|p| folder("body").join(p).to_str().unwrap().to_owned());
    let inputs = Inputs::new(patterns, &options.limits);
    let read = inputs.map(|input| {
        let input = input.unwrap();
        let name = Path::new(&input.source).file_stem().unwrap().to_str().unwrap().to_owned();
        (name, read_input(&input, &options).unwrap())
    });
    read.collect()
}

fn strings(value: Option<&toml::Value>) -> Vec<&str> {
    value
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
        .collect()
}

#[test]
fn every_fixture_comes_out_as_expected() {
    let mut missed = Vec::new();
    for (name, article) in articles() {
        let expected = fs::read_to_string(folder("body").join(format!("{name}.toml"))).unwrap();
        let expected: toml::Table = expected.parse().unwrap();
        let document = &article.document;
        for text in strings(expected.get("kept")) {
            if !document.text.contains(text) {
                missed.push(format!("{name}: lost {text:?}"));
            }
        }
        for row in expected.get("gone").and_then(toml::Value::as_array).into_iter().flatten() {
            let [kind, text] = strings(Some(row))[..] else {
                panic!("{name}: a row of `gone` is kind and text")
            };
            let found = document.furniture.iter().find(|f| f.text.contains(text));
            let found_kind = found.map(|f| serde_json::to_value(f.kind).unwrap());
            if found_kind.as_ref().and_then(|k| k.as_str()) != Some(kind) {
                missed.push(format!("{name}: {text:?} is {found_kind:?}, not {kind}"));
            }
            if document.text.contains(text) {
                missed.push(format!("{name}: {text:?} is still in the text"));
            }
        }
        if let Some(title) = expected.get("title").and_then(toml::Value::as_str)
            && document.title.as_deref() != Some(title)
        {
            missed.push(format!("{name}: title {:?}", document.title));
        }
        if let Some(count) = expected.get("paragraphs").and_then(toml::Value::as_integer)
            && i64::try_from(article.blocks.len()).unwrap() != count
        {
            missed.push(format!("{name}: {} blocks", article.blocks.len()));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn the_same_page_comes_out_the_same_and_its_parts_hold_together() {
    let once = articles();
    assert_eq!(once, articles());
    assert!(once.len() >= 6);
    for entry in fs::read_dir(folder("body")).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        fuzz::html(&bytes);
        fuzz::text(&bytes);
    }
}
