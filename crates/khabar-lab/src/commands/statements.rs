//! `khabar-lab train statements`: the model that refuses rows which are no statements.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use khabar_lang::Language;

use super::learning;
use super::train::parse_language;
use crate::folds::Folds;
use crate::gold::{Labelled, labelled_passages, labelled_sentences, labelled_statements};

/// Rows less likely than one of these are refused; the best of them is taken.
const BOUNDS: [f64; 7] = [0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45];

/// Scores that differ by less are the same.
const AS_GOOD: f64 = 0.001;

/// Train the model of statements.
#[derive(clap::Args)]
pub(crate) struct Train {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// The folder of the gold corpus; its open half is learnt from.
    #[arg(long, default_value = "corpus")]
    gold: PathBuf,
    /// A table of sentences with marked statements.
    #[arg(long)]
    sentences: Vec<PathBuf>,
    /// A table of passages with marked answers.
    #[arg(long)]
    passages: Vec<PathBuf>,
    /// What a row of a sentence counts beside one of an article.
    #[arg(long, default_value_t = 1.0)]
    sentence_weight: f64,
    #[arg(long, default_value_t = 300)]
    epochs: usize,
    #[arg(long, default_value_t = 0.1)]
    rate: f64,
    /// How strongly weights are drawn to zero.
    #[arg(long, default_value_t = 0.02)]
    decay: f64,
    /// A feature that is seen less often is left out.
    #[arg(long, default_value_t = 3)]
    least: usize,
    /// The parts that the stories are cut into to score the model on what it has not learnt from.
    #[arg(long, default_value_t = 6)]
    folds: usize,
    /// Where the model is written.
    #[arg(long)]
    out: Option<PathBuf>,
}

pub(crate) fn train(arguments: &Train) -> Result<()> {
    let (mut rows, gold) = labelled_statements(&arguments.gold, arguments.lang)?;
    let judged = rows.iter().filter(|row| !row.features.is_empty()).count();
    println!("{} rows, {judged} of them with a cue, for {gold} statements", rows.len());
    for path in &arguments.sentences {
        rows.extend(labelled_sentences(path, arguments.lang, arguments.sentence_weight)?);
    }
    for path in &arguments.passages {
        rows.extend(labelled_passages(path, arguments.lang, arguments.sentence_weight)?);
    }
    let rows = rows;
    let folds = Folds::new(rows.iter().map(|row| row.story.as_str()), arguments.folds);
    let mut chances = vec![1.0; rows.len()];
    for fold in 0..arguments.folds {
        let held = |row: &Labelled| folds.of(&row.story) == fold;
        let learnt: Vec<&Labelled> = rows.iter().filter(|row| !held(row)).collect();
        let weights = fit(&learnt, arguments);
        for (chance, row) in chances.iter_mut().zip(&rows).filter(|(_, row)| held(row)) {
            if !row.features.is_empty() {
                *chance = likelihood(row, &weights);
            }
        }
    }
    let mut best = (0.0, 0.0);
    for bound in BOUNDS {
        let kept =
            rows.iter().zip(&chances).filter(|(row, chance)| row.measured && **chance >= bound);
        let (found, right) = kept
            .fold((0, 0), |(found, right), (row, _)| (found + 1, right + usize::from(row.right)));
        let (precision, recall) = (share(right, found), share(right, gold));
        let f1 = 2.0 * precision * recall / (precision + recall);
        // Of bounds that are as good the strictest: a missing row is better than a false one.
        if f1 + AS_GOOD > best.0 {
            best = (f1.max(best.0), bound);
        }
        println!(
            "bound {bound:.2}: content P {precision:.3} R {recall:.3} F1 {f1:.3} ({found} rows)"
        );
    }
    if let Some(out) = &arguments.out {
        let weights = fit(&rows.iter().collect::<Vec<_>>(), arguments);
        let mut table = String::from(
            "# Weights of the model that tells statements from other uses of their cues, learnt from the open half of the gold corpus and sentences of our own by `khabar-lab train statements`.\nfeature\tweight\n",
        );
        writeln!(table, "least\t{}", best.1)?;
        for (feature, weight) in weights.iter().filter(|(_, weight)| weight.abs() >= 0.02) {
            writeln!(table, "{feature}\t{weight:.2}")?;
        }
        learning::write(out, table)?;
    }
    Ok(())
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn likelihood(row: &Labelled, weights: &BTreeMap<&str, f64>) -> f64 {
    let sum: f64 = row.features.iter().filter_map(|feature| weights.get(feature.as_str())).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Logistic regression by steps over all rows at once, whose size falls with use.
fn fit<'r>(rows: &[&'r Labelled], arguments: &Train) -> BTreeMap<&'r str, f64> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in rows.iter().flat_map(|row| &row.features) {
        *counts.entry(feature.as_str()).or_default() += 1;
    }
    let names: Vec<&str> = counts
        .into_iter()
        .filter(|(_, count)| *count >= arguments.least)
        .map(|(name, _)| name)
        .collect();
    let places: BTreeMap<&str, usize> =
        names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let data: Vec<(Vec<usize>, f64, f64)> = rows
        .iter()
        .filter(|row| !row.features.is_empty())
        .map(|row| {
            let known = row.features.iter().filter_map(|name| places.get(name.as_str()).copied());
            (known.collect(), f64::from(u8::from(row.right)), row.weight)
        })
        .collect();
    let mut weights = vec![0.0_f64; names.len()];
    let mut used = vec![1e-3_f64; names.len()];
    for _ in 0..arguments.epochs {
        let mut gradient: Vec<f64> =
            weights.iter().map(|weight| weight * arguments.decay * data.len() as f64).collect();
        for (known, right, weight) in &data {
            let sum: f64 = known.iter().map(|&at| weights[at]).sum();
            let error = weight * (1.0 / (1.0 + (-sum).exp()) - right);
            for &at in known {
                gradient[at] += error;
            }
        }
        for (at, slope) in gradient.into_iter().enumerate() {
            used[at] += slope * slope;
            weights[at] -= arguments.rate * slope / used[at].sqrt();
        }
    }
    names.into_iter().zip(weights).collect()
}
