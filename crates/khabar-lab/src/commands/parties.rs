//! `khabar-lab train parties`: what reasons weigh by which the parties of events are chosen.

use std::path::PathBuf;

use anyhow::{Context, Result};
use khabar_lang::Language;
use khabar_read::events::rank;

use super::train::parse_language;
use crate::events::parties::{self, Lesson};
use crate::events::weigh::{self, Score};
use crate::learn::Settings;

/// Learn what reasons weigh by which the parties of events are chosen.
#[derive(clap::Args)]
pub(crate) struct Train {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// The folder of the gold corpus; its open half is learnt from.
    #[arg(long)]
    gold: Option<PathBuf>,
    /// A table of sentences with marked triggers and parties.
    #[arg(long)]
    sentences: Vec<PathBuf>,
    /// What an event of an article counts beside one of a sentence.
    #[arg(long, default_value_t = 2.0)]
    article_weight: f32,
    #[arg(long, default_value_t = 12)]
    epochs: usize,
    #[arg(long, default_value_t = 0.03)]
    rate: f32,
    /// How strongly weights are drawn to zero.
    #[arg(long, default_value_t = 0.001)]
    decay: f32,
    /// The parts that the texts are cut into to score the weights on what they were not learnt from.
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// By how much nobody is to be likelier when the weights are scored.
    #[arg(long, default_value_t = 0.0)]
    doubt: f32,
    /// By how much whom the rules choose is to be likelier when the weights are scored.
    #[arg(long, default_value_t = rank::TRUST)]
    trust: f32,
    /// Print the events whose parties are chosen wrongly.
    #[arg(long)]
    errors: bool,
    /// Where the weights are written.
    #[arg(long)]
    out: Option<PathBuf>,
}

pub(crate) fn train(arguments: &Train) -> Result<()> {
    let mut all: Vec<Lesson> = Vec::new();
    if let Some(root) = &arguments.gold {
        all.extend(parties::articles(root, arguments.lang)?);
        println!("{} events of articles", all.len());
    }
    for path in &arguments.sentences {
        let found = parties::sentences(path, arguments.lang)?;
        println!("{} events of {}", found.len(), path.display());
        all.extend(found);
    }
    let settings =
        Settings { epochs: arguments.epochs, rate: arguments.rate, decay: arguments.decay };
    if arguments.folds > 1 {
        validate(arguments, &all, settings);
    }
    if let Some(out) = &arguments.out {
        let lessons: Vec<&Lesson> = all.iter().collect();
        let weights = weigh::learn(&lessons, arguments.article_weight, settings);
        std::fs::write(out, rank::write(&weights))
            .with_context(|| format!("writing {}", out.display()))?;
    }
    Ok(())
}

/// Scores weights on the texts that they were not learnt from, beside the rules alone.
fn validate(arguments: &Train, all: &[Lesson], settings: Settings) {
    let mut texts: Vec<&str> = all.iter().map(|lesson| lesson.text.as_str()).collect();
    texts.sort_unstable();
    texts.dedup();
    // By kind of text, by role: the rules and the weights.
    let mut scores = [[[Score::default(); 2]; 2]; 2];
    for fold in 0..arguments.folds {
        let is_held = |lesson: &&Lesson| {
            let at = texts.binary_search(&lesson.text.as_str()).unwrap_or_default();
            at % arguments.folds == fold
        };
        let (held, learnt): (Vec<&Lesson>, Vec<&Lesson>) = all.iter().partition(is_held);
        let weights = weigh::learn(&learnt, arguments.article_weight, settings);
        for lesson in held {
            let chosen = weigh::choose(lesson, &weights, arguments.doubt, arguments.trust);
            for role in 0..2 {
                let score = &mut scores[usize::from(lesson.is_article)][role];
                let before = score[1].whole;
                weigh::count(lesson, &lesson.question.ruled[role], role, &mut score[0]);
                weigh::count(lesson, &chosen[role], role, &mut score[1]);
                if arguments.errors && score[1].whole == before {
                    print_error(lesson, &chosen[role], role);
                }
            }
        }
    }
    for (text, scores) in ["sentences", "articles"].iter().zip(scores) {
        for (role, scores) in ["actor", "recipient"].iter().zip(scores) {
            for (way, score) in ["rules", "weights"].iter().zip(scores) {
                println!(
                    "{text} {role} {way}: P {:.3} R {:.3} F1 {:.3}, all right {:.3} of {}; {} of {} parties are candidates",
                    score.right as f64 / score.made.max(1) as f64,
                    score.right as f64 / score.all.max(1) as f64,
                    score.f1(),
                    score.whole as f64 / score.events.max(1) as f64,
                    score.events,
                    score.within,
                    score.all
                );
            }
        }
    }
}

fn print_error(lesson: &Lesson, chosen: &[usize], role: usize) {
    let words = |at: &usize| lesson.question.options[*at].word.as_str();
    let list = |chosen: &[usize]| chosen.iter().map(words).collect::<Vec<_>>().join(", ");
    let right: Vec<String> = lesson.parties[role].iter().map(|party| list(party)).collect();
    println!(
        "{} {}: right [{}] rules [{}] weights [{}] {}",
        ["actor", "recipient"][role],
        lesson.question.kind,
        right.join("; "),
        list(&lesson.question.ruled[role]),
        list(chosen),
        lesson.shown
    );
}
