//! What the model of statements learns from: the rows that the reader makes without it in the open half of the corpus, and
//! whether the gold has them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use khabar_lang::Language;
use khabar_read::Aid;
use khabar_record::TextRange;

use super::measure::statement_partners;
use super::texts::{self, StatementReader};
use super::words::{Words, jaccard};
use crate::marked;

/// A row of the reader.
#[derive(Debug)]
pub(crate) struct Labelled {
    /// The story of its article, so that a story is never both learnt from and scored.
    pub(crate) story: String,
    /// What the model sees of it.
    pub(crate) features: Vec<String>,
    /// Whether the gold has a statement with its content.
    pub(crate) right: bool,
    /// How much it counts.
    pub(crate) weight: f64,
    /// Whether it counts when the model is measured: not what was written to be learnt from.
    pub(crate) measured: bool,
}

/// Reads the open articles of one language; returns their rows, and how many statements the gold has.
pub(crate) fn statements(root: &Path, language: Language) -> Result<(Vec<Labelled>, usize)> {
    let texts = StatementReader::new(Aid::Trained)?;
    let (mut rows, mut gold) = (Vec::new(), 0);
    for article in &texts::lessons(root, language)? {
        let (record, analysis) = texts.article(article)?;
        let partners = statement_partners(&article.gold, &record);
        let features = texts.reader.statement_features(&record, &analysis);
        gold += article.gold.record.statements.len();
        rows.extend(record.statements.iter().zip(features).map(|(statement, features)| Labelled {
            story: article.story.clone(),
            features,
            right: partners.contains_key(&statement.id),
            weight: 1.0,
            measured: true,
        }));
    }
    Ok((rows, gold))
}

/// Reads sentences with marks, of which each row counts so much: `[s …]` is a source, `[c …]` a cue, `[t …]` a content or a part of one; the
/// marks of a sentence's further statements have a number behind the letter. What no mark tells is no statement.
pub(crate) fn sentences(path: &Path, language: Language, weight: f64) -> Result<Vec<Labelled>> {
    let texts = StatementReader::new(Aid::Trained)?;
    let mut rows = Vec::new();
    let (mut gold, mut found) = (0, 0);
    for sentence in marked::read(path)? {
        let (record, analysis) =
            texts.marked(&sentence, language).with_context(|| path.display().to_string())?;
        let features = texts.reader.statement_features(&record, &analysis);
        let words = Words::new(&sentence.text);
        let mut contents: BTreeMap<&str, Vec<TextRange>> = BTreeMap::new();
        for (label, span) in &sentence.marks {
            if let Some(number) = label.strip_prefix('t') {
                contents.entry(number).or_default().push(*span);
            }
        }
        gold += contents.len();
        let is_one = |content: &[TextRange]| {
            let own = words.set(content.iter().copied());
            contents.values().any(|other| jaccard(&own, &words.set(other.iter().copied())) >= 0.5)
        };
        for (statement, features) in record.statements.iter().zip(features) {
            let right = is_one(&statement.content);
            found += usize::from(right);
            rows.push(Labelled {
                story: sentence.id.clone(),
                features,
                right,
                weight,
                measured: false,
            });
        }
    }
    println!(
        "{}: {} rows, {found} of them right, for {gold} statements",
        path.display(),
        rows.len()
    );
    Ok(rows)
}

/// Reads passages with marked answers: whatever has its cue in a mark is a statement, and of the rest nothing is known.
pub(crate) fn passages(path: &Path, language: Language, weight: f64) -> Result<Vec<Labelled>> {
    let texts = StatementReader::new(Aid::Trained)?;
    let mut rows = Vec::new();
    for passage in marked::read(path)? {
        let (record, analysis) =
            texts.marked(&passage, language).with_context(|| path.display().to_string())?;
        let features = texts.reader.statement_features(&record, &analysis);
        for (statement, features) in record.statements.iter().zip(features) {
            let cue = statement.cue.as_ref().map(|cue| cue.span);
            let is_marked = |cue: TextRange| passage.marks.iter().any(|(_, at)| at.overlaps(cue));
            if cue.is_some_and(is_marked) {
                let story = passage.id.clone();
                rows.push(Labelled { story, features, right: true, weight, measured: false });
            }
        }
    }
    println!("{}: {} rows that are statements", path.display(), rows.len());
    Ok(rows)
}
