//! Bytes of a page to a clean article.

mod meta;
mod origin;

#[doc(hidden)]
pub use meta::fuzz;

use khabar_record::Article;

/// Completes an article from its page: for the measuring example of this branch.
#[doc(hidden)]
pub fn complete_for_measuring(article: &mut Article, html: &str, url: Option<&str>) {
    let hints = meta::Hints {
        url,
        ..meta::Hints::default()
    };
    meta::complete(article, Some(html), &hints);
}
