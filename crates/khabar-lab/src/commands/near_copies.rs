//! `khabar-lab eval near-copies`: whether the store tells copies of an article from other articles on the same story.
//!
//! The set is made from the gold corpus. Every article is copied in the ways in which articles are: republished under another
//! title, trimmed to its first part, with its paragraphs in another order, with names spelt otherwise, with a few words
//! changed, and several of these at once. The other articles of its story, which tell the same of the same people, are what
//! must not be taken for copies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use khabar_record::{Block, BlockKind, Document, EntityKind, MentionForm, Record, TextRange};
use khabar_store::{DocumentKey, NewDocument, Store};

use crate::gold;
use crate::train::rng::Rng;

/// Measure near-copies on a set made from the gold corpus.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the corpus.
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
    /// Makes another set.
    #[arg(long, default_value_t = 11)]
    seed: u64,
    /// Print so many documents that were put into the wrong group.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

/// The ways of copying.
const WAYS: [&str; 6] = ["republished", "trimmed", "reordered", "respelt", "edited", "mixed"];

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let records = gold::records(&arguments.corpus)?;
    let mut rng = Rng::new(arguments.seed);
    // What the corpus itself marks as republished is a copy too.
    let mut original: BTreeMap<String, String> = BTreeMap::new();
    for (copy, of) in gold::republished(&arguments.corpus)? {
        let of = original.get(&of).cloned().unwrap_or(of);
        if of != copy {
            original.insert(copy, of);
        }
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("copies.db");
    let mut store = Store::create(&path)?;
    let mut origins: BTreeMap<String, String> = BTreeMap::new();
    for (record, _) in &records {
        let id = &record.document.id;
        let mut documents = vec![new(record.document.clone())];
        for way in WAYS {
            let mut document = record.document.clone();
            document.text = copy(record, way, &mut rng);
            document.title = Some(format!("{way}: {}", rng.next_u64()));
            document.id = format!("{id}+{way}");
            documents.push(new(document));
        }
        for document in &documents {
            origins.insert(document.key.to_string(), original.get(id).unwrap_or(id).clone());
        }
        store.add(documents)?;
    }
    store.settle(|_| ())?;
    drop(store);
    let groups = groups(&path, &origins)?;
    let mut report = score(&origins, &groups);
    let mut wrong = Vec::new();
    for (document, origin) in &origins {
        let group = &groups[document];
        if origins[group] != *origin {
            wrong.push(format!("{origin}: in the group of {}", origins[group]));
        }
    }
    report["documents"] = origins.len().into();
    println!("{report}");
    wrong.iter().take(arguments.errors).for_each(|line| println!("{line}"));
    Ok(())
}

fn new(document: Document) -> NewDocument {
    let key = DocumentKey::of([document.id.as_bytes()]);
    let blocks = vec![Block { range: TextRange::of(&document.text), kind: BlockKind::Paragraph }];
    NewDocument { key, reader: 1, record: Record::new(document), blocks }
}

/// The original of each document, itself where the store knows none.
fn groups(
    path: &std::path::Path,
    origins: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>> {
    let store = Store::open(path)?;
    let mut groups = BTreeMap::new();
    for document in origins.keys() {
        let key: DocumentKey = document.parse().context("a key")?;
        let original = store.original(key)?.map_or_else(|| document.clone(), |key| key.to_string());
        groups.insert(document.clone(), original);
    }
    Ok(groups)
}

/// Precision, recall and F1 over pairs of documents.
fn score(
    origins: &BTreeMap<String, String>,
    groups: &BTreeMap<String, String>,
) -> serde_json::Value {
    let (mut right, mut found, mut gold) = (0_u64, 0_u64, 0_u64);
    let documents: BTreeSet<&String> = origins.keys().collect();
    for one in &documents {
        for other in documents.range::<&String, _>(..*one) {
            let same = origins[*one] == origins[*other];
            let together = groups[*one] == groups[*other];
            right += u64::from(same && together);
            found += u64::from(together);
            gold += u64::from(same);
        }
    }
    let (p, r) = (right as f64 / found.max(1) as f64, right as f64 / gold.max(1) as f64);
    let round = |x: f64| (x * 1e4).round() / 1e4;
    serde_json::json!({
        "pairs": gold, "precision": round(p), "recall": round(r), "f1": round(2.0 * p * r / (p + r).max(f64::MIN_POSITIVE))
    })
}

fn copy(record: &Record, way: &str, rng: &mut Rng) -> String {
    let text = &record.document.text;
    match way {
        "trimmed" => trimmed(text, rng),
        "reordered" => reordered(text, rng),
        "respelt" => respelt(record, rng),
        "edited" => edited(text, 0.06, rng),
        "mixed" => edited(&trimmed(&reordered(&respelt(record, rng), rng), rng), 0.03, rng),
        _ => text.clone(),
    }
}

/// The first 35 to 80 per cent of the paragraphs, one at least.
fn trimmed(text: &str, rng: &mut Rng) -> String {
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let share = 0.35 + 0.45 * rng.unit();
    let kept = ((paragraphs.len() as f32 * share).ceil() as usize).max(1);
    paragraphs[..kept.min(paragraphs.len())].join("\n\n")
}

fn reordered(text: &str, rng: &mut Rng) -> String {
    let mut paragraphs: Vec<&str> = text.split("\n\n").collect();
    for n in (1..paragraphs.len()).rev() {
        paragraphs.swap(n, (rng.next_u64() % (n as u64 + 1)) as usize);
    }
    paragraphs.join("\n\n")
}

/// Every name of a person or place in another spelling, as another desk would transliterate it.
fn respelt(record: &Record, rng: &mut Rng) -> String {
    let text = &record.document.text;
    let kinds: BTreeMap<_, _> = record.entities.iter().map(|it| (it.id, it.kind)).collect();
    let mut spans: Vec<TextRange> = record
        .mentions
        .iter()
        .filter(|it| it.form == MentionForm::Name)
        .filter(|it| matches!(kinds.get(&it.entity), Some(EntityKind::Person | EntityKind::Place)))
        .map(|it| it.span)
        .collect();
    spans.sort_by_key(|span| span.start());
    let shift = rng.next_u64();
    let (mut out, mut done) = (String::new(), 0);
    for span in spans {
        let start = span.start().to_usize();
        if start >= done {
            out.push_str(&text[done..start]);
            out.extend(text[span].split_inclusive(' ').map(|word| spelt_otherwise(word, shift)));
            done = span.end().to_usize();
        }
    }
    out + &text[done..]
}

/// Doublings, vowels and related letters that transliterations waver between.
const SPELLINGS: [(&str, &str); 14] = [
    ("ou", "u"),
    ("oo", "u"),
    ("i", "ee"),
    ("e", "i"),
    ("u", "ou"),
    ("a", "e"),
    ("k", "q"),
    ("o", "u"),
    ("غ", "ج"),
    ("ي", "يي"),
    ("و", "وو"),
    ("ا", "ي"),
    ("س", "ص"),
    ("ك", "ق"),
];

fn spelt_otherwise(word: &str, shift: u64) -> String {
    let count = SPELLINGS.len();
    let turned = (0..count).map(|n| SPELLINGS[(n + shift as usize % count) % count]);
    for (from, to) in turned {
        if word.contains(from) && word.chars().count() > 3 {
            return word.replacen(from, to, 1);
        }
    }
    word.to_owned()
}

/// Some words are left out and some sentences begin otherwise.
fn edited(text: &str, share: f32, rng: &mut Rng) -> String {
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(|paragraph| {
            let words = paragraph.split(' ').filter_map(|word| {
                let chance = rng.unit();
                if chance < share / 2.0 {
                    None
                } else if chance < share {
                    Some(word.chars().rev().collect::<String>())
                } else {
                    Some(word.to_owned())
                }
            });
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    paragraphs.join("\n\n")
}
