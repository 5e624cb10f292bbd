//! `gold stories`: what the store makes of all articles together, against the stories and happenings of the corpus.

mod cluster;
mod happenings;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::Date;
use khabar_record::{Block, BlockKind, Record, TextRange};
use khabar_store::{DocumentKey, NewDocument, Store, StoredDocument};

use super::corpus::{Article, Corpus};
use super::file::Split;
use super::score::read_now;
use cluster::{Clusters, b_cubed};

/// What `gold stories` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct StoriesArgs {
    #[command(flatten)]
    corpus: super::CorpusArgs,
    /// Only this half of the corpus.
    #[arg(long, value_enum)]
    split: Option<Split>,
    /// Feed the gold's own records, so that only the grouping is measured and not the reading.
    #[arg(long)]
    gold_records: bool,
    /// Move every story to one and the same week: stories of one corpus lie years apart, those of an archive do not.
    #[arg(long)]
    one_week: bool,
    /// Print so many stories and happenings that are not as in the gold.
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Keep the store in this file.
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
}

/// Prints how near the store's stories and happenings come to the gold's.
pub(crate) fn run(args: &StoriesArgs) -> Result<ExitCode> {
    let corpus = Corpus::load(&args.corpus.corpus)?;
    let articles: Vec<&Article> = corpus
        .articles
        .iter()
        .filter(|article| args.split.is_none_or(|split| article.split == split))
        .collect();
    let mut records = read_now(&articles)?;
    if args.gold_records {
        for article in &articles {
            if let Some(record) = records.get_mut(&article.file.id) {
                *record = with_sentences(article.gold.record.clone(), &record.sentences);
            }
        }
    }
    if args.one_week {
        move_to_one_week(&articles, &mut records)?;
    }
    let folder = tempfile::tempdir()?;
    let path = args.db.clone().unwrap_or_else(|| folder.path().join("gold.db"));
    let store = fill(&path, records)?;
    let mut found = BTreeMap::new();
    for article in &articles {
        let stored = store.document(key(&article.file.id))?.context("a document is lost")?;
        found.insert(article.file.id.clone(), stored);
    }
    let mut out = io::stdout().lock();
    stories(&articles, &found, args.errors, &mut out)?;
    happenings::score(&articles, &found, &store, args.errors, &mut out)?;
    Ok(ExitCode::SUCCESS)
}

fn key(id: &str) -> DocumentKey {
    DocumentKey::of([id.as_bytes()])
}

fn fill(path: &std::path::Path, records: BTreeMap<String, Record>) -> Result<Store> {
    let mut store = Store::create(path)?;
    let documents = records.into_iter().map(|(id, record)| {
        let range = TextRange::of(&record.document.text);
        let blocks = vec![Block { range, kind: BlockKind::Paragraph }];
        NewDocument { key: key(&id), reader: 1, record, blocks }
    });
    store.add(documents)?;
    store.settle(|_| ())?;
    Ok(store)
}

/// The gold names the words of its events and no clauses; their sentences stand in for these.
fn with_sentences(mut gold: Record, sentences: &[TextRange]) -> Record {
    gold.sentences = sentences.to_vec();
    for event in &mut gold.events {
        let around = sentences.iter().find(|range| range.contains_range(event.trigger));
        event.span = around.copied().unwrap_or(event.span);
    }
    gold
}

/// The first article of each story comes out on one day; what the texts say of dates stays.
fn move_to_one_week(articles: &[&Article], records: &mut BTreeMap<String, Record>) -> Result<()> {
    let mut firsts: BTreeMap<&str, Date> = BTreeMap::new();
    for article in articles {
        let day = article.file.published;
        firsts.entry(&article.story).and_modify(|first| *first = day.min(*first)).or_insert(day);
    }
    let monday: Date = "2020-01-06".parse()?;
    for article in articles {
        let days = firsts[article.story.as_str()].until(article.file.published)?.get_days();
        if let Some(record) = records.get_mut(&article.file.id) {
            record.document.published = Some(monday.checked_add(days.days())?);
        }
    }
    Ok(())
}

fn stories(
    articles: &[&Article],
    found: &BTreeMap<String, StoredDocument>,
    errors: usize,
    out: &mut impl Write,
) -> Result<()> {
    let mut clusters = Clusters::default();
    for article in articles {
        let id = &article.file.id;
        let story = found[id].story.clone().unwrap_or_else(|| found[id].key.to_string());
        clusters.add(id.clone(), article.story.clone(), story);
    }
    let (p, r, f) = b_cubed(&clusters);
    let (gold, ours) = clusters.counts();
    writeln!(out, "{} articles, {gold} stories; {ours} found", articles.len())?;
    writeln!(out, "stories            B³ P {p:.3} R {r:.3} F1 {f:.3}")?;
    for line in clusters.differences().into_iter().take(errors) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}
