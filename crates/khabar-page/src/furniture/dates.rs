//! Lines that hold a day or an hour and nothing else.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold::{Token, folded};

const TABLES: &[&str] =
    &[include_str!("../../rules/en/date_words.tsv"), include_str!("../../rules/ar/date_words.tsv")];

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines =
        TABLES.iter().flat_map(|t| t.lines()).filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines
        .flat_map(|l| {
            folded(l.split('\t').next().unwrap_or(""))
                .split(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
});

/// Says whether a piece is a date line: a number, and no word but those of dates.
pub(super) fn is_date_line(tokens: &[Token]) -> bool {
    const LONGEST: usize = 16;
    let mut numbers = 0;
    let mut named = 0;
    for token in tokens.iter().filter(|t| t.is_word()) {
        let digits = token.folded.chars().take_while(char::is_ascii_digit).count();
        let suffix = &token.folded[digits..];
        if digits > 0 && (suffix.is_empty() || WORDS.contains(suffix) || suffix == "t") {
            numbers += 1;
        } else if WORDS.contains(&token.folded) {
            named += 1;
        } else {
            return false;
        }
    }
    let separated = tokens.iter().any(|t| matches!(t.folded.as_str(), "/" | ":" | "-" | "."));
    (2..=LONGEST).contains(&(numbers + named))
        && numbers > 0
        && (named > 0 || numbers >= 3 && separated)
}
