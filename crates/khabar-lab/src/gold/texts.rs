//! The texts of the corpus and of marked tables as the reader takes them: clean, with what is known about each; and read as
//! far as their statements, for the models that learn from what the reader finds without them.

use std::path::Path;

use anyhow::{Context, Result, bail};
use khabar_lang::{Analysis, Analyzer, Language};
use khabar_page::{GivenDocument, PageOptions, read_document};
use khabar_read::{Aid, Reader};
use khabar_record::Record;

use super::corpus::{self, Article};
use crate::marked::Marked;

/// The articles of one language that are open to learning from.
pub(super) fn lessons(root: &Path, language: Language) -> Result<Vec<Article>> {
    let mut articles = corpus::lessons(root)?;
    articles.retain(|article| article.file.language == language.code());
    Ok(articles)
}

/// The text of an article, with all that its file tells about it.
pub(super) fn of_article(article: &Article) -> Result<(khabar_record::Article, Language)> {
    let file = &article.file;
    let given = GivenDocument {
        id: Some(file.id.clone()),
        text: file.text.clone(),
        title: Some(file.title.clone()),
        url: None,
        published: Some(file.published.into()),
        language: Some(file.language.clone()),
        outlet: Some(file.outlet.clone()),
    };
    let language = Language::from_code(&file.language)
        .with_context(|| format!("{}: the language", file.id))?;
    Ok((take(&given, &file.id)?, language))
}

/// The text of a row of a marked table; a fault when reading changes it, since the marks would no longer fit.
fn of_marked(marked: &Marked, language: Language) -> Result<khabar_record::Article> {
    let given = GivenDocument {
        id: Some(marked.id.clone()),
        text: marked.text.clone(),
        language: Some(language.code().to_owned()),
        ..GivenDocument::default()
    };
    let taken = take(&given, &marked.id)?;
    if taken.document.text != marked.text {
        bail!("{}: the text is changed by reading", marked.id);
    }
    Ok(taken)
}

/// Takes a text as it is: it is clean already, and nothing of it is furniture.
fn take(given: &GivenDocument, id: &str) -> Result<khabar_record::Article> {
    let options = PageOptions { as_is: true, ..PageOptions::default() };
    Ok(read_document(given, id, &options)?)
}

/// Reads texts as far as their statements, without the aid that is to be learnt.
pub(super) struct StatementReader {
    analyzer: Analyzer,
    pub(super) reader: Reader,
    without: Aid,
}

impl StatementReader {
    pub(super) fn new(without: Aid) -> Result<Self> {
        let analyzer = Analyzer::new().context("the language models")?;
        Ok(Self { analyzer, reader: Reader::new(), without })
    }

    pub(super) fn article(&self, article: &Article) -> Result<(Record, Analysis)> {
        let (taken, language) = of_article(article)?;
        Ok(self.read(taken, language))
    }

    pub(super) fn marked(&self, marked: &Marked, language: Language) -> Result<(Record, Analysis)> {
        Ok(self.read(of_marked(marked, language)?, language))
    }

    fn read(&self, taken: khabar_record::Article, language: Language) -> (Record, Analysis) {
        let analysis = self.analyzer.analyze(&taken.document.text, language, &taken.blocks);
        let draft = self.reader.draft(taken, &analysis);
        (self.reader.with_statements(draft, &analysis, Some(self.without)), analysis)
    }
}
