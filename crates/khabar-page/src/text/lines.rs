//! The lines of a text as its writer meant them.

/// A line, or the lines of a paragraph that was wrapped to a width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// No empty line stands before it.
    pub(super) soft: bool,
}

/// Cuts a text into lines; paragraphs wrapped at a fixed width are joined again.
pub(super) fn lines_of(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    for line in text.split(['\n', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_mark(c));
        if line.is_empty() {
            end_paragraph(&mut paragraph, &mut lines);
        } else {
            paragraph.push(line);
        }
    }
    end_paragraph(&mut paragraph, &mut lines);
    lines
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn end_paragraph(paragraph: &mut Vec<&str>, lines: &mut Vec<Line>) {
    if is_wrapped(paragraph) {
        lines.push(Line { text: tidy(&paragraph.join(" ")), soft: false });
    } else {
        lines.extend(
            paragraph.iter().enumerate().map(|(i, line)| Line { text: tidy(line), soft: i > 0 }),
        );
    }
    paragraph.clear();
}

/// Removes control characters; a space or two inside a line is layout and stays.
fn tidy(line: &str) -> String {
    line.chars().filter(|c| !c.is_control() || *c == '\t').collect()
}

/// A wrapped paragraph has lines of about one width, most of which end in the middle of a sentence.
fn is_wrapped(paragraph: &[&str]) -> bool {
    let Some((_, full)) = paragraph.split_last().filter(|(_, full)| !full.is_empty()) else {
        return false;
    };
    let widths = || full.iter().map(|l| l.chars().count());
    let (narrow, wide) = (widths().min().unwrap_or(0), widths().max().unwrap_or(0));
    let open =
        full.iter().filter(|l| !l.ends_with(['.', '!', '?', ':', '؟', '"', '”', '»'])).count();
    narrow >= 45 && wide <= 100 && narrow + 22 >= wide && open * 10 >= full.len() * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        lines_of(text).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn wrapped_paragraphs_are_joined_and_short_lines_are_not() {
        let wrapped = "The council met on Monday to talk about the bridge that has been\nclosed since the spring floods, and agreed to pay for a study of\nthe damage.\n\nA vote follows.";
        assert_eq!(texts(wrapped).len(), 2);
        assert!(texts(wrapped)[0].contains("has been closed since"));
        assert_eq!(texts("One line.\nAnother line.\r\nA third.").len(), 3);
        assert_eq!(texts(" \n\n\u{feff}\n").len(), 0);
    }
}
