//! The page step as a whole: from an input to its article.

use khabar_record::Article;
use scraper::Html;

use crate::assemble::assemble;
use crate::decode::decode;
use crate::error::{PageError, PageErrorKind};
use crate::meta::{self, Hints};
use crate::{GivenDocument, PageOptions, RawContent, RawInput, guard, html, text};

/// Makes an article of an input of any kind.
///
/// # Errors
/// When the input is empty or too large, or a page without an article.
pub fn read_input(input: &RawInput, options: &PageOptions) -> Result<Article, PageError> {
    match &input.content {
        RawContent::Html(bytes) => read_html(bytes, &input.source, options),
        RawContent::Text(bytes) => read_text(bytes, &input.source, options),
        RawContent::Document(document) => read_document(document, &input.source, options),
    }
}

/// Makes an article of the bytes of a page of HTML.
///
/// # Errors
/// When the page is too large, or holds no article.
pub fn read_html(bytes: &[u8], source: &str, options: &PageOptions) -> Result<Article, PageError> {
    let fail = |kind| PageError::new(source, kind);
    if bytes.len() > options.limits.max_bytes {
        return Err(fail(PageErrorKind::TooLarge(options.limits.max_bytes)));
    }
    let prepared = guard::prepare(&decode(bytes), options.limits.max_depth);
    let story = html::story_of(&prepared, &options.limits);
    let mut article = assemble(story.parts);
    if article.document.text.is_empty() {
        return Err(fail(PageErrorKind::NoArticle));
    }
    let hints = Hints {
        published: options.published,
        language: options.language.as_deref(),
        ..Hints::default()
    };
    finish(&mut article, source, None, Some(&story.tree), &hints);
    Ok(article)
}

/// Makes an article of the bytes of a plain text.
///
/// # Errors
/// When the text is too large or empty.
pub fn read_text(bytes: &[u8], source: &str, options: &PageOptions) -> Result<Article, PageError> {
    if bytes.len() > options.limits.max_bytes {
        return Err(PageError::new(source, PageErrorKind::TooLarge(options.limits.max_bytes)));
    }
    let hints = Hints {
        published: options.published,
        language: options.language.as_deref(),
        ..Hints::default()
    };
    from_text(decode(bytes), source, None, &hints, options)
}

/// Makes an article of a document that came with what is known about it.
///
/// # Errors
/// When the document's text is empty.
pub fn read_document(
    document: &GivenDocument,
    source: &str,
    options: &PageOptions,
) -> Result<Article, PageError> {
    let hints = Hints {
        url: document.url.as_deref(),
        published: document.published.map(|moment| moment.day).or(options.published),
        published_time: document.published.and_then(|moment| moment.time),
        language: document.language.as_deref().or(options.language.as_deref()),
        outlet: document.outlet.as_deref(),
        title: document.title.as_deref(),
    };
    from_text(document.text.clone(), source, document.id.as_deref(), &hints, options)
}

fn from_text(
    given: String,
    source: &str,
    id: Option<&str>,
    hints: &Hints,
    options: &PageOptions,
) -> Result<Article, PageError> {
    if given.trim().is_empty() {
        return Err(PageError::new(source, PageErrorKind::Empty));
    }
    let mut article =
        if options.as_is { text::as_is(given) } else { text::clean(&given, hints.title) };
    finish(&mut article, source, id, None, hints);
    Ok(article)
}

/// Sets what does not depend on the kind of input.
fn finish(
    article: &mut Article,
    source: &str,
    id: Option<&str>,
    tree: Option<&Html>,
    hints: &Hints,
) {
    source.clone_into(&mut article.document.source);
    if article.document.title.is_none() {
        article.document.title = hints.title.map(str::to_owned);
    }
    match tree {
        Some(tree) => meta::complete_page(article, tree, hints),
        None => meta::complete(article, None, hints),
    }
    article.document.id = match id {
        Some(id) => id.to_owned(),
        None => blake3::hash(article.document.text.as_bytes()).to_hex().to_string(),
    };
}
