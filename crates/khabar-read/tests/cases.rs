//! Every file in `tests/cases/<language>/` and its `events/` is a test: texts in our own words and what must be read in them.
//!
//! A case has a `text` and any of these lists, each line of which must be met by some row of the record:
//! `entities` ("kind | words of a mention | country"), `statements` ("source | stance | words of the content"),
//! `answers` ("words of the answer | words of the claim that it answers"), `events` ("type | actor's country or words | recipient's country or words | status", the type with its mode as "TYPE/mode"), and `never` ("statement | words of a
//! content" or "event | words of a trigger"), which no row may meet. An empty cell is not looked at; "-" means none.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_record::{Article, Document, Party, Record, TextRange};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    #[serde(default)]
    entities: Vec<String>,
    #[serde(default)]
    statements: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    answers: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
}

fn read(text: &str, language: Language) -> Record {
    let document = Document {
        text: text.to_owned(),
        language: Some(language.code().to_owned()),
        ..Document::default()
    };
    let analysis = Analyzer::new().unwrap().analyze(text, language, &[]);
    Reader::new().read(Article { document, blocks: vec![] }, &analysis)
}

struct View<'r>(&'r Record);

impl View<'_> {
    fn words(&self, span: TextRange) -> &str {
        &self.0.document.text[span]
    }

    fn party(&self, party: &Party, wanted: &str) -> bool {
        let country = party.country.as_deref() == Some(wanted);
        let words = party.span.is_some_and(|span| self.words(span).contains(wanted));
        let named = party.entity.is_some_and(|id| {
            let entity = &self.0.entities[id.0 as usize - 1];
            entity.country.as_deref() == Some(wanted)
                || entity.names.values().any(|name| name.contains(wanted))
                || self.0.mentions.iter().any(|mention| {
                    mention.entity == entity.id && self.words(mention.span).contains(wanted)
                })
        });
        country || words || named
    }

    fn side(&self, parties: &[Party], wanted: &str) -> bool {
        match wanted {
            "" => true,
            "-" => parties.is_empty(),
            _ => parties.iter().any(|party| self.party(party, wanted)),
        }
    }

    fn entity(&self, [kind, words, country]: [&str; 3]) -> bool {
        self.0.entities.iter().any(|entity| {
            let code = serde_word(&entity.kind);
            let said =
                self.0.mentions.iter().any(|mention| {
                    mention.entity == entity.id && self.words(mention.span) == words
                });
            said && code == kind
                && (country.is_empty() || entity.country.as_deref() == Some(country))
        })
    }

    fn statement(&self, [source, stance, words]: [&str; 3]) -> bool {
        self.0.statements.iter().any(|statement| {
            let content: Vec<&str> =
                statement.content.iter().map(|&span| self.words(span)).collect();
            self.side(&statement.source, source)
                && (stance.is_empty() || serde_word(&statement.stance) == stance)
                && content.join(" … ") == words
        })
    }

    fn answer(&self, [answer, claim]: [&str; 2]) -> bool {
        let content = |statement: &khabar_record::Statement<TextRange>| -> String {
            let words: Vec<&str> = statement.content.iter().map(|&span| self.words(span)).collect();
            words.join(" … ")
        };
        self.0.statements.iter().any(|statement| {
            content(statement) == answer
                && self
                    .0
                    .statements
                    .iter()
                    .any(|other| statement.answers == Some(other.id) && content(other) == claim)
        })
    }

    fn event(&self, [kind, actor, recipient, status]: [&str; 4]) -> bool {
        self.0.events.iter().any(|event| {
            let mode = event.mode.as_deref().unwrap_or_default();
            kind.split_once('/').map_or(event.kind == kind, |both| both == (&event.kind, mode))
                && self.side(&event.actors, actor)
                && self.side(&event.recipients, recipient)
                && (status.is_empty() || serde_word(&event.status) == status)
        })
    }

    fn never(&self, [what, words]: [&str; 2]) -> bool {
        match what {
            "statement" => {
                let contents = self.0.statements.iter().flat_map(|statement| &statement.content);
                contents.into_iter().any(|&span| self.words(span).contains(words))
            }
            "event" => self.0.events.iter().any(|event| self.words(event.trigger) == words),
            _ => panic!("what is {what:?}?"),
        }
    }
}

/// The name of a unit variant as it stands in JSON.
fn serde_word(value: &impl serde::Serialize) -> String {
    let toml = toml::Value::try_from(BTreeMap::from([("value", value)])).unwrap();
    toml["value"].as_str().unwrap().to_owned()
}

fn cells<const N: usize>(line: &str) -> [&str; N] {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    cells.try_into().unwrap_or_else(|_| panic!("{N} cells wanted: {line}"))
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut faults = Vec::new();
    let mut count = 0;
    for language in Language::ALL {
        let own = folder.join(language.code());
        let mut files: Vec<_> = [own.clone(), own.join("events")]
            .iter()
            .flat_map(|folder| fs::read_dir(folder).unwrap())
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .collect();
        files.sort();
        for path in files {
            let file: File = toml::from_str(&fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            for case in file.case {
                count += 1;
                let record = read(&case.text, language);
                // It panics when a span lies outside the text or cuts a character.
                let _ = record.clone().into_code_points();
                let view = View(&record);
                let mut check = |met: bool, line: &str| {
                    if !met {
                        faults.push(format!("{line}\n    in {}\n    {record:?}", case.text));
                    }
                };
                case.entities.iter().for_each(|line| check(view.entity(cells(line)), line));
                case.statements.iter().for_each(|line| check(view.statement(cells(line)), line));
                case.events.iter().for_each(|line| check(view.event(cells(line)), line));
                case.answers.iter().for_each(|line| check(view.answer(cells(line)), line));
                case.never.iter().for_each(|line| check(!view.never(cells(line)), line));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(count > 20, "only {count} cases were found");
}
