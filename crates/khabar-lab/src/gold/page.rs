//! Pages: does a page hold its article, and how well does the page step take it out?

use std::collections::{BTreeMap, BTreeSet};

use scraper::Html;

/// Returns the paragraphs of `text` that do not stand in the page, each by its first words.
///
/// White space is left out of account, because a page may break a line anywhere.
pub(crate) fn missing_paragraphs(html: &[u8], text: &str) -> Vec<String> {
    let tree = Html::parse_document(&String::from_utf8_lossy(html));
    let page: String =
        tree.root_element().text().flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
    text.split("\n\n")
        .filter(|paragraph| {
            let bare: String = paragraph.chars().filter(|c| !c.is_whitespace()).collect();
            !page.contains(&bare)
        })
        .map(|paragraph| paragraph.split_whitespace().take(8).collect::<Vec<_>>().join(" "))
        .collect()
}

/// How much of a text another text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Overlap {
    /// Shingles of both.
    pub(crate) shared: u32,
    /// Shingles of the text that was read.
    pub(crate) read: u32,
    /// Shingles of the gold text.
    pub(crate) gold: u32,
}

/// Compares two bodies by their runs of four words.
pub(crate) fn body_overlap(gold: &str, read: &str) -> Overlap {
    let (gold, read) = (shingles(gold), shingles(read));
    let shared = gold.iter().map(|(shingle, n)| *n.min(read.get(shingle).unwrap_or(&0))).sum();
    Overlap { shared, read: read.values().sum(), gold: gold.values().sum() }
}

fn shingles(text: &str) -> BTreeMap<Vec<&str>, u32> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut counts = BTreeMap::new();
    if words.is_empty() {
        return counts;
    }
    for shingle in words.windows(words.len().min(4)) {
        *counts.entry(shingle.to_vec()).or_default() += 1;
    }
    counts
}

/// Whether two headlines have the same letters and digits.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    letters(a) == letters(b)
}

/// Whether two bylines name the same people, in any order.
pub(crate) fn same_people(a: &[String], b: &[String]) -> bool {
    let set = |names: &[String]| names.iter().map(|name| letters(name)).collect::<BTreeSet<_>>();
    set(a) == set(b)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_its_paragraphs_however_they_are_broken() {
        let html = "<p>The road <a>is\n open</a>.</p><aside>Ad</aside><p>قال نعم&nbsp;.</p>";
        assert!(missing_paragraphs(html.as_bytes(), "The road is open.\n\nقال نعم .").is_empty());
        assert_eq!(missing_paragraphs(html.as_bytes(), "The road is shut."), ["The road is shut."]);
    }

    #[test]
    fn bodies_are_compared_by_runs_of_words() {
        let overlap = body_overlap("a b c d e", "a b c d x");
        assert_eq!(overlap, Overlap { shared: 1, read: 2, gold: 2 });
        assert_eq!(body_overlap("نعم", "نعم").shared, 1);
        assert_eq!(body_overlap("", "x"), Overlap { shared: 0, read: 1, gold: 0 });
        assert!(
            same_words("A «b»!", "a B")
                && same_people(&["B".into(), "a".into()], &["A".into(), "b".into()])
        );
    }
}
