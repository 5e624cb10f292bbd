//! What is known about an article besides its text.

use jiff::civil::Date;
use khabar_record::Article;

/// What came with the input and is believed before the page.
#[derive(Clone, Copy, Debug, Default)]
#[expect(dead_code, reason = "read by the cascade")]
pub(crate) struct Hints<'a> {
    pub url: Option<&'a str>,
    pub published: Option<Date>,
    pub language: Option<&'a str>,
    pub outlet: Option<&'a str>,
    pub title: Option<&'a str>,
}

/// Fills in what the page says about its article.
pub(crate) fn complete(_article: &mut Article, _html: Option<&str>, _hints: &Hints) {}
