//! What the names of classes and the paths of links tell about an element.
//!
//! Designers name their boxes for what is in them: `byline`, `published-date`, `related-stories`. The words are data; how
//! they are cut out of class names is here.

use std::collections::HashMap;
use std::sync::LazyLock;

use scraper::node::Element;

use super::table::{TableError, sound, table};
use super::words::clip;

/// What a class name, an attribute or an element's name tells about its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags(u8);

impl Flags {
    /// About the authors.
    pub(crate) const BYLINE: Self = Self(1);
    /// About the day of publication.
    pub(crate) const DATE: Self = Self(2);
    /// Not part of the article.
    pub(crate) const OUTSIDE: Self = Self(4);
    /// About a later change.
    pub(crate) const UPDATED: Self = Self(8);
    /// The headline.
    pub(crate) const HEADLINE: Self = Self(16);
    /// The text under a picture.
    pub(crate) const CAPTION: Self = Self(32);

    /// Leads to a page about an author; a part of a path and not of a class name.
    const AUTHOR_PATH: Self = Self(64);

    /// Whether any of `other` is set.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns these flags and `other`.
    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns these flags less `other`.
    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// Loads the words of class names.
pub(crate) fn load() -> Result<HashMap<&'static str, Flags>, TableError> {
    let mut words = HashMap::new();
    for row in table!("any/class_hints.tsv").rows::<3>()? {
        let flag = match row.cells[1] {
            "byline" => Flags::BYLINE,
            "date" => Flags::DATE,
            "outside" => Flags::OUTSIDE,
            "updated" => Flags::UPDATED,
            "caption" => Flags::CAPTION,
            "author-path" => Flags::AUTHOR_PATH,
            other => return Err(row.error(format!("unknown flag {other:?}"))),
        };
        if words.insert(row.cells[0], flag).is_some() {
            return Err(row.error("the word occurs twice"));
        }
    }
    Ok(words)
}

fn words() -> &'static HashMap<&'static str, Flags> {
    static WORDS: LazyLock<HashMap<&'static str, Flags>> = LazyLock::new(|| sound(load()));
    &WORDS
}

/// Whether a link leads to a page about an author.
pub(crate) fn leads_to_author(href: &str) -> bool {
    let path = clip(href.split(['?', '#']).next().unwrap_or(href), 300);
    let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
    while let Some(part) = parts.next() {
        let key = format!("/{}", part.to_lowercase());
        if words().get(key.as_str()).is_some_and(|flag| flag.has(Flags::AUTHOR_PATH))
            && parts.peek().is_some()
        {
            return true;
        }
    }
    false
}

/// Reads an element's name, class and id.
pub(crate) fn flags_of(element: &Element) -> Flags {
    let mut flags = match element.name() {
        "nav" | "footer" | "aside" => Flags::OUTSIDE,
        "figcaption" => Flags::CAPTION,
        "html" | "body" | "main" | "article" => return Flags::default(),
        _ => Flags::default(),
    };
    let names = ["class", "id", "data-testid", "data-component"];
    for value in names.iter().filter_map(|name| element.attr(name)) {
        for token in clip(value, 400).split_whitespace() {
            for word in words_of(token) {
                if let Some(&flag) = words().get(word.as_str()) {
                    flags = flags.with(flag);
                }
            }
        }
    }
    flags
}

/// Splits `has-sidebar`, `articleDate` or `byline__name` into words; those that only say what a box has or lacks don't
/// speak about its content.
fn words_of(token: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut fresh = true;
    let mut lower = false;
    for c in token.chars() {
        if !c.is_alphanumeric() {
            fresh = true;
            continue;
        }
        if fresh || (c.is_uppercase() && lower) {
            words.push(String::new());
            fresh = false;
        }
        lower = c.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    let about_itself = words.first().is_some_and(|word| {
        matches!(word.as_str(), "has" | "no" | "with" | "without" | "is" | "hide" | "show")
    });
    if about_itself { Vec::new() } else { words }
}
