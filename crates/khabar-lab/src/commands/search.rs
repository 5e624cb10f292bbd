//! `khabar-lab eval search`: whether a search finds Arabic words in every form.
//!
//! Each case is a text, a query that must find it and a word that must not. The texts of all cases stand in one store, so that
//! a query could find those of others as well. The first eight cases are those on which SQLite's own tokenisers fail.

use anyhow::{Context, Result};
use khabar_record::{
    Document, Entity, EntityId, EntityKind, Mention, MentionForm, Record, TextRange,
};
use khabar_store::{DocumentKey, Filter, NewDocument, Store};

/// Measure searches for Arabic words.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Print the cases that fail.
    #[arg(long)]
    errors: bool,
}

const CASES: &str = include_str!("../../../khabar-store/tests/cases/arabic_search.tsv");

/// The cases of SQLite's own tokenisers.
const FIRST: usize = 8;

/// A text, with what must find it and what must not.
struct Case<'c> {
    text: &'c str,
    query: &'c str,
    absent: &'c str,
    /// The name in the other script of what the text begins with, for names.
    other: Option<&'c str>,
}

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let cases = cases()?;
    let folder = tempfile::tempdir()?;
    let mut store = Store::create(folder.path().join("search.db"))?;
    store.add(cases.iter().enumerate().map(|(n, case)| document(n, case)))?;
    let find = |words: &str, n: usize| -> Result<bool> {
        let filter = Filter { words: words.to_owned(), ..Filter::default() };
        let hits = store.search(&filter, cases.len())?;
        Ok(hits.iter().any(|hit| hit.document.record.document.id == n.to_string()))
    };
    let (mut found, mut excluded, mut exclusive) = ([0; 2], 0, 0);
    for (n, case) in cases.iter().enumerate() {
        if find(case.query, n)? {
            found[usize::from(n >= FIRST)] += 1;
        } else if arguments.errors {
            eprintln!("{} does not find {}", case.query, case.text);
        }
        if !case.absent.is_empty() {
            exclusive += 1;
            if !find(case.absent, n)? {
                excluded += 1;
            } else if arguments.errors {
                eprintln!("{} finds {}", case.absent, case.text);
            }
        }
    }
    let report = serde_json::json!({
        "of_sqlite": format!("{} of {FIRST}", found[0]),
        "others": format!("{} of {}", found[1], cases.len() - FIRST),
        "not_found_by_another_word": format!("{excluded} of {exclusive}"),
    });
    println!("{report}");
    Ok(())
}

fn cases() -> Result<Vec<Case<'static>>> {
    CASES
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("text\t"))
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |n: usize| cells.get(n).copied().with_context(|| line.to_owned());
            Ok(Case {
                text: cell(0)?,
                query: cell(1)?,
                absent: cell(2)?,
                other: cells.get(4).copied().filter(|name| !name.is_empty()),
            })
        })
        .collect()
}

fn document(n: usize, case: &Case<'_>) -> NewDocument {
    let text = case.text.to_owned();
    let mut record = Record::new(Document {
        id: n.to_string(),
        language: Some("ar".to_owned()),
        ..Document::default()
    });
    record.sentences = vec![TextRange::of(&text)];
    if let Some((arabic, latin)) = case.other.and_then(|names| names.split_once(" = ")) {
        let names = [("ar", arabic), ("en", latin)];
        record.entities.push(Entity {
            id: EntityId(1),
            kind: EntityKind::Person,
            names: names.map(|(code, name)| (code.to_owned(), name.to_owned())).into(),
            country: None,
            sectors: Vec::new(),
            role: None,
            wikidata: None,
            geonames: None,
            lat: None,
            lon: None,
        });
        if let Some(start) = text.find(arabic) {
            let span = TextRange::new(start, start + arabic.len());
            record.mentions.push(Mention { entity: EntityId(1), span, form: MentionForm::Name });
        }
    }
    record.document.text = text;
    NewDocument {
        key: DocumentKey::of([n.to_le_bytes().as_slice()]),
        reader: 1,
        record,
        blocks: Vec::new(),
    }
}
