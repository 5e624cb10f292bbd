//! Scoring the whole reader of names, lists and titles and all, by the kinds that the corpora of our own tell.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_record::{Article, EntityKind, MentionForm, TextRange};

use super::corpora::Document;

/// Names found, names that are there, and those that are both.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    found: usize,
    gold: usize,
}

/// What was right and wrong in a corpus.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// By the names of the kinds, and for all.
    counts: BTreeMap<String, Count>,
    /// Differences, one a line.
    pub(crate) faults: Vec<String>,
}

impl Reading {
    /// Reads a text and compares its names with what the corpus tells.
    pub(crate) fn add(
        &mut self,
        reader: &Reader,
        analyzer: &Analyzer,
        language: Language,
        document: &Document,
    ) {
        let analysis = analyzer.analyze(&document.text, language, &[]);
        let article = Article {
            document: khabar_record::Document {
                text: document.text.clone(),
                language: Some(language.code().to_owned()),
                ..Default::default()
            },
            blocks: Vec::new(),
        };
        let record = reader.read(article, &analysis);
        let kinds: BTreeMap<_, _> = record.entities.iter().map(|e| (e.id, e.kind)).collect();
        let names = record.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
        let text = document.text.as_str();
        let found: BTreeMap<TextRange, EntityKind> = names
            .filter_map(|name| Some((without_article(text, name.span), *kinds.get(&name.entity)?)))
            .collect();
        let gold = document.kinds.iter().flatten();
        let gold: BTreeMap<TextRange, EntityKind> =
            gold.map(|&(span, kind)| (without_article(text, span), kind)).collect();
        let spans: BTreeSet<TextRange> = found.keys().chain(gold.keys()).copied().collect();
        for span in spans {
            let (ours, theirs) = (found.get(&span), gold.get(&span));
            if theirs.is_none() && document.described.contains(&span) {
                continue;
            }
            self.count("any kind", ours.is_some(), theirs.is_some(), true);
            let same = ours == theirs;
            self.count("all", ours.is_some(), theirs.is_some(), same);
            if let Some(kind) = ours {
                self.count(&format!("{kind:?}"), true, same, same);
            }
            if let Some(kind) = theirs.filter(|_| !same) {
                self.count(&format!("{kind:?}"), false, true, false);
            }
            if !same {
                let around = around(&document.text, span);
                let tell =
                    |kind: Option<&EntityKind>| kind.map_or("-".into(), |k| format!("{k:?}"));
                self.faults.push(format!("{} → {}\t{around}", tell(theirs), tell(ours)));
            }
        }
    }

    fn count(&mut self, what: &str, found: bool, gold: bool, same: bool) {
        let count = self.counts.entry(what.to_owned()).or_default();
        count.found += usize::from(found);
        count.gold += usize::from(gold);
        count.right += usize::from(found && gold && same);
    }

    /// The scores, a line each.
    pub(crate) fn render(&self) -> String {
        let mut lines = String::new();
        for (what, count) in &self.counts {
            let share = |of: usize| count.right as f64 / of.max(1) as f64;
            let (precision, recall) = (share(count.found), share(count.gold));
            let f1 = 2.0 * count.right as f64 / (count.found + count.gold).max(1) as f64;
            let gold = count.gold;
            let _ =
                writeln!(lines, "  {what:14} {f1:.3} (P {precision:.3} R {recall:.3} n {gold})");
        }
        lines
    }
}

/// A span without an English article in front, which counts for nothing.
fn without_article(text: &str, span: TextRange) -> TextRange {
    let words = &text[span];
    let article = ["The ", "the "].into_iter().find(|article| words.starts_with(article));
    let start = span.start().to_usize() + article.map_or(0, str::len);
    TextRange::new(start, span.end().to_usize())
}

/// A stretch with some words on both sides of it.
fn around(text: &str, span: TextRange) -> String {
    let range = span.to_usize();
    let before: String = text[..range.start].chars().rev().take(30).collect();
    let before: String = before.chars().rev().collect();
    let behind: String = text[range.end..].chars().take(30).collect();
    format!("{before}[{}]{behind}", &text[range]).replace('\n', " ")
}
