//! Words in a text, with their places.

use khabar_record::TextRange;

/// A word of a text as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) range: TextRange,
}

/// The words of a text, in order. A word is a run of letters and digits with the marks that belong to it; an apostrophe, a
/// full stop or a comma between letters or digits does not end it where it is part of a name, an initialism or a number.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_alphanumeric)?;
        let end = end_of_word(text, start);
        at = end;
        Some(Token { text: &text[start..end], range: TextRange::new(start, end) })
    })
}

/// As [`char::is_alphanumeric`], which looks letters beyond ASCII up in a table: for most characters of Arabic and English
/// texts one look suffices.
pub(super) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        'ء'..='غ' | 'ف'..='ي' => true,
        '،' | '؛' | '؟' | '«' | '»' | '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphanumeric(),
    }
}

fn end_of_word(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut before = '\0';
    let mut chars = text[start..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let goes_on = if is_alphanumeric(c) || is_mark(c) {
            true
        } else {
            let after = chars.peek().map_or('\0', |&(_, after)| after);
            match c {
                '\'' | '’' => before.is_alphabetic() && after.is_alphabetic(),
                '.' | ',' | '٫' | '٬' if before.is_numeric() => after.is_numeric(),
                // "U.S." but not "yesterday.The".
                '.' => {
                    is_initial(&text[start..start + offset])
                        && after.is_alphabetic()
                        && after.is_uppercase()
                }
                _ => false,
            }
        };
        if !goes_on {
            break;
        }
        end = start + offset + c.len_utf8();
        before = c;
    }
    end
}

/// Whether what was read of the word so far ends with a single capital letter: the start of an initialism.
fn is_initial(text: &str) -> bool {
    let mut back = text.chars().rev();
    back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(|c| c == '.')
}

/// Marks inside words: vowel signs, joiners, soft hyphens, direction marks.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6ed}'
            | '\u{ad}'
            | '\u{200c}'..='\u{200f}'
            | '\u{2060}'
            | '\u{640}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).map(|token| token.text).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(
            words("The U.S. said 1,200.5 (no) O’Brien’s."),
            ["The", "U.S", "said", "1,200.5", "no", "O’Brien’s"]
        );
        assert_eq!(words("قال الرَّئيسُ: «نعم»، و٢٠٢٤."), ["قال", "الرَّئيسُ", "نعم", "و٢٠٢٤"]);
        assert_eq!(words("الرئـــيس end.Then x-ray"), ["الرئـــيس", "end", "Then", "x", "ray"]);
        assert!(words(" … — ").is_empty());
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for c in ('\0'..='\u{2fff}').chain('\u{fb00}'..='\u{ffff}') {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn places_are_right() {
        for token in tokens("قال: U.S. «نعم» 3.5") {
            assert_eq!(&"قال: U.S. «نعم» 3.5"[token.range], token.text);
        }
    }
}
