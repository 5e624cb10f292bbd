//! Words in the form in which the lexicons compare them.
//!
//! Spelling varies more than wording: tashkeel, tatweel, the forms of alef, final ya, curly quotes, capitals, digits of three
//! scripts. Folded tokens leave all that out and remember where in the text they stood.

use std::ops::Range;

/// A folded word, number or mark, and its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) folded: String,
    pub(crate) range: Range<usize>,
}

impl Token {
    pub(crate) fn is_word(&self) -> bool {
        self.folded.chars().next().is_some_and(char::is_alphanumeric)
    }

    pub(crate) fn is_number(&self) -> bool {
        self.folded.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            && self.folded.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Cuts a text into at most `most` folded tokens.
pub(crate) fn tokens(text: &str, most: usize) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if tokens.len() == most {
            break;
        }
        if c.is_whitespace() || is_invisible(c) {
            continue;
        }
        let mut folded = String::new();
        let mut end = start + c.len_utf8();
        fold_into(c, &mut folded);
        if c.is_alphanumeric() {
            while let Some(&(at, next)) = chars.peek() {
                let inner = matches!(next, '\'' | '\u{2019}' | '\u{640}')
                    || is_mark(next)
                    || is_invisible(next);
                let joins = next.is_alphanumeric()
                    || is_mark(next)
                    || next == '\u{640}'
                    || inner && text[at + next.len_utf8()..].starts_with(char::is_alphanumeric);
                if !joins {
                    break;
                }
                fold_into(next, &mut folded);
                end = at + next.len_utf8();
                chars.next();
            }
        }
        if !folded.is_empty() {
            tokens.push(Token { folded, range: start..end });
        }
    }
    tokens
}

/// Folds a whole text into its tokens joined by spaces.
pub(crate) fn folded(text: &str) -> String {
    let tokens = tokens(text, usize::MAX);
    tokens.iter().map(|t| t.folded.as_str()).collect::<Vec<_>>().join(" ")
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{300}'..='\u{36f}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn fold_into(c: char, out: &mut String) {
    match c {
        _ if is_mark(c) || is_invisible(c) || c == '\u{640}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' => out.push('ي'),
        'ة' => out.push('ه'),
        'ک' => out.push('ك'),
        '٠'..='٩' => out.push(digit(c, '٠')),
        '۰'..='۹' => out.push(digit(c, '۰')),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => out.push('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
        '\u{201c}' | '\u{201d}' | '«' | '»' | '\u{201e}' => out.push('"'),
        '：' => out.push(':'),
        '،' => out.push(','),
        _ => out.extend(c.to_lowercase()),
    }
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + (c as u32 - zero as u32) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_fold_to_one_form() {
        for text in ["إقرأ أيضًا", "اقرأ أيضا", "اقرأْ أيضاً", "إقــرأ أيضًا", "اقرا ايضا"]
        {
            assert_eq!(folded(text), "اقرا ايضا", "{text}");
        }
        assert_eq!(folded("Don’t MISS:"), "don't miss :");
        assert_eq!(folded("٣ تعليقات"), "3 تعليقات");
    }

    #[test]
    fn ranges_point_at_the_words() {
        let text = "  READ  ـــ قالَ، x";
        for token in tokens(text, 10) {
            assert!(
                text.is_char_boundary(token.range.start) && text.is_char_boundary(token.range.end)
            );
            assert!(!text[token.range.clone()].trim().is_empty());
        }
    }
}
