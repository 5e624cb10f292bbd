//! The words of a text as the scorer counts them, and words as people read them.

use std::collections::BTreeSet;
use std::ops::Range;

use khabar_record::TextRange;

/// The words of a text: runs of letters, digits and vowel marks, an apostrophe between letters included.
///
/// Spans are compared by the words that they touch. A comma, a quotation mark or an attached و more or less is no
/// difference between two annotations.
#[derive(Debug)]
pub(crate) struct Words {
    ranges: Vec<TextRange>,
    articles: BTreeSet<usize>,
}

impl Words {
    /// Finds the words of `text`.
    pub(crate) fn new(text: &str) -> Self {
        let mut ranges = Vec::new();
        let mut start = None;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|&(_, next)| next);
            let inside = start.is_some();
            let belongs = c.is_alphanumeric()
                || inside
                    && (is_mark(c) || is_apostrophe(c) && next.is_some_and(char::is_alphabetic));
            if belongs {
                start.get_or_insert(at);
            } else if let Some(start) = start.take() {
                ranges.push(TextRange::new(start, at));
            }
        }
        ranges.extend(start.map(|start| TextRange::new(start, text.len())));
        let is_article = |&(_, range): &(usize, &TextRange)| {
            ["the", "a", "an"].contains(&text[*range].to_lowercase().as_str())
        };
        let articles = ranges.iter().enumerate().filter(is_article).map(|(n, _)| n).collect();
        Self { ranges, articles }
    }

    /// Returns the places of the words that `span` touches.
    pub(crate) fn touched(&self, span: TextRange) -> Range<usize> {
        let first = self.ranges.partition_point(|word| word.end() <= span.start());
        let last = self.ranges.partition_point(|word| word.start() < span.end());
        first..last.max(first)
    }

    /// The same without an English article in front, which annotators take or leave.
    pub(crate) fn phrase(&self, span: TextRange) -> Range<usize> {
        let all = self.touched(span);
        if all.len() > 1 && self.articles.contains(&all.start) {
            all.start + 1..all.end
        } else {
            all
        }
    }

    /// Returns the places of the words that any of `spans` touches.
    pub(crate) fn set(&self, spans: impl IntoIterator<Item = TextRange>) -> BTreeSet<usize> {
        spans.into_iter().flat_map(|span| self.touched(span)).collect()
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// The share of the words of both sets that stand in both.
pub(crate) fn jaccard(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let shared = a.intersection(b).count();
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

/// The same of two runs of words.
pub(crate) fn jaccard_runs(a: &Range<usize>, b: &Range<usize>) -> f64 {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let all = a.len() + b.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

/// Returns the places of the stops that end sentences in `text`: a mark with white space behind it, or a line's end.
fn stops(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(|(at, c)| {
        let behind = at + c.len_utf8();
        let rest = text[behind..].trim_start_matches(['"', '”', '»', '’', ')']);
        // A stop inside a number or an abbreviation has no white space behind it.
        let ends = matches!(c, '.' | '!' | '?' | '؟' | ';' | '؛')
            && (rest.is_empty() || rest.starts_with(char::is_whitespace));
        (ends || c == '\n').then_some(behind)
    })
}

/// Whether a sentence ends in `text`.
pub(crate) fn has_stop(text: &str) -> bool {
    stops(text).next().is_some()
}

/// Returns the sentence of `text` around the byte `at`, by its stops alone.
pub(crate) fn sentence_around(text: &str, at: usize) -> TextRange {
    let start = stops(&text[..at]).last().unwrap_or(0);
    let end = stops(&text[at..]).next().map_or(text.len(), |end| at + end);
    TextRange::new(start, end)
}

/// Sets `words` on one line, cut to about `limit` characters in the middle, in quotation marks and in a bidirectional isolate.
pub(crate) fn quote(words: &str, limit: usize) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = line.chars().count();
    if count <= limit {
        return isolate(&format!("“{line}”"));
    }
    let head: String = line.chars().take(limit * 3 / 5).collect();
    let tail: String = line.chars().skip(count - limit * 2 / 5).collect();
    isolate(&format!("“{} … {}”", head.trim_end(), tail.trim_start()))
}

/// Sets a piece with right-to-left letters in a first-strong isolate, so that it stays in its place in the line.
pub(crate) fn isolate(piece: &str) -> String {
    let rtl =
        |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
    if piece.chars().any(rtl) { format!("\u{2068}{piece}\u{2069}") } else { piece.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_digits_and_marks() {
        let text = "Osei's «قِمّة» U.N. 1,200 o' x";
        let words = Words::new(text);
        let all: Vec<&str> = words.ranges.iter().map(|range| &text[*range]).collect();
        assert_eq!(all, ["Osei's", "قِمّة", "U", "N", "1", "200", "o", "x"]);
        assert_eq!(words.touched(TextRange::new(0u32, 2u32)), 0..1);
        assert!(words.touched(TextRange::new(6u32, 8u32)).is_empty());
    }

    #[test]
    fn an_article_in_front_counts_for_nothing() {
        let text = "The minister, a minister";
        let words = Words::new(text);
        assert_eq!(words.phrase(TextRange::new(0u32, 12u32)), 1..2);
        assert_eq!(words.phrase(TextRange::new(0u32, 3u32)), 0..1);
    }

    #[test]
    fn sentences_end_at_stops() {
        let text = "He paid 1.5 million. \"He left.\" قال نعم؟ لا.";
        let cut = |at: &str| &text[sentence_around(text, text.find(at).unwrap())];
        assert_eq!(cut("million"), "He paid 1.5 million.");
        assert_eq!(cut("left"), " \"He left.");
        assert_eq!(cut("نعم"), "\" قال نعم؟");
        assert!(has_stop("yes. no") && !has_stop("1.5 or 2"));
    }

    #[test]
    fn long_words_are_cut_in_the_middle() {
        assert_eq!(quote("one two", 20), "“one two”");
        assert_eq!(quote("one two three four five", 10), "“one tw … five”");
        assert!(quote("قال", 20).starts_with('\u{2068}'));
    }
}
