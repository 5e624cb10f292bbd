//! Breaking lines by the width that their characters take on a terminal.

use unicode_width::UnicodeWidthStr;

/// Breaks `text` into lines of at most `width` columns at white space; a longer word gets a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Cuts `text` to at most `width` columns at a word's end and marks the cut with an ellipsis.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if joined.width() <= width {
        return joined;
    }
    let mut kept = wrap(&joined, width.saturating_sub(2)).into_iter().next().unwrap_or_default();
    kept.push_str(" …");
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_words_and_by_columns() {
        assert_eq!(wrap("one two  three\nfour", 9), ["one two", "three", "four"]);
        assert_eq!(wrap("extraordinarily long", 5), ["extraordinarily", "long"]);
        // Arabic vowel marks take no column of their own.
        assert_eq!(wrap("قالَتْ إنَّها", 11), ["قالَتْ إنَّها"]);
        assert!(wrap(" \n", 10).is_empty());
    }

    #[test]
    fn cuts_are_marked() {
        assert_eq!(shorten("short  text", 20), "short text");
        assert_eq!(shorten("a rather longer text than fits", 15), "a rather …");
    }
}
