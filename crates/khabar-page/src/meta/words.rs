//! Bringing words to forms in which they can be compared.

/// Joins runs of white space, drops marks of direction and zero-width characters, trims.
pub(crate) fn squash(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_invisible(c) && !c.is_control() {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Decodes character references and drops tags, for values that were escaped twice on their way into a page.
pub(crate) fn plain(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return squash(text);
    }
    let decoded: String = scraper::Html::parse_fragment(text).root_element().text().collect();
    if decoded.contains('&') && decoded.contains(';') && decoded != text {
        let twice: String = scraper::Html::parse_fragment(&decoded).root_element().text().collect();
        return squash(&twice);
    }
    squash(&decoded)
}

/// Folds a character for comparison: lower case, Arabic letter variants, digits of other scripts.
pub(crate) fn fold_char(c: char) -> Option<char> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => return None,
        c => digit(c).unwrap_or(c),
    })
}

/// Maps Arabic-Indic and Persian digits to ASCII.
fn digit(c: char) -> Option<char> {
    let value = match c {
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Rewrites digits of other scripts as ASCII digits and leaves all else.
pub(crate) fn ascii_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// Folds a text to lower-case words of letters and digits, one space apart.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let Some(c) = fold_char(c) else { continue };
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.extend(c.to_lowercase());
        } else if !is_apostrophe(c) && !is_invisible(c) {
            gap = true;
        }
    }
    out
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{2bc}')
}

/// Whether most letters are Arabic.
pub(crate) fn is_arabic(text: &str) -> bool {
    let (mut arabic, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if is_arabic_letter(c) {
            arabic += 1;
        } else {
            other += 1;
        }
    }
    arabic > other
}

/// Whether a character is a letter of the Arabic script.
pub(crate) fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6fa}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
}

/// Cuts a text after at most `limit` bytes, at a character boundary.
pub(crate) fn clip(text: &str, limit: usize) -> &str {
    &text[..floor(text, limit)]
}

/// Returns the last character boundary at or before `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_makes_spellings_alike() {
        assert_eq!(fold("«أخبارُ» الـيوم"), fold("اخبار اليوم"));
        assert_eq!(fold("King’s  Speech – 2"), "kings speech 2");
        assert_eq!(fold("٢٠٢٤"), "2024");
    }

    #[test]
    fn escapes_are_undone_even_twice() {
        assert_eq!(plain("Tom &amp;amp; <b>Ann</b>"), "Tom & Ann");
        assert_eq!(plain("خبر &quot;عاجل&quot;"), "خبر \"عاجل\"");
        assert_eq!(plain("a < b"), "a < b");
    }
}
