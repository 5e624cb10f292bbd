//! `gold check`: is the corpus sound, and what is in it?

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::corpus::{Article, Corpus};
use super::file::Split;
use super::style;

/// Prints every fault and the counts. The exit status is 1 when there is a fault.
pub(crate) fn run(root: &Path, with_style: bool) -> Result<ExitCode> {
    let corpus = Corpus::load(root)?;
    let mut out = io::stdout().lock();
    for fault in &corpus.faults {
        writeln!(out, "{fault}")?;
    }
    if with_style {
        for departure in style::departures(&corpus) {
            writeln!(out, "{departure}")?;
        }
    }
    counts(&corpus, &mut out)?;
    writeln!(out, "\n{} faults", corpus.faults.len())?;
    Ok(if corpus.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

type Count = fn(&Article) -> usize;

/// What is counted of each article.
const LINES: &[(&str, Count)] = &[
    ("articles", |_| 1),
    ("  with a page", |article| usize::from(article.file.html)),
    ("  annotated twice", |article| usize::from(article.second.is_some())),
    ("words", |article| article.file.text.split_whitespace().count()),
    ("entities", |article| article.gold.record.entities.len()),
    ("mentions", |article| article.gold.record.mentions.len()),
    ("times", |article| article.gold.record.times.len()),
    ("amounts", |article| article.gold.record.amounts.len()),
    ("statements", |article| article.gold.record.statements.len()),
    ("  within others", |article| {
        article.gold.record.statements.iter().filter(|s| s.within.is_some()).count()
    }),
    ("  relayed", |article| {
        article.gold.record.statements.iter().filter(|s| s.chain.len() > 1).count()
    }),
    ("  that answer", |article| {
        let near = article.gold.record.statements.iter().filter(|s| s.answers.is_some()).count();
        near + article.gold.answers_elsewhere.len()
    }),
    ("events", |article| article.gold.record.events.len()),
    ("  in statements", |article| {
        article.gold.record.events.iter().filter(|e| e.according_to.is_some()).count()
    }),
    ("  of a happening", |article| article.gold.happenings.iter().flatten().count()),
];

fn counts(corpus: &Corpus, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} stories, {} happenings\n", corpus.stories, corpus.happenings)?;
    let columns: [(&str, Option<Split>, Option<&str>); 7] = [
        ("all", None, None),
        ("ar", None, Some("ar")),
        ("en", None, Some("en")),
        ("open ar", Some(Split::Open), Some("ar")),
        ("open en", Some(Split::Open), Some("en")),
        ("aside ar", Some(Split::Aside), Some("ar")),
        ("aside en", Some(Split::Aside), Some("en")),
    ];
    write!(out, "{:18}", "")?;
    for (heading, ..) in columns {
        write!(out, "{heading:>9}")?;
    }
    writeln!(out)?;
    for (name, count) in LINES {
        write!(out, "{name:18}")?;
        for (_, split, language) in columns {
            let of = |article: &&Article| {
                split.is_none_or(|split| article.split == split)
                    && language.is_none_or(|language| article.file.language == language)
            };
            write!(out, "{:>9}", corpus.articles.iter().filter(of).map(count).sum::<usize>())?;
        }
        writeln!(out)?;
    }
    let mut styles: BTreeMap<_, usize> = BTreeMap::new();
    for article in &corpus.articles {
        *styles.entry(article.file.style).or_default() += 1;
    }
    let styles: Vec<String> = styles.iter().map(|(style, n)| format!("{style:?} {n}")).collect();
    writeln!(out, "\nstyles: {}", styles.join(", "))
}
