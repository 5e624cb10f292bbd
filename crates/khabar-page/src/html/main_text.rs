//! Which words of a page are its story, in the judgement of an extractor.
//!
//! An extractor is evidence for the judge and not the judge: it sees the page as a tree of elements with scores, and is
//! right about most paragraphs of most pages. Behind a trait, since the best one changes with the years.

use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

/// Something that finds the story of a page.
pub(crate) trait MainText {
    /// Returns the story's text, one string for each of its blocks, in order; nothing when it finds none.
    fn blocks(&self, html: &str, thorough: bool) -> Vec<String>;
}

/// The trafilatura crate, of which only `content_html` is used: its plain text has lost the paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Trafilatura;

impl MainText for Trafilatura {
    fn blocks(&self, html: &str, thorough: bool) -> Vec<String> {
        let options = Options::default()
            .with_focus(ExtractionFocus::Balanced)
            .with_fallback(thorough)
            .with_exclude_comments(true)
            .with_html_date_mode(HtmlDateMode::Disabled);
        match trafilatura::extract(html, &options) {
            Ok(result) => blocks_of(&result.content_html),
            Err(_) => Vec::new(),
        }
    }
}

/// Cuts the extractor's markup into the texts of its blocks.
fn blocks_of(html: &str) -> Vec<String> {
    let tree = scraper::Html::parse_fragment(html);
    super::segment::Page::of_fragment(&tree)
        .into_iter()
        .flat_map(|p| p.pieces)
        .map(|p| p.text)
        .collect()
}
