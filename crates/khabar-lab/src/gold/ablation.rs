//! `gold ablation`: what each aid of the reader of statements gives, and how fast it reads.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use khabar_lang::Analyzer;
use khabar_read::{Aid, Reader};

use super::Choice;
use super::corpus::Corpus;
use super::figure::{Key, Sheet};
use super::measure::compare;
use super::report::chosen;
use super::texts::of_article;

/// What is left out, and its name in the table.
const ROWS: [(&str, Option<Aid>); 5] = [
    ("whole", None),
    ("without trees", Some(Aid::Tree)),
    ("without the order of words", Some(Aid::Order)),
    ("without coreference", Some(Aid::Coreference)),
    ("without the trained model", Some(Aid::Trained)),
];

/// How often each article is read; the fastest time counts.
const ROUNDS: usize = 5;

/// Prints the figures of the statements, whole and without one aid after the other.
pub(crate) fn run(choice: &Choice) -> Result<ExitCode> {
    let corpus = Corpus::load(&choice.corpus.corpus)?;
    let articles = chosen(&corpus, choice);
    let analyzer = Analyzer::new().context("the language models")?;
    let reader = Reader::new();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:28} {:>6} {:>6} {:>6} {:>8} {:>7} {:>7} {:>10}",
        "statements", "P", "R", "F1", "content", "source", "chain", "words/s"
    )?;
    for (name, without) in ROWS {
        let (mut sheet, mut spent, mut words) = (Sheet::default(), Duration::ZERO, 0);
        for article in &articles {
            words += article.file.text.split_whitespace().count();
            let mut fastest = Duration::MAX;
            for round in 0..ROUNDS {
                let (taken, language) = of_article(article)?;
                let analysis = analyzer.analyze(&taken.document.text, language, &taken.blocks);
                let draft = reader.draft(taken, &analysis);
                let start = Instant::now();
                let record = reader.with_statements(draft, &analysis, without);
                fastest = fastest.min(start.elapsed());
                if round == 0 {
                    sheet.add(&compare(&article.gold, &record));
                }
            }
            spent += fastest;
        }
        let (precision, recall, f1) = sheet.figure(Key::Relation).prf();
        let share = |key| {
            let figure = sheet.figure(key);
            figure.gold_right / figure.gold.max(1.0)
        };
        writeln!(
            out,
            "{name:28} {precision:6.3} {recall:6.3} {f1:6.3} {:8.3} {:7.3} {:7.3} {:10.0}",
            sheet.figure(Key::Content).prf().2,
            share(Key::Source),
            share(Key::Chain),
            words as f64 / spent.as_secs_f64()
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
