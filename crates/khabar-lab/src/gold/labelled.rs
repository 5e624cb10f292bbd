//! What the model of statements learns from: the rows that the reader makes without it in the open half of the corpus, and
//! whether the gold has them.

use std::path::Path;

use anyhow::{Context, Result};
use khabar_lang::{Analyzer, Language};
use khabar_page::{PageOptions, read_document};
use khabar_read::{Aid, Reader};

use super::corpus::Corpus;
use super::file::Split;
use super::measure::statement_partners;
use super::score::given;

/// A row of the reader.
#[derive(Debug)]
pub(crate) struct Labelled {
    /// The story of its article, so that a story is never both learnt from and scored.
    pub(crate) story: String,
    /// What the model sees of it.
    pub(crate) features: Vec<String>,
    /// Whether the gold has a statement with its content.
    pub(crate) right: bool,
}

/// Reads the open articles of one language; returns their rows, and how many statements the gold has.
pub(crate) fn statements(root: &Path, language: Language) -> Result<(Vec<Labelled>, usize)> {
    let corpus = Corpus::load(root)?;
    let analyzer = Analyzer::new().context("the language models")?;
    let reader = Reader::new();
    let options = PageOptions { as_is: true, ..PageOptions::default() };
    let (mut rows, mut gold) = (Vec::new(), 0);
    let open = corpus
        .articles
        .iter()
        .filter(|article| article.split == Split::Open && article.file.language == language.code());
    for article in open {
        let (given, language) = given(article)?;
        let taken = read_document(&given, &article.file.id, &options)?;
        let analysis = analyzer.analyze(&taken.document.text, language, &taken.blocks);
        let draft = reader.draft(taken, &analysis);
        let record = reader.with_statements(draft, &analysis, Some(Aid::Trained));
        let partners = statement_partners(&article.gold, &record);
        let features = reader.statement_features(&record, &analysis);
        gold += article.gold.record.statements.len();
        rows.extend(record.statements.iter().zip(features).map(|(statement, features)| Labelled {
            story: article.story.clone(),
            features,
            right: partners.contains_key(&statement.id),
        }));
    }
    Ok((rows, gold))
}
