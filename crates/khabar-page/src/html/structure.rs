//! What the attributes of an element say about what it holds.
//!
//! Class names are written by the people who know what a box is for, and they use the same few words everywhere:
//! `related-posts`, `byline`, `newsletter-signup`. They are hints: the same words stand on boxes around a whole page.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use khabar_record::FurnitureKind;
use scraper::node::Element;

use crate::furniture::kind_of_label;

/// What a box says it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The story's text.
    Body,
    /// The story's opening, set apart.
    Lead,
    /// The headline of the story.
    Headline,
    /// Furniture. The flag says whether the word has no other use.
    Furniture(FurnitureKind, bool),
}

const TABLE: &str = include_str!("../../rules/structure.tsv");

struct Words {
    finder: AhoCorasick,
    /// The hints, and whether each is more than a vague word.
    hints: Vec<(Hint, bool)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let rows = parse(TABLE).expect("the table in the source tree is valid, as a test shows");
    let patterns: Vec<String> = rows.iter().map(|(words, ..)| format!("-{words}-")).collect();
    Words {
        finder: AhoCorasick::new(patterns).expect("a few hundred short patterns build"),
        hints: rows.into_iter().map(|(_, hint, telling)| (hint, telling)).collect(),
    }
});

fn parse(table: &str) -> Result<Vec<(String, Hint, bool)>, String> {
    let mut rows = Vec::new();
    for (number, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let at = |why: &str| format!("structure.tsv:{}: {why}", number + 1);
        let mut columns = line.split('\t');
        let words = columns.next().filter(|w| !w.is_empty()).ok_or_else(|| at("no words"))?;
        let (kind, strength) = (columns.next(), columns.next());
        let hint = match (kind, strength) {
            (Some("body"), _) => Hint::Body,
            (Some("lead"), _) => Hint::Lead,
            (Some("headline"), _) => Hint::Headline,
            (Some(kind), strength @ Some("sure" | "weak" | "vague")) => Hint::Furniture(
                kind_of_label(kind).ok_or_else(|| at("unknown kind"))?,
                strength == Some("sure"),
            ),
            _ => return Err(at("the strength is sure, weak or vague")),
        };
        rows.push((words.to_owned(), hint, strength != Some("vague")));
    }
    Ok(rows)
}

/// Hints by class and id, since a page repeats the same few hundred times.
#[derive(Default)]
pub(crate) struct HintCache {
    by_class: HashMap<String, Option<Hint>>,
}

impl HintCache {
    pub(crate) fn get(&mut self, element: &Element) -> Option<Hint> {
        const SIGNIFICANT: [&str; 7] =
            ["class", "id", "role", "itemprop", "data-testid", "data-component", "aria-label"];
        let mut key = String::new();
        for name in SIGNIFICANT {
            if let Some(value) = element.attr(name).filter(|v| v.len() < 400) {
                key.push_str(value);
                key.push(' ');
            }
        }
        if key.is_empty() {
            return None;
        }
        if let Some(hint) = self.by_class.get(&key) {
            return *hint;
        }
        let hint = hint_of(&key);
        self.by_class.insert(key, hint);
        hint
    }
}

/// Reads the words of class names; the longest entry of the table that they contain decides.
fn hint_of(names: &str) -> Option<Hint> {
    let mut words = String::with_capacity(names.len() + 8);
    words.push('-');
    let mut lower = false;
    for c in names.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && lower {
                words.push('-');
            }
            lower = c.is_lowercase();
            words.extend(c.to_lowercase());
        } else {
            lower = false;
            if !words.ends_with('-') {
                words.push('-');
            }
        }
    }
    words.push('-');
    let words_list = &*WORDS;
    words_list
        .finder
        .find_overlapping_iter(&words)
        .max_by_key(|m| {
            (words_list.hints[m.pattern().as_usize()].1, m.len(), Reverse(m.pattern().as_usize()))
        })
        .map(|m| words_list.hints[m.pattern().as_usize()].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_valid() {
        let rows = parse(TABLE).unwrap();
        assert!(rows.len() > 150, "{}", rows.len());
        let mut seen = std::collections::BTreeSet::new();
        for (words, ..) in rows {
            assert!(seen.insert(words.clone()), "{words} stands twice");
            assert!(!words.contains(['_', ' ']) && words == words.to_lowercase(), "{words}");
        }
    }

    #[test]
    fn words_are_found_in_every_style_of_class_name() {
        let share = Some(Hint::Furniture(FurnitureKind::ShareBar, true));
        for names in ["share-buttons", "shareButtons", "c-share-buttons__item", "foo Share_Buttons"]
        {
            assert_eq!(hint_of(names), share, "{names}");
        }
        assert_eq!(hint_of("articleBody"), Some(Hint::Body));
        assert_eq!(hint_of("shareholder-list"), None);
    }
}
