//! `gold score`: the reader against the gold.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use khabar_lang::{Analyzer, Language};
use khabar_page::{PageOptions, read_html};
use khabar_read::Reader;
use khabar_record::{Block, Record};

use super::Choice;
use super::corpus::{Article, Corpus};
use super::figure::{Figure, Key, Layer, Sheet};
use super::measure::compare;
use super::page;
use super::report::{Compared, chosen, render};
use super::texts::of_article;
use crate::records;

/// Prints how near the reader comes to the gold.
pub(crate) fn run(
    choice: &Choice,
    records: Option<&Path>,
    weights: Option<&Path>,
    parties: Option<&Path>,
) -> Result<ExitCode> {
    let corpus = Corpus::load(&choice.corpus.corpus)?;
    let articles = chosen(&corpus, choice);
    let asked = |layer| choice.layer.is_empty() || choice.layer.contains(&layer);
    let mut compared: Vec<Compared<'_>> =
        articles.iter().map(|article| Compared { article, sheet: Sheet::default() }).collect();
    if choice.layer != [Layer::Pages] {
        let found = match records {
            Some(path) => records::load(path)?,
            None => read_with(&articles, &reader(choice, weights, parties)?)?,
        };
        for one in &mut compared {
            one.sheet = compare(&one.article.gold, record_of(one.article, &found)?);
        }
    }
    if asked(Layer::Pages) && records.is_none() {
        for one in compared.iter_mut().filter(|one| one.article.html_path().exists()) {
            score_page(one.article, &mut one.sheet)?;
        }
    }
    let mut out = io::stdout().lock();
    writeln!(out, "The reader against the gold: {} articles\n", compared.len())?;
    out.write_all(render(&compared, choice).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the record of an article, provided that it is of the same text.
fn record_of<'r>(article: &Article, found: &'r BTreeMap<String, Record>) -> Result<&'r Record> {
    let id = &article.file.id;
    let record = found.get(id).with_context(|| format!("there is no record of {id}"))?;
    if record.document.text != article.file.text {
        bail!("the record of {id} is of another text; read with --as-is");
    }
    Ok(record)
}

/// Reads every article as clean text, with what is known about it.
pub(super) fn read_now(articles: &[&Article]) -> Result<BTreeMap<String, Record>> {
    read_with(articles, &Reader::new())
}

/// A reader with the built-in lists, but for those of weights when others are given.
fn reader(choice: &Choice, weights: Option<&Path>, parties: Option<&Path>) -> Result<Reader> {
    let mut reader = Reader::new();
    if let (Some(path), Some(code)) = (weights, &choice.lang) {
        let list = fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
        let language = Language::from_code(code).with_context(|| format!("the language {code}"))?;
        reader.set_weighing(language, &list).with_context(|| format!("{}", path.display()))?;
    }
    if let (Some(path), Some(code)) = (parties, &choice.lang) {
        let bytes = fs::read(path).with_context(|| format!("{}", path.display()))?;
        let language = Language::from_code(code).with_context(|| format!("the language {code}"))?;
        reader = reader
            .with_parties(language, bytes)
            .with_context(|| format!("{} has no weights", path.display()))?;
    }
    Ok(reader)
}

fn read_with(articles: &[&Article], reader: &Reader) -> Result<BTreeMap<String, Record>> {
    let analyzer = Analyzer::new().context("the language models")?;
    let (mut records, mut spent, mut words) = (BTreeMap::new(), Duration::ZERO, 0);
    for article in articles {
        let file = &article.file;
        let start = Instant::now();
        let (record, _) = read_article(article, &analyzer, reader)?;
        spent += start.elapsed();
        words += file.text.split_whitespace().count();
        records.insert(file.id.clone(), record);
    }
    eprintln!("{words} words read in {:.2} s", spent.as_secs_f64());
    Ok(records)
}

/// Reads the text of an article, with the layout that it has.
pub(super) fn read_article(
    article: &Article,
    analyzer: &Analyzer,
    reader: &Reader,
) -> Result<(Record, Vec<Block>)> {
    let (taken, language) = of_article(article)?;
    let blocks = taken.blocks.clone();
    let analysis = analyzer.analyze(&taken.document.text, language, &blocks);
    Ok((reader.read(taken, &analysis), blocks))
}

fn score_page(article: &Article, sheet: &mut Sheet) -> Result<()> {
    let path = article.html_path();
    let html = fs::read(&path).with_context(|| format!("{}", path.display()))?;
    let read = read_html(&html, &path.to_string_lossy(), &PageOptions::default())
        .map(|article| article.document)
        .unwrap_or_default();
    let file = &article.file;
    let overlap = page::body_overlap(&file.text, &read.text);
    let ratio = |of: u32| {
        if of == 0 { 0.0 } else { f64::from(overlap.shared) / f64::from(of) }
    };
    let found = f64::from(u8::from(!read.text.is_empty()));
    let body = Figure {
        found_right: ratio(overlap.read),
        found,
        gold_right: ratio(overlap.gold),
        gold: 1.0,
    };
    sheet.count(Key::Body, body);
    if body.prf().2 < 0.95 {
        sheet.differ(
            Key::Body,
            0,
            format!("≠ body: P {:.2} R {:.2}", body.found_right, body.gold_right),
        );
    }
    let title = read.title.unwrap_or_default();
    tell(sheet, Key::Title, page::same_words(&file.title, &title), &file.title, &title);
    tell(
        sheet,
        Key::Byline,
        page::same_people(&file.byline, &read.byline),
        &file.byline.join(", "),
        &read.byline.join(", "),
    );
    let published = read.published.map_or_else(|| "none".into(), |date| date.to_string());
    tell(
        sheet,
        Key::Published,
        read.published == Some(file.published),
        &file.published.to_string(),
        &published,
    );
    Ok(())
}

fn tell(sheet: &mut Sheet, key: Key, right: bool, gold: &str, read: &str) {
    sheet.share(key, right);
    if !right {
        let (gold, read) = (super::words::quote(gold, 70), super::words::quote(read, 70));
        sheet.differ(key, 0, format!("≠ {}: {gold} → {read}", key.name()));
    }
}
