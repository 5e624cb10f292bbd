//! The table of a comparison and the differences behind it.

use std::fmt::Write as _;

use super::Choice;
use super::corpus::{Article, Corpus};
use super::figure::{Difference, Sheet, Table};

/// What was compared of one article.
pub(crate) struct Compared<'a> {
    pub(crate) article: &'a Article,
    pub(crate) sheet: Sheet,
}

/// Returns the articles that `choice` is about.
pub(crate) fn chosen<'a>(corpus: &'a Corpus, choice: &Choice) -> Vec<&'a Article> {
    let wanted = |article: &&Article| {
        choice.split.is_none_or(|split| article.split == split)
            && choice.lang.as_ref().is_none_or(|lang| article.file.language == *lang)
            && choice.article.as_ref().is_none_or(|id| article.file.id.starts_with(id.as_str()))
    };
    corpus.articles.iter().filter(wanted).collect()
}

/// Lays out the figures by language, and as many differences as asked for.
pub(crate) fn render(compared: &[Compared<'_>], choice: &Choice) -> String {
    let mut sheets =
        [("ar", Sheet::default()), ("en", Sheet::default()), ("both", Sheet::default())];
    for one in compared {
        for (heading, sheet) in &mut sheets {
            if *heading == one.article.file.language || *heading == "both" {
                sheet.add(&one.sheet);
            }
        }
    }
    let columns = sheets
        .iter()
        .filter(|(heading, _)| choice.lang.as_ref().is_none_or(|lang| lang == heading))
        .map(|(heading, sheet)| (*heading, sheet))
        .collect();
    let mut out = Table { columns, layers: &choice.layer }.to_string();
    if choice.errors > 0 {
        differences(compared, choice, &mut out);
    }
    out
}

fn differences(compared: &[Compared<'_>], choice: &Choice, out: &mut String) {
    let of = |one: &Compared<'_>| -> Vec<Difference> {
        let asked =
            |d: &&Difference| choice.layer.is_empty() || choice.layer.contains(&d.key.layer());
        one.sheet.differences.iter().filter(asked).cloned().collect()
    };
    let mut all: Vec<(&Article, Vec<Difference>)> =
        compared.iter().map(|one| (one.article, of(one))).collect();
    all.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.file.id.cmp(&b.0.file.id)));
    let mut left = choice.errors;
    for (article, differences) in all {
        if left == 0 || differences.is_empty() {
            break;
        }
        let _ = writeln!(out, "\n{} ({} differences)", article.file.id, differences.len());
        let mut layer = None;
        for difference in differences.iter().take(left) {
            if layer.replace(difference.key.layer()) != Some(difference.key.layer()) {
                let _ = writeln!(out, "  {:?}", difference.key.layer());
            }
            let paragraph = article.file.text[..difference.at as usize].matches("\n\n").count() + 1;
            let _ = writeln!(out, "   ¶{paragraph:<2} {}", difference.text);
        }
        left -= differences.len().min(left);
    }
}
