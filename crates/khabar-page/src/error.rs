//! What can go wrong before there is an article, always with the input's name.

use std::time::Duration;

use thiserror::Error;

/// An input that could not be found, opened or taken apart into documents.
#[derive(Debug, Error)]
#[error("{source_name}: {kind}")]
pub struct InputError {
    source_name: String,
    id: Option<String>,
    kind: InputErrorKind,
}

#[derive(Debug, Error)]
pub(crate) enum InputErrorKind {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("the pattern is not valid: {0}")]
    Pattern(#[from] glob::PatternError),
    #[error("no such file or directory, and no file matches it as a pattern")]
    NoMatch,
    #[error("not a document: {0}")]
    Json(#[from] serde_json::Error),
    #[error("larger than the limit of {0} bytes")]
    TooLarge(usize),
}

impl InputError {
    pub(crate) fn new(source_name: impl Into<String>, kind: impl Into<InputErrorKind>) -> Self {
        Self { source_name: source_name.into(), id: None, kind: kind.into() }
    }

    pub(crate) fn with_id(mut self, id: Option<String>) -> Self {
        self.id = id;
        self
    }

    /// Returns the name of the input: a path, a path with a line number, or `-`.
    pub fn source_name(&self) -> &str {
        &self.source_name
    }

    /// Returns the identifier that the input gave its document, when that much of it could be read.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

/// An input that did not become an article.
#[derive(Debug, Error)]
#[error("{source_name}: {kind}")]
pub struct PageError {
    source_name: String,
    kind: PageErrorKind,
}

#[derive(Debug, Error)]
pub(crate) enum PageErrorKind {
    #[error("the input holds no text")]
    Empty,
    #[error("the page holds no article text")]
    NoArticle,
    #[error("larger than the limit of {0} bytes")]
    TooLarge(usize),
    #[error("not finished after {0:?}")]
    TimeLimit(Duration),
    #[error("an internal error: {0}")]
    Internal(String),
}

impl PageError {
    pub(crate) fn new(source_name: impl Into<String>, kind: PageErrorKind) -> Self {
        Self { source_name: source_name.into(), kind }
    }

    /// Returns the name of the input.
    pub fn source_name(&self) -> &str {
        &self.source_name
    }

    /// Says whether the page was given up because of the time limit.
    pub fn is_time_limit(&self) -> bool {
        matches!(self.kind, PageErrorKind::TimeLimit(_))
    }
}
