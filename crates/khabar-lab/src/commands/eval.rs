//! `khabar-lab eval`: the scores of the models, the speed and size of the store.

use super::train::parse_language;
use crate::treebank::{self, Sentence, evaluate::evaluate, score::Counts};
use anyhow::{Context, Result};
use clap::Subcommand;
use khabar_lang::{Analyzer, Language};
use std::path::{Path, PathBuf};

/// What is measured.
#[derive(Subcommand)]
pub(crate) enum What {
    /// The language layer against a treebank.
    Treebank(Treebank),
    /// The model of names on parts of corpora that it has not learnt from.
    Names(super::names::Eval),
    /// How far the lists of senses know the events of sentences.
    Senses(super::events::Coverage),
    /// Who is who, against the coreference of GUM, beside a baseline.
    Coreference(super::follow::Eval),
    /// Near-copies on a set made from the gold corpus.
    NearCopies(super::near_copies::Arguments),
    /// Whether searches find Arabic words in all their forms.
    Search(super::search::Arguments),
    /// The store: speed of adding and searching, size of the file.
    Store(super::store::Arguments),
}

/// Score the language layer against a treebank.
#[derive(clap::Args)]
pub(crate) struct Treebank {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// Predict sentences, tokens and words from the text, instead of taking them from the treebank.
    #[arg(long)]
    raw: bool,
    /// A model file to measure instead of the one compiled in.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Also print, on standard error, so many parts of speech that were taken for others.
    #[arg(long, default_value_t = 0)]
    confusions: usize,
    /// The treebank.
    file: PathBuf,
}

pub(crate) fn run(what: &What) -> Result<()> {
    match what {
        What::Treebank(arguments) => treebank(arguments),
        What::Names(arguments) => super::names::eval(arguments),
        What::Senses(arguments) => super::events::coverage(arguments),
        What::Coreference(arguments) => super::follow::eval(arguments),
        What::NearCopies(arguments) => super::near_copies::run(arguments),
        What::Search(arguments) => super::search::run(arguments),
        What::Store(arguments) => super::store::run(arguments),
    }
}

/// The built-in models, but for that of one language when a file of another is given.
pub(super) fn analyzer(language: Language, model: Option<&Path>) -> Result<Analyzer> {
    let analyzer = Analyzer::new()?;
    let Some(path) = model else { return Ok(analyzer) };
    let model = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(analyzer.with_model(language, &path.display().to_string(), &model)?)
}

fn treebank(arguments: &Treebank) -> Result<()> {
    let sentences = treebank::read(&arguments.file)?;
    let sentences: Vec<&Sentence> = sentences.iter().collect();
    let analyzer = analyzer(arguments.lang, arguments.model.as_deref())?;
    let evaluation = evaluate(&analyzer, arguments.lang, &sentences, arguments.raw);
    print_scores(&evaluation.counts, evaluation.words_per_s)?;
    print_confusions(&evaluation.counts, arguments.confusions);
    Ok(())
}

/// Prints the scores as one line of JSON.
#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub(crate) fn print_scores(counts: &Counts, words_per_s: f64) -> Result<()> {
    println!("{}", serde_json::to_string(&counts.scores(words_per_s))?);
    Ok(())
}

fn print_confusions(counts: &Counts, most: usize) {
    let mut confusions: Vec<_> = counts.confusions.iter().collect();
    confusions.sort_by_key(|&(_, &count)| std::cmp::Reverse(count));
    for ((gold, system), count) in confusions.into_iter().take(most) {
        eprintln!("{count:6} {gold} read as {system}");
    }
}
