//! Texts of one line with marks in brackets, `[label words]`, as `corpus/sentences` keeps them.
//!
//! Brackets nest; a label has no space. `¶` between spaces stands for the end of a paragraph.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use khabar_record::TextRange;

/// A text with its marks, in the order in which they open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) marks: Vec<(String, TextRange)>,
}

/// Reads a table with the columns `id` and `text`.
pub(crate) fn read(path: &Path) -> Result<Vec<Marked>> {
    let table = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    if !is_table(&table) {
        bail!("{}: the columns are not id and text", path.display());
    }
    rows(&table).with_context(|| path.display().to_string())
}

/// Whether a file is such a table: one with the columns `id` and `text`.
pub(crate) fn is_table(content: &str) -> bool {
    content.lines().next() == Some("id\ttext")
}

/// The rows below the columns' names.
pub(crate) fn rows(content: &str) -> Result<Vec<Marked>> {
    let mut all = Vec::new();
    for (number, line) in content.lines().enumerate().skip(1) {
        let place = || format!("line {}", number + 1);
        let (id, marked) = line.split_once('\t').with_context(|| format!("{}: no tab", place()))?;
        let (text, marks) = unmark(marked).with_context(place)?;
        all.push(Marked { id: id.to_owned(), text, marks });
    }
    Ok(all)
}

/// Takes the marks out of a text.
fn unmark(marked: &str) -> Result<(String, Vec<(String, TextRange)>)> {
    let marked = marked.replace(" ¶ ", "\n\n");
    let mut text = String::with_capacity(marked.len());
    let mut marks: Vec<(String, TextRange)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = marked.as_str();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => {
                let Some((label, behind)) = rest.split_once(' ') else {
                    bail!("a bracket without a label");
                };
                open.push(marks.len());
                marks.push((label.to_owned(), TextRange::new(text.len(), text.len())));
                rest = behind;
            }
            ']' => {
                let Some(number) = open.pop() else { bail!("a bracket too many") };
                let mark = &mut marks[number].1;
                *mark = TextRange::new(mark.start().to_usize(), text.len());
            }
            _ => text.push(c),
        }
    }
    if !open.is_empty() {
        bail!("a bracket is not closed");
    }
    Ok((text, marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_nest_and_paragraphs_end() {
        let (text, marks) = unmark("[s She] [c said] [t it [c2 denied] all]. ¶ No.").unwrap();
        assert_eq!(text, "She said it denied all.\n\nNo.");
        let words: Vec<(&str, &str)> =
            marks.iter().map(|(label, span)| (label.as_str(), &text[*span])).collect();
        assert_eq!(words, [("s", "She"), ("c", "said"), ("t", "it denied all"), ("c2", "denied")]);
    }

    #[test]
    fn faults_are_told() {
        for text in ["[s Ada", "Ada]", "[Ada]"] {
            assert!(unmark(text).is_err(), "{text}");
        }
    }
}
