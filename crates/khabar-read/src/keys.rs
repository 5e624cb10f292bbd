//! The keys under which words are looked up, and the readings of an Arabic word whose particles are still attached.

use std::borrow::Cow;

use khabar_lang::normalize::{self, Fold};
use khabar_lang::{Language, Word};
use khabar_record::TextSize;

/// Returns the key of one word of a list; it equals [`Word::key`] of the same word in a text.
pub(crate) fn key(word: &str) -> String {
    normalize::fold(word, Fold::KEY)
}

/// Returns the ways to read a word: as it stands and, in Arabic, without the particles that may be attached in front, each
/// with the length of what was taken off. The language layer splits most particles off; this catches the rest.
pub(crate) fn readings(word: Word<'_>) -> impl Iterator<Item = (Cow<'_, str>, TextSize)> {
    let key = word.key();
    let arabic = word.analysis().language() == Language::Arabic;
    let plain = std::iter::once((Cow::Borrowed(key), TextSize::ZERO));
    let mut stripped = Vec::new();
    if arabic {
        let after_conjunction = key.strip_prefix(['و', 'ف']).filter(|rest| long_enough(rest));
        for (rest, taken) in [(Some(key), 0), (after_conjunction, 1)] {
            let Some(rest) = rest else { continue };
            if taken > 0 {
                stripped.push((Cow::Borrowed(rest), front(word, taken)));
            }
            if let Some(article) = rest.strip_prefix("لل").filter(|rest| long_enough(rest)) {
                // للصين is ل + الصين, whose alef is not written.
                stripped.push((Cow::Owned(format!("ال{article}")), front(word, taken + 1)));
            } else if let Some(bare) =
                rest.strip_prefix(['ب', 'ك', 'ل']).filter(|rest| long_enough(rest))
            {
                stripped.push((Cow::Borrowed(bare), front(word, taken + 1)));
            }
        }
    }
    plain.chain(stripped)
}

fn long_enough(rest: &str) -> bool {
    rest.chars().nth(2).is_some()
}

/// Returns the bytes that the first `letters` letters of the word take in the text, with their vowel signs.
fn front(word: Word<'_>, letters: usize) -> TextSize {
    let mut left = letters + 1;
    let text = word.text();
    let end = text.char_indices().find(|&(_, c)| {
        left -= usize::from(!normalize::is_dropped(c));
        left == 0
    });
    TextSize::from(end.map_or(text.len(), |(at, _)| at))
}
