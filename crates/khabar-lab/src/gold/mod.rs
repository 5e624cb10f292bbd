//! khabar-gold, the corpus that measures every reader: checking it, reading it, comparing its two annotations, and
//! scoring the reader against it.
//!
//! The way through: [`mod@file`] is the shape of the files, [`anchor`] finds the words that a row names, [`compile`] makes a
//! record of an annotation, [`measure`] holds two records against each other, and the rest prints.

mod ablation;
mod agree;
mod anchor;
pub(crate) mod answered;
mod check;
mod compile;
mod corpus;
mod figure;
mod file;
mod labelled;
mod measure;
mod page;
mod plover;
mod report;
mod score;
mod show;
mod stories;
mod style;
#[cfg(test)]
mod tests;
mod texts;
pub(crate) mod words;

pub(crate) use labelled::{
    Labelled, passages as labelled_passages, sentences as labelled_sentences,
    statements as labelled_statements,
};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use khabar_lang::Analyzer;
use khabar_read::Reader;
use khabar_record::{Block, OriginKind, Record};

use figure::Layer;
use file::Split;

/// What `khabar-lab gold` takes.
#[derive(Debug, Args)]
pub(crate) struct GoldArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compile every annotation and tell all that does not fit; then count.
    Check {
        #[command(flatten)]
        corpus: CorpusArgs,
        /// Also tell where an annotation departs from the guidelines in a way that a program can see.
        #[arg(long)]
        style: bool,
    },
    /// Print an article with its layers, for reading.
    Show {
        /// An article, or a second annotation.
        file: PathBuf,
        /// Only these layers.
        #[arg(long, value_enum, value_delimiter = ',')]
        layer: Vec<Layer>,
    },
    /// Compare the second annotation with the first.
    Agree {
        #[command(flatten)]
        choice: Choice,
    },
    /// Read the statements without one aid after the other, and print what each gives and how fast the statements are read.
    Ablation {
        #[command(flatten)]
        choice: Choice,
    },
    /// Read the articles and compare what was read with the gold.
    Score {
        #[command(flatten)]
        choice: Choice,
        /// Take records (khabar-record/1, a line each) from this file rather than reading the articles now.
        #[arg(long, value_name = "FILE")]
        records: Option<PathBuf>,
        /// Take this list of what reasons weigh, of the language chosen by --lang, in place of the built-in one.
        #[arg(long, value_name = "FILE", requires = "lang")]
        weights: Option<PathBuf>,
        /// Take these weights of the parties of events, of the language chosen by --lang, in place of the built-in ones.
        #[arg(long, value_name = "FILE", requires = "lang")]
        parties: Option<PathBuf>,
    },
    /// Put the articles into a store and compare its stories and happenings with the gold's.
    Stories(stories::StoriesArgs),
}

/// Where the corpus is.
#[derive(Debug, Args)]
struct CorpusArgs {
    /// The folder of the corpus.
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
}

/// Which articles to compare, and how much to tell.
#[derive(Debug, Args)]
struct Choice {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// Only these layers.
    #[arg(long, value_enum, value_delimiter = ',')]
    layer: Vec<Layer>,
    /// Only this half of the corpus.
    #[arg(long, value_enum)]
    split: Option<Split>,
    /// Only articles in this language (ar or en).
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Only articles whose id begins with this.
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// Print so many differences, from the articles with the most.
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
}

/// Reads the annotations of a corpus as records, each with whether its story is open to learning from.
pub(crate) fn records(root: &Path) -> Result<Vec<(Record, bool)>> {
    let corpus = corpus::Corpus::load(root)?;
    let articles = corpus.articles.into_iter();
    Ok(articles.map(|article| (article.gold.record, article.split == Split::Open)).collect())
}

/// Reads the articles of a corpus as khabar reads them, each with the layout of its text.
pub(crate) fn read(
    root: &Path,
    analyzer: &Analyzer,
    reader: &Reader,
) -> Result<Vec<(Record, Vec<Block>)>> {
    let corpus = corpus::Corpus::load(root)?;
    corpus.articles.iter().map(|article| score::read_article(article, analyzer, reader)).collect()
}

/// Reads the annotations that are open to learning from, each with its story.
pub(crate) fn lessons(root: &Path) -> Result<Vec<(String, Record)>> {
    let articles = corpus::lessons(root)?.into_iter();
    Ok(articles.map(|article| (article.story, article.gold.record)).collect())
}

/// Articles that the corpus marks as taken over from another outlet, or from the same agency as another one in the same
/// language, each with that one.
pub(crate) fn republished(root: &Path) -> Result<Vec<(String, String)>> {
    let corpus = corpus::Corpus::load(root)?;
    let mut pairs = Vec::new();
    for article in &corpus.articles {
        let origin = &article.file.origin;
        if !matches!(origin.kind, OriginKind::Republished | OriginKind::Wire) {
            continue;
        }
        pairs.extend(
            corpus
                .articles
                .iter()
                .filter(|other| other.story == article.story)
                .filter(|other| other.file.language == article.file.language)
                .filter(|other| {
                    other.file.outlet == origin.outlet || other.file.origin.outlet == origin.outlet
                })
                .filter(|other| other.file.id != article.file.id)
                .map(|other| (article.file.id.clone(), other.file.id.clone())),
        );
    }
    Ok(pairs)
}

/// Runs `khabar-lab gold`. The exit status is 1 when the corpus has faults.
pub(crate) fn run(args: GoldArgs) -> Result<ExitCode> {
    let outcome = match args.command {
        Command::Check { corpus, style } => check::run(&corpus.corpus, style),
        Command::Show { file, layer } => show::run(&file, &layer),
        Command::Agree { choice } => agree::run(&choice),
        Command::Stories(args) => stories::run(&args),
        Command::Ablation { choice } => ablation::run(&choice),
        Command::Score { choice, records, weights, parties } => {
            score::run(&choice, records.as_deref(), weights.as_deref(), parties.as_deref())
        }
    };
    outcome.or_else(|error| {
        // A reader that has seen enough (`… | head`) is no failure.
        let closed = error
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe);
        if closed { Ok(ExitCode::SUCCESS) } else { Err(error) }
    })
}
