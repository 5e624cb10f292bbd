//! `khabar-lab train follow` and `eval coreference`: whom pronouns, bare verbs and descriptions mean.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_read::names::reasons::What;

use super::learning;
use super::train::parse_language;
use crate::folds::Folds;
use crate::learn::Settings;
use crate::names::coreference::{self, Scores};
use crate::names::lessons::{self, Question};
use crate::names::weigh::{self, Learnt, Score};

/// The kinds of decisions whose weights are learnt.
const DECISIONS: [What; 4] = [What::Pronoun, What::Ending, What::Noun, What::Part];
/// How likely somebody must be to be chosen, of which the best is taken.
const LEAST: [f32; 9] = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65];

/// Learn what reasons weigh by which pronouns and descriptions are given to somebody.
#[derive(clap::Args)]
pub(crate) struct Train {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// The folder of the gold corpus; its open half is learnt from.
    #[arg(long)]
    gold: PathBuf,
    /// What a question of the gold's articles in the other language counts.
    #[arg(long, default_value_t = 0.0)]
    other_weight: f32,
    /// A file of GUM to learn from too.
    #[arg(long)]
    gum: Option<PathBuf>,
    /// What a question of GUM counts beside one of the gold.
    #[arg(long, default_value_t = 0.2)]
    gum_weight: f32,
    /// How often the texts are read again with what was learnt.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    #[arg(long, default_value_t = 12)]
    epochs: usize,
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// How strongly weights are drawn to zero.
    #[arg(long, default_value_t = 0.003)]
    decay: f32,
    /// The parts that the stories are cut into to score weights on what they were not learnt from.
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// Where the list of weights is written.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Score who is who against GUM's coreference.
#[derive(clap::Args)]
pub(crate) struct Eval {
    /// A file of GUM with its entities.
    file: PathBuf,
}

pub(crate) fn train(arguments: &Train) -> Result<()> {
    let settings =
        Settings { epochs: arguments.epochs, rate: arguments.rate, decay: arguments.decay };
    let analyzer = Analyzer::new().context("the language models")?;
    let mut reader = Reader::new();
    let mut texts = lessons::articles(&arguments.gold, arguments.lang, 1.0)?;
    if arguments.other_weight > 0.0 {
        for other in Language::ALL.into_iter().filter(|&other| other != arguments.lang) {
            texts.extend(lessons::articles(&arguments.gold, other, arguments.other_weight)?);
        }
    }
    if let Some(path) = &arguments.gum {
        texts.extend(lessons::gum(path, arguments.gum_weight)?);
    }
    let mut list = String::new();
    for round in 0..arguments.rounds.max(1) {
        let questions = lessons::questions(&texts, &analyzer, &reader, arguments.lang);
        list.clear();
        for what in DECISIONS {
            let least = least(&questions, what, settings, arguments.folds, round);
            let all: Vec<&Question> = questions.iter().collect();
            let learnt = weigh::learn(&all, what, settings);
            reader.set_weights(arguments.lang, what, weigh::weights(&learnt, least));
            write_rows(&mut list, what, least, &learnt)?;
        }
    }
    if let Some(out) = &arguments.out {
        let head = "# What reasons weigh by which pronouns, bare verbs and descriptions are given to somebody, learnt by \
                    `khabar-lab train follow`.\ndecision\tabout\tseen\tweight\n";
        learning::write(out, format!("{head}{list}"))?;
    }
    Ok(())
}

/// How likely somebody must be, the best on parts that were not learnt from; prints the scores.
fn least(
    questions: &[Question],
    what: What,
    settings: Settings,
    folds: usize,
    round: usize,
) -> f32 {
    let folds = Folds::new(questions.iter().map(|question| question.story.as_str()), folds.max(2));
    let mut scores = [Score::default(); LEAST.len()];
    for (held, learnt) in folds.split(questions, |question| &question.story) {
        let held: Vec<&Question> = held.into_iter().filter(|question| question.measured).collect();
        let learnt = weigh::learn(&learnt, what, settings);
        for (score, least) in scores.iter_mut().zip(LEAST) {
            weigh::score(&held, what, &weigh::weights(&learnt, least), score);
        }
    }
    let best = (0..LEAST.len()).max_by(|&a, &b| scores[a].f1().total_cmp(&scores[b].f1()));
    let best = best.unwrap_or_default();
    let Score { made, right, all } = scores[best];
    println!(
        "round {round} {}: P {:.3} R {:.3} F1 {:.3} (n {all}) when {} likely",
        what.as_str(),
        right / made.max(1.0),
        right / all.max(1.0),
        scores[best].f1(),
        LEAST[best]
    );
    LEAST[best]
}

fn write_rows(list: &mut String, what: What, least: f32, learnt: &Learnt) -> Result<()> {
    let decision = what.as_str();
    writeln!(list, "{decision}\tleast\t\t{least}")?;
    for ((about, seen), weight) in learnt {
        if weight.abs() >= 0.01 {
            writeln!(list, "{decision}\t{about}\t{seen}\t{weight:.3}")?;
        }
    }
    Ok(())
}

pub(crate) fn eval(arguments: &Eval) -> Result<()> {
    let measured = coreference::score(&arguments.file)?;
    println!(
        "{} documents, {} mentions of persons, places and organizations, {} of them found",
        measured.documents, measured.mentions, measured.found
    );
    print_scores("khabar", &measured.reader);
    print_scores("same head, pronoun to the mention before", &measured.baseline);
    Ok(())
}

fn print_scores(name: &str, scores: &Scores) {
    println!("{name}");
    println!("  B3, all mentions   {}", scores.all.render());
    println!("  B3, pronouns       {}", scores.pronouns.render());
    println!("  B3, nouns          {}", scores.nouns.render());
    println!("  LEA, all mentions  {}", scores.lea.render());
}
