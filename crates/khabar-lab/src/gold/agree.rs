//! `gold agree`: the second annotation against the first.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;

use super::Choice;
use super::corpus::Corpus;
use super::measure::compare;
use super::report::{Compared, chosen, render};

/// Prints how far the second annotation agrees with the first.
pub(crate) fn run(choice: &Choice) -> Result<ExitCode> {
    let corpus = Corpus::load(&choice.corpus.corpus)?;
    let articles = chosen(&corpus, choice);
    let twice: Vec<Compared<'_>> = articles
        .iter()
        .filter_map(|article| {
            let second = article.second.as_ref()?;
            Some(Compared { article, sheet: compare(&article.gold, &second.record) })
        })
        .collect();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "The second annotation against the first: {} of {} articles have one",
        twice.len(),
        articles.len()
    )?;
    if !corpus.faults.is_empty() {
        writeln!(
            out,
            "({} faults; rows with a fault are left out, see gold check)",
            corpus.faults.len()
        )?;
    }
    writeln!(out)?;
    out.write_all(render(&twice, choice).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
