//! The part of the way that all reading commands share: from paths to analysed articles, over many threads, in order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use anyhow::{Context, Result};
use khabar_lang::{Analysis, Analyzer, Language};
use khabar_page::{Guarded, InputError, Inputs, PageOptions, RawContent, RawInput};
use khabar_record::{Article, Document};
use khabar_store::DocumentKey;

use crate::args::InputArgs;
use crate::pool;

/// A document that could not be read: what is known of it, and why.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) document: Box<Document>,
    pub(crate) error: String,
}

/// What became of an input.
#[derive(Debug)]
pub(crate) enum Outcome<O> {
    /// It was read.
    Read(DocumentKey, O),
    /// It did not have to be read.
    Known(DocumentKey, String),
    /// It could not be read.
    Failed(Failure),
}

/// Puts every input through the page step, the language layer and `read`, and hands the results to `sink` in order.
pub(crate) fn each<O: Send, E: Into<anyhow::Error> + Send>(
    args: &InputArgs,
    read: impl Fn(Article, &Analysis) -> O + Sync,
    mut sink: impl FnMut(Result<O, Failure>) -> Result<(), E>,
) -> Result<()> {
    let know_none = || Ok(|_| false);
    each_unknown(args, know_none, read, |outcome| match outcome {
        Outcome::Read(_, read) => sink(Ok(read)),
        Outcome::Failed(failure) => sink(Err(failure)),
        Outcome::Known(..) => Ok(()),
    })
}

/// As [`each`], but for the inputs that are known already. `known` makes the judge of each thread.
pub(crate) fn each_unknown<O: Send, E: Into<anyhow::Error>, K: FnMut(DocumentKey) -> bool>(
    args: &InputArgs,
    known: impl Fn() -> Result<K> + Sync,
    read: impl Fn(Article, &Analysis) -> O + Sync,
    sink: impl FnMut(Outcome<O>) -> Result<(), E>,
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
        let (analyzer, read, options) = (&analyzer, &read, &options);
        // A judge that cannot be made knows nothing; whatever hinders it will show when the results are kept.
        let mut known = known().ok();
        move |input: Result<RawInput, InputError>| {
            let key = input.as_ref().map(|input| key(input, options)).ok();
            if let (Ok(input), Some(key), Some(known)) = (&input, key, &mut known)
                && known(key)
            {
                return Outcome::Known(key, input.source.clone());
            }
            match (one(&mut pages, analyzer, read, input), key) {
                (Ok(read), Some(key)) => Outcome::Read(key, read),
                (Ok(_), None) => unreachable!("what was read had a key"),
                (Err(failure), _) => Outcome::Failed(failure),
            }
        }
    };
    pool::ordered(jobs, inputs, worker, sink)?.map_err(Into::into)
}

/// What an input is known by: its content and the options that decide what is read in it, but not the place where it lies.
fn key(input: &RawInput, options: &PageOptions) -> DocumentKey {
    let published = options.published.map(|day| day.to_string()).unwrap_or_default();
    let language = options.language.as_deref().unwrap_or_default();
    let asked = format!("{}\n{published}\n{language}", options.as_is);
    let asked = asked.as_bytes();
    match &input.content {
        RawContent::Html(bytes) => DocumentKey::of([b"html", asked, bytes]),
        RawContent::Text(bytes) => DocumentKey::of([b"text", asked, bytes]),
        RawContent::Document(given) => {
            let day = given.published.map(|day| day.to_string());
            let known = [&given.id, &given.title, &given.url, &day, &given.language, &given.outlet];
            let known = known.map(|fact| fact.as_deref().unwrap_or_default().as_bytes());
            DocumentKey::of(
                [&b"document"[..], asked, given.text.as_bytes()].into_iter().chain(known),
            )
        }
    }
}

pub(crate) fn processors() -> usize {
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
