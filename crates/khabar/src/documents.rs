//! The part of the way that all reading commands share: from paths to analysed articles, over many threads, in order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{io, thread};

use anyhow::{Context, Result};
use khabar_lang::{Analysis, Analyzer, Language};
use khabar_page::{Guarded, InputError, Inputs, PageOptions, RawContent, RawInput};
use khabar_record::{Article, Document};

use crate::args::InputArgs;
use crate::pool;

/// A document that could not be read: what is known of it, and why.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) document: Box<Document>,
    pub(crate) error: String,
}

/// Puts every input through the page step, the language layer and `read`, and hands the results to `sink` in order.
pub(crate) fn each<O: Send>(
    args: &InputArgs,
    read: impl Fn(Article, &Analysis) -> O + Sync,
    sink: impl FnMut(Result<O, Failure>) -> io::Result<()>,
) -> Result<()> {
    let analyzer = Analyzer::new().context("the language models")?;
    let options = PageOptions {
        as_is: args.as_is,
        published: args.published,
        language: args.lang.map(|lang| lang.code().to_owned()),
        ..PageOptions::default()
    };
    let paths = args.paths.iter().map(|path| path.to_string_lossy());
    let inputs = Inputs::new(paths, &options.limits);
    let jobs = args.jobs.map_or_else(processors, usize::from);
    let worker = || {
        let mut pages = Guarded::new(options.clone());
        let (analyzer, read) = (&analyzer, &read);
        move |input| one(&mut pages, analyzer, read, input)
    };
    pool::ordered(jobs, inputs, worker, sink)??;
    Ok(())
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn one<O>(
    pages: &mut Guarded,
    analyzer: &Analyzer,
    read: &impl Fn(Article, &Analysis) -> O,
    input: Result<RawInput, InputError>,
) -> Result<O, Failure> {
    let input =
        input.map_err(|error| failure(error.id(), error.source_name(), error.to_string()))?;
    let name = input.source_name();
    let id = match &input.content {
        RawContent::Document(document) => document.id.clone(),
        RawContent::Html(_) | RawContent::Text(_) => None,
    };
    let article =
        pages.read(input).map_err(|error| failure(id.as_deref(), &name, error.to_string()))?;
    let code = article.document.language.as_deref().unwrap_or_default();
    let Some(language) = Language::from_code(code) else {
        let language = if code.is_empty() { "an unknown language" } else { code };
        let error = format!("{name}: written in {language}; only Arabic and English are read");
        return Err(Failure { document: Box::new(article.document), error });
    };
    // A fault of a reader in one document must not cost the others.
    let id = article.document.id.clone();
    catch_unwind(AssertUnwindSafe(|| {
        let analysis = analyzer.analyze(&article.document.text, language, &article.blocks);
        read(article, &analysis)
    }))
    .map_err(|_| failure(Some(&id), &name, format!("{name}: the reader failed on this document")))
}

fn failure(id: Option<&str>, source: &str, error: String) -> Failure {
    let id = id.unwrap_or(source).to_owned();
    let document = Document { id, source: source.to_owned(), ..Document::default() };
    Failure { document: Box::new(document), error }
}
