//! `khabar-lab train parties`: what reasons weigh by which the parties of events are chosen.

use anyhow::Result;
use khabar_read::events::rank;

use super::learning::{self, Learning};
use crate::events::parties::{self, Lesson};
use crate::events::weigh::{self, Score};
use crate::folds::Folds;
use crate::learn::Settings;

/// Learn what reasons weigh by which the parties of events are chosen.
#[derive(clap::Args)]
pub(crate) struct Train {
    #[command(flatten)]
    learning: Learning,
    /// What an event of an article counts beside one of a sentence.
    #[arg(long, default_value_t = 2.0)]
    article_weight: f32,
    #[arg(long, default_value_t = 0.03)]
    rate: f32,
    /// By how much nobody is to be likelier when the weights are scored.
    #[arg(long, default_value_t = 0.0)]
    doubt: f32,
    /// By how much whom the rules choose is to be likelier when the weights are scored.
    #[arg(long, default_value_t = rank::TRUST)]
    trust: f32,
    /// Print the events whose parties are chosen wrongly.
    #[arg(long)]
    errors: bool,
}

pub(crate) fn train(arguments: &Train) -> Result<()> {
    let learning = &arguments.learning;
    let all = learning.lessons("events", parties::articles, parties::sentences)?;
    let settings = learning.settings(arguments.rate);
    if learning.folds > 1 {
        validate(arguments, &all, settings);
    }
    if let Some(out) = &learning.out {
        let lessons: Vec<&Lesson> = all.iter().collect();
        let weights = weigh::learn(&lessons, arguments.article_weight, settings);
        learning::write(out, rank::write(&weights))?;
    }
    Ok(())
}

/// Scores weights on the texts that they were not learnt from, beside the rules alone.
fn validate(arguments: &Train, all: &[Lesson], settings: Settings) {
    let folds = Folds::new(all.iter().map(|lesson| lesson.text.as_str()), arguments.learning.folds);
    // By kind of text, by role: the rules and the weights.
    let mut scores = [[[Score::default(); 2]; 2]; 2];
    for (held, learnt) in folds.split(all, |lesson| &lesson.text) {
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
