//! `khabar-lab crossval`: training and scoring on parts of one treebank in turn.

use super::eval::print_scores;
use super::train::{NetworkArguments, parse_language};
use crate::train::{model, words::Lists};
use crate::treebank::{self, Sentence, evaluate::evaluate, score::Counts};
use anyhow::Result;
use khabar_lang::{Analyzer, Language};
use std::path::PathBuf;

/// Train on all folds of a treebank but one and score that one, for each fold in turn.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// The number of folds; every so manieth sentence belongs to one.
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// Run only this many of the folds, for a quick look.
    #[arg(long)]
    only: Option<usize>,
    /// The treebank.
    #[arg(long)]
    treebank: PathBuf,
    /// A treebank that is learnt from in every fold.
    #[arg(long)]
    also: Vec<PathBuf>,
    #[command(flatten)]
    lists: Lists,
    #[command(flatten)]
    network: NetworkArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let sentences = treebank::read(&arguments.treebank)?;
    let mut also = Vec::new();
    for path in &arguments.also {
        also.extend(treebank::read(path)?);
    }
    let lexicon = arguments.lists.lexicon(arguments.lang)?;
    let exceptions = arguments.lists.exceptions()?;
    let settings = arguments.network.settings(arguments.lang);
    let mut totals = [Counts::default(), Counts::default()];
    let mut speeds = [0.0; 2];
    let folds = arguments.folds.max(2);
    let count = arguments.only.unwrap_or(folds).min(folds);
    for fold in 0..count {
        let is_held = |index: usize| index % folds == fold;
        let pick = |held: bool| {
            sentences
                .iter()
                .enumerate()
                .filter(move |&(index, _)| is_held(index) == held)
                .map(|(_, s)| s)
        };
        let train: Vec<&Sentence> = pick(false).chain(&also).collect();
        let test: Vec<&Sentence> = pick(true).collect();
        let bytes =
            model::train(arguments.lang, &train, &[], &lexicon, &exceptions, &settings, None)?;
        let analyzer = Analyzer::new()?.with_model(arguments.lang, "fold", &bytes)?;
        for (raw, (total, speed)) in
            [false, true].into_iter().zip(totals.iter_mut().zip(&mut speeds))
        {
            let evaluation = evaluate(&analyzer, arguments.lang, &test, raw);
            total.add(&evaluation.counts);
            *speed += evaluation.words_per_s / count as f64;
        }
    }
    eprintln!("the first line has gold words, the second raw text");
    for (total, speed) in totals.iter().zip(speeds) {
        print_scores(total, speed)?;
    }
    Ok(())
}
