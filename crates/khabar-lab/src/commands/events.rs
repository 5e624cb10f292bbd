//! `khabar-lab train events`: the model that tells senses of event words apart; `khabar-lab eval senses`: what the lists lack.

use std::path::PathBuf;

use anyhow::Result;
use khabar_lang::Language;

use super::learning::{self, Learning};
use super::train::parse_language;
use crate::events::data::{self, Known, Labelled};
use crate::events::train;

/// Train the model of events.
#[derive(clap::Args)]
pub(crate) struct Train {
    #[command(flatten)]
    learning: Learning,
    /// A list of senses with examples.
    #[arg(long)]
    senses: Option<PathBuf>,
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
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
    let learning = &arguments.learning;
    let mut all = learning.lessons("candidates", data::articles, data::sentences)?;
    if let Some(path) = &arguments.senses {
        all.extend(learning.of_table("examples", path, data::examples)?);
    }
    let settings = learning.settings(arguments.rate);
    for fold in 0..learning.folds {
        let (held, learnt): (Vec<&Labelled>, Vec<&Labelled>) =
            all.iter().partition(|one| one.text % learning.folds == fold);
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
    if let Some(out) = &learning.out {
        let weights = train::train(&all.iter().collect::<Vec<_>>(), settings);
        learning::write(out, khabar_read::events::write(&weights))?;
    }
    Ok(())
}
