//! `khabar-lab train events`: the model that tells senses of event words apart; `khabar-lab eval senses`: what the lists lack.

use std::path::PathBuf;

use anyhow::{Context, Result};
use khabar_lang::Language;

use super::train::parse_language;
use crate::events::data::{self, Known, Labelled};
use crate::events::train;
use crate::learn::Settings;

/// Train the model of events.
#[derive(clap::Args)]
pub(crate) struct Train {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// The folder of the gold corpus; its open half is learnt from.
    #[arg(long)]
    gold: Option<PathBuf>,
    /// A table of sentences with marked triggers.
    #[arg(long)]
    sentences: Vec<PathBuf>,
    /// A list of senses with examples.
    #[arg(long)]
    senses: Option<PathBuf>,
    #[arg(long, default_value_t = 12)]
    epochs: usize,
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// How strongly weights are drawn to zero.
    #[arg(long, default_value_t = 0.001)]
    decay: f32,
    /// The parts that the data are cut into to score the model on what it has not learnt from.
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// Where the model is written.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// How far the lists of senses know the events that are marked in sentences, and which words they lack.
///
/// The sentences are best new ones, written without a look at the lists.
#[derive(clap::Args)]
pub(crate) struct Coverage {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// Tables of sentences with marked triggers.
    #[arg(required = true)]
    sentences: Vec<PathBuf>,
    /// Also print each event that the lists do not read as they should.
    #[arg(long)]
    list: bool,
}

pub(crate) fn coverage(arguments: &Coverage) -> Result<()> {
    let mut all = Vec::new();
    for path in &arguments.sentences {
        all.extend(data::coverage(path, arguments.lang)?);
    }
    all.sort();
    for known in [Known::NoWord, Known::OtherTypes, Known::NotFirst, Known::First] {
        let count = all.iter().filter(|(other, ..)| *other == known).count();
        println!("{known:?}\t{count}\t{:.3}", count as f64 / all.len().max(1) as f64);
    }
    if arguments.list {
        for (known, kind, word, text) in all.iter().filter(|(known, ..)| *known != Known::First) {
            println!("{known:?}\t{kind}\t{word}\t{text}");
        }
    }
    Ok(())
}

pub(crate) fn train(arguments: &Train) -> Result<()> {
    let mut all: Vec<Labelled> = Vec::new();
    if let Some(root) = &arguments.gold {
        all.extend(data::articles(root, arguments.lang)?);
        println!("{} candidates from articles", all.len());
    }
    for path in &arguments.sentences {
        let found = data::sentences(path, arguments.lang)?;
        println!("{} candidates from {}", found.len(), path.display());
        all.extend(found);
    }
    if let Some(path) = &arguments.senses {
        let found = data::examples(path, arguments.lang)?;
        println!("{} examples from {}", found.len(), path.display());
        all.extend(found);
    }
    let settings =
        Settings { epochs: arguments.epochs, rate: arguments.rate, decay: arguments.decay };
    for fold in 0..arguments.folds {
        let (held, learnt): (Vec<&Labelled>, Vec<&Labelled>) =
            all.iter().partition(|one| one.text % arguments.folds == fold);
        let weights = train::train(&learnt, settings);
        for (name, part) in [("articles", false), ("sentences", true)] {
            let part: Vec<&Labelled> =
                held.iter().copied().filter(|one| (one.text >= 10_000) == part).collect();
            let score = train::score(&part, &weights);
            println!(
                "fold {fold} {name}: right {} of {}, by the lists {}; events found {} of {}, claimed {}",
                score.right, score.all, score.listed, score.hit, score.gold, score.claimed
            );
        }
    }
    if let Some(out) = &arguments.out {
        let weights = train::train(&all.iter().collect::<Vec<_>>(), settings);
        std::fs::write(out, khabar_read::events::write(&weights))
            .with_context(|| format!("writing {}", out.display()))?;
    }
    Ok(())
}
