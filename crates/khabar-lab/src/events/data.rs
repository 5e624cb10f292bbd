//! What the model of events learns from: the gold corpus' open half and sentences in our own words with one marked trigger.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_read::events::{Choice, Example};
use khabar_record::{Article, Document, Record, TextRange};

use super::table::{Table, unmark};
use crate::gold;

/// How far a candidate may stand from a gold trigger of its type, in bytes, to be taken for another word of the same act.
const NEAR: u32 = 60;

/// How much an example of a list counts beside a word of running text.
const EXAMPLE_WEIGHT: f32 = 0.3;

/// A candidate with the reading that is right.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    pub(crate) example: Example,
    /// The index of the right choice.
    pub(crate) right: usize,
    /// The text it is from, so that a text is never both learnt from and scored.
    pub(crate) text: usize,
    /// How much it counts.
    pub(crate) weight: f32,
}

/// An event as the data tell it: its type (none for a known non-event) and its trigger.
struct Marked {
    kind: Option<String>,
    trigger: TextRange,
}

/// Reads the articles of the gold corpus' open half.
pub(crate) fn articles(root: &Path, language: Language) -> Result<Vec<Labelled>> {
    let (analyzer, reader) = tools()?;
    let mut all = Vec::new();
    for (text, (_, record)) in gold::lessons(root)?.into_iter().enumerate() {
        if record.document.language.as_deref() != Some(language.code()) {
            continue;
        }
        let marked: Vec<Marked> = marked_in(&record);
        let examples = read(&analyzer, &reader, record.document, language);
        for example in examples {
            if let Some(right) = right_choice(&example, &marked) {
                all.push(Labelled { example, right, text, weight: 1.0 });
            }
        }
    }
    Ok(all)
}

/// A sentence in our own words with the triggers that are marked in it.
struct Sentence {
    id: String,
    text: String,
    marked: Vec<Marked>,
}

/// Reads a table of sentences, each with one trigger between ⟦ and ⟧. A sentence has a row for each of its events.
fn table_of_sentences(path: &Path) -> Result<Vec<Sentence>> {
    let table = Table::read(path)?;
    let mut found: Vec<Sentence> = Vec::new();
    for (number, cells) in table.rows(["id", "text", "type"])? {
        let [Some(id), Some(text), Some(kind)] = cells else {
            bail!("{}: cells are missing", table.place(number));
        };
        let (text, triggers) = unmark(text);
        if triggers.is_empty() {
            bail!("{}: no trigger is marked", table.place(number));
        }
        let kind = (kind != "-").then(|| kind.to_owned());
        let marked = triggers.into_iter().map(|trigger| Marked { kind: kind.clone(), trigger });
        match found.last_mut().filter(|last| last.id == id && last.text == text) {
            Some(last) => last.marked.extend(marked),
            None => {
                found.push(Sentence { id: id.to_owned(), text, marked: marked.collect() });
            }
        }
    }
    Ok(found)
}

/// Reads the candidates of a table of sentences; whatever no row marks is no event.
pub(crate) fn sentences(path: &Path, language: Language) -> Result<Vec<Labelled>> {
    let (analyzer, reader) = tools()?;
    let mut all = Vec::new();
    for (number, sentence) in table_of_sentences(path)?.into_iter().enumerate() {
        for example in read(&analyzer, &reader, document(sentence.text, language), language) {
            if let Some(right) = right_choice(&example, &sentence.marked) {
                all.push(Labelled { example, right, text: 10_000 + number, weight: 1.0 });
            }
        }
    }
    Ok(all)
}

/// How far the lists of senses know an event that is marked in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Known {
    /// No row has its word.
    NoWord,
    /// The word has rows, but none of the event's type.
    OtherTypes,
    /// A row of its type is there, but its conditions do not hold or another one goes before it.
    NotFirst,
    /// The lists take a row of its type.
    First,
}

/// Tells of each event that is marked in a table how far the lists know it, with its type, its word and its sentence.
pub(crate) fn coverage(
    path: &Path,
    language: Language,
) -> Result<Vec<(Known, String, String, String)>> {
    let (analyzer, reader) = tools()?;
    let mut all = Vec::new();
    for Sentence { text, marked, .. } in table_of_sentences(path)? {
        let examples = read(&analyzer, &reader, document(text.clone(), language), language);
        for Marked { kind, trigger } in &marked {
            let Some(kind) = kind else { continue };
            let at = examples.iter().filter(|example| example.trigger.overlaps(*trigger));
            let known = at
                .map(|example| match right_choice(example, &marked) {
                    None => Known::OtherTypes,
                    Some(right) if example.choices[right].first => Known::First,
                    Some(_) => Known::NotFirst,
                })
                .max();
            let known = known.unwrap_or(Known::NoWord);
            all.push((known, kind.clone(), text[*trigger].to_owned(), text.clone()));
        }
    }
    Ok(all)
}

/// Reads the examples of a list of senses: each shows the sense of its row, with less weight than running text has.
pub(crate) fn examples(path: &Path, language: Language) -> Result<Vec<Labelled>> {
    let (analyzer, reader) = tools()?;
    let table = Table::read(path)?;
    let mut all = Vec::new();
    for (number, cells) in table.rows(["id", "type", "example"])? {
        let [Some(id), Some(kind), Some(text)] = cells else { continue };
        if text.is_empty() {
            continue;
        }
        let document = document(text.to_owned(), language);
        let found = read(&analyzer, &reader, document, language).into_iter().find_map(|example| {
            let right = example.choices.iter().position(|choice| {
                choice.rule == id && choice.kind.as_deref().unwrap_or("-") == kind
            })?;
            Some((example, right))
        });
        if let Some((example, right)) = found {
            all.push(Labelled { example, right, text: 100_000 + number, weight: EXAMPLE_WEIGHT });
        }
    }
    Ok(all)
}

fn document(text: String, language: Language) -> Document {
    Document { text, language: Some(language.code().to_owned()), ..Document::default() }
}

/// What reads the texts.
pub(super) fn tools() -> Result<(Analyzer, Reader)> {
    Ok((Analyzer::new().context("the language models")?, Reader::new()))
}

fn read(
    analyzer: &Analyzer,
    reader: &Reader,
    document: Document,
    language: Language,
) -> Vec<Example> {
    let analysis = analyzer.analyze(&document.text, language, &[]);
    reader.event_examples(Article { document, blocks: Vec::new() }, &analysis)
}

fn marked_in(record: &Record) -> Vec<Marked> {
    let events = record.events.iter();
    events.map(|event| Marked { kind: Some(event.kind.clone()), trigger: event.trigger }).collect()
}

/// The choice that the data call right; none when they leave it open. Whatever is not marked is no event.
fn right_choice(example: &Example, marked: &[Marked]) -> Option<usize> {
    let find = |kind: Option<&str>| {
        example.choices.iter().position(|choice| choice.kind.as_deref() == kind)
    };
    if let Some(own) = marked.iter().find(|marked| marked.trigger.overlaps(example.trigger)) {
        let Some(kind) = own.kind.as_deref() else { return find(None) };
        // What is still to come is coded as agreement or threat, whatever the act is.
        return find(Some(kind)).or_else(|| match kind {
            "AGREE" => coming(&example.choices, &["CONSULT", "SUPPORT", "COOPERATE", "AID"]),
            "THREATEN" => coming(&example.choices, &["SANCTION", "COERCE", "ASSAULT", "PROTEST"]),
            "CONCEDE" => coming(&example.choices, &["RETREAT"]),
            _ => None,
        });
    }
    let kinds: BTreeSet<&str> =
        example.choices.iter().filter_map(|choice| choice.kind.as_deref()).collect();
    let same_act = marked.iter().any(|marked| {
        let gap = distance(marked.trigger, example.trigger);
        gap < NEAR && marked.kind.as_deref().is_some_and(|kind| kinds.contains(kind))
    });
    if same_act { None } else { find(None) }
}

fn coming(choices: &[Choice], kinds: &[&str]) -> Option<usize> {
    choices
        .iter()
        .position(|choice| choice.kind.as_deref().is_some_and(|kind| kinds.contains(&kind)))
}

pub(super) fn distance(a: TextRange, b: TextRange) -> u32 {
    let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
    second.start().to_u32().saturating_sub(first.end().to_u32())
}
