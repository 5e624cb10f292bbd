//! `khabar-lab train answers`: which claim a statement answers.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Result;
use khabar_lang::Language;
use khabar_read::names::reasons::{What, Who};

use super::learning;
use crate::folds::Folds;
use crate::gold::answered::{self, Answered};
use crate::learn::Settings;
use crate::names::lessons::Question;
use crate::names::weigh::{self, Score};

/// How likely a claim must be, of which the best is taken.
const LEAST: [f32; 8] = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6];

/// Learn what reasons weigh by which a statement is taken to answer another, for both languages together.
#[derive(clap::Args)]
pub(crate) struct Train {
    /// The folder of the gold corpus; its open half is learnt from.
    #[arg(long, default_value = "corpus")]
    gold: PathBuf,
    /// A table of Arabic passages with marked answers.
    #[arg(long)]
    arabic: Vec<PathBuf>,
    /// A table of English passages with marked answers.
    #[arg(long)]
    english: Vec<PathBuf>,
    /// What a question of a passage counts beside one of an article.
    #[arg(long, default_value_t = 0.3)]
    passage_weight: f32,
    #[arg(long, default_value_t = 40)]
    epochs: usize,
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// How strongly weights are drawn to zero.
    #[arg(long, default_value_t = 0.01)]
    decay: f32,
    /// The parts that the stories are cut into to score weights on what they were not learnt from.
    #[arg(long, default_value_t = 6)]
    folds: usize,
    /// Print the questions of articles that are answered wrongly.
    #[arg(long)]
    errors: bool,
    /// Where the list of weights is written.
    #[arg(long)]
    out: Option<PathBuf>,
}

pub(crate) fn train(arguments: &Train) -> Result<()> {
    let settings =
        Settings { epochs: arguments.epochs, rate: arguments.rate, decay: arguments.decay };
    let mut questions: Vec<Question> = Vec::new();
    let mut wanted = 0;
    let mut take = |found: Answered, articles: bool| {
        if articles {
            wanted += found.answers;
        }
        questions.extend(found.questions);
    };
    for language in Language::ALL {
        let found = answered::articles(&arguments.gold, language)?;
        println!(
            "{}: {} questions of articles, {} of them answered; {} answers",
            language.code(),
            found.questions.len(),
            found.questions.iter().filter(|question| question.meant).count(),
            found.answers
        );
        take(found, true);
        let paths = match language {
            Language::Arabic => &arguments.arabic,
            Language::English => &arguments.english,
        };
        for path in paths {
            let found = answered::passages(path, language, arguments.passage_weight)?;
            println!(
                "{} questions, {} of them answered",
                found.questions.len(),
                found.questions.iter().filter(|question| question.meant).count()
            );
            take(found, false);
        }
    }
    let answered = questions.iter().filter(|question| question.passage && question.meant).count();
    let of_articles = folds(&questions, false, arguments, settings);
    let of_passages = folds(&questions, true, arguments, settings);
    print("articles", &of_articles, wanted);
    print("passages", &of_passages, answered);
    let both = |at: usize| f1(of_articles[at], wanted) + f1(of_passages[at], answered) / 2.0;
    // Of bounds that do about as well the highest: a wrong answer costs a reader more than one that is not seen.
    let all: Vec<f64> = (0..LEAST.len()).map(both).collect();
    let most = all.iter().copied().fold(0.0, f64::max);
    let best = all.iter().rposition(|one| *one >= most - ABOUT);
    let least = LEAST[best.unwrap_or_default()];
    println!("least {least}");
    if let Some(out) = &arguments.out {
        let learnt = weigh::learn(&questions.iter().collect::<Vec<_>>(), What::Claim, settings);
        let mut list = String::from(
            "# What reasons weigh by which a statement is taken to answer another, learnt by `khabar-lab train answers`.\ndecision\tabout\tseen\tweight\n",
        );
        writeln!(list, "claim\tleast\t\t{least}")?;
        for ((about, seen), weight) in &learnt {
            if weight.abs() >= 0.01 {
                writeln!(list, "claim\t{about}\t{seen}\t{weight:.3}")?;
            }
        }
        learning::write(out, list)?;
    }
    Ok(())
}

/// By how much the bound that is taken may do worse than the best.
const ABOUT: f64 = 0.01;

/// The scores of articles or passages by weights that were learnt from other stories, for each bound.
fn folds(
    questions: &[Question],
    of_passages: bool,
    arguments: &Train,
    settings: Settings,
) -> [Score; LEAST.len()] {
    let stories = questions.iter().map(|question| question.story.as_str());
    let folds = Folds::new(stories, arguments.folds.max(2));
    let mut scores = [Score::default(); LEAST.len()];
    for (held, learnt) in folds.split(questions, |question| &question.story) {
        let held: Vec<&Question> = held
            .into_iter()
            .filter(|question| if of_passages { question.passage } else { question.measured })
            .collect();
        let learnt = weigh::learn(&learnt, What::Claim, settings);
        for (score, least) in scores.iter_mut().zip(LEAST) {
            weigh::score(&held, What::Claim, &weigh::weights(&learnt, least), score);
        }
        if arguments.errors && !of_passages {
            tell(&held, &learnt);
        }
    }
    scores
}

/// Prints the questions that are answered wrongly.
fn tell(held: &[&Question], learnt: &weigh::Learnt) {
    let weights = weigh::weights(learnt, 0.2);
    for question in held {
        let choices = &question.decision.choices;
        let chosen = weights.choose(choices);
        let is = |at: usize| matches!(choices[at].who, Who::Actor(id) if Some(id) == chosen);
        let best = (0..choices.len()).find(|&at| is(at)).unwrap_or(0);
        let Some(right) = question.right.iter().position(|&right| right) else { continue };
        if best == right || question.right[best] {
            continue;
        }
        let likely = weights.likely(choices);
        println!("{} {:?}", question.story, question.decision.span);
        for (name, at) in [("right", right), ("chosen", best)] {
            let reasons: Vec<String> = choices[at]
                .reasons
                .iter()
                .map(|r| format!("{}: {} {:.2}", r.about, r.seen, weights.of(r)))
                .collect();
            println!("  {name} {:?} {:.2} {}", choices[at].who, likely[at], reasons.join("; "));
        }
    }
}

fn f1(score: Score, wanted: usize) -> f64 {
    Score { all: wanted as f64, ..score }.f1()
}

fn print(name: &str, scores: &[Score; LEAST.len()], wanted: usize) {
    for (score, least) in scores.iter().zip(LEAST) {
        println!(
            "{name} when {least} likely: P {:.3} R {:.3} F1 {:.3} ({} of {wanted})",
            score.right / score.made.max(1.0),
            score.right / wanted.max(1) as f64,
            f1(*score, wanted),
            score.right
        );
    }
}
