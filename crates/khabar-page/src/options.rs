//! What a caller may ask of the page step.

use std::time::Duration;

use jiff::civil::Date;

/// How a page is to be read.
#[derive(Clone, Debug, Default)]
pub struct PageOptions {
    /// The text is clean already: leave it untouched, take nothing out, so that offsets refer to the text as given.
    /// Pages of HTML are read as ever, since their text is made here.
    pub as_is: bool,
    /// The day of publication, when the caller knows it better than the page.
    pub published: Option<Date>,
    /// The language of the text as an ISO 639-1 code, when the caller knows it.
    pub language: Option<String>,
    /// How much work a page may cause.
    pub limits: Limits,
}

/// How much work a page may cause before it is read in a simpler way, or not at all.
///
/// The defaults pass every honest page seen: the largest news page of the corpora has 3 MB and is 90 elements deep.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Inputs with more bytes than this, after decompression, are an error.
    pub max_bytes: usize,
    /// Pages whose markup, after scripts and styles are cut, has more bytes than this are read by the fast extractor.
    pub full_markup_bytes: usize,
    /// Elements nested deeper than this lose their tags; their text stays.
    pub max_depth: usize,
    /// How long one page may take in a [`Guarded`](crate::Guarded) worker.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 128 << 20,
            full_markup_bytes: 3 << 19,
            max_depth: 256,
            time: Duration::from_secs(10),
        }
    }
}
