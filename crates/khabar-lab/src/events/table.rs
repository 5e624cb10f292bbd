//! Tables of sentences with marked triggers, and lists of senses with examples: rows of cells between tabs below a line that
//! names the columns.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use khabar_record::{TextRange, TextSize};

/// A table that was read.
pub(super) struct Table {
    path: PathBuf,
    text: String,
}

impl Table {
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text =
            fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        Ok(Self { path: path.to_owned(), text })
    }

    /// The cells of these columns, row by row, each row with the number of its line, the first being 0. A row may be too short
    /// to have them all; comments and empty lines are no rows.
    pub(super) fn rows<const N: usize>(
        &self,
        names: [&str; N],
    ) -> Result<impl Iterator<Item = (usize, [Option<&str>; N])>> {
        let lines = self.text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty());
        let (_, header) =
            lines.next().with_context(|| format!("{}: empty", self.path.display()))?;
        let mut columns = [0; N];
        for (column, name) in columns.iter_mut().zip(names) {
            let at = header.split('\t').position(|cell| cell == name);
            *column = at.with_context(|| format!("{}: no column {name}", self.path.display()))?;
        }
        Ok(lines.map(move |(number, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            (number, columns.map(|column| cells.get(column).copied()))
        }))
    }

    /// Where a row stands, for people.
    pub(super) fn place(&self, number: usize) -> String {
        format!("{}:{}", self.path.display(), number + 1)
    }
}

/// The text without its marks, and what stood between them.
pub(super) fn unmark(marked: &str) -> (String, Vec<TextRange>) {
    let mut text = String::new();
    let mut triggers = Vec::new();
    let mut start = None;
    for letter in marked.chars() {
        match letter {
            '⟦' => start = Some(text.len()),
            '⟧' => {
                if let Some(start) = start.take() {
                    triggers
                        .push(TextRange::new(TextSize::from(start), TextSize::from(text.len())));
                }
            }
            letter => text.push(letter),
        }
    }
    (text, triggers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off() {
        let (text, triggers) = unmark("The king ⟦visited⟧ Oslo.");
        assert_eq!(text, "The king visited Oslo.");
        assert_eq!(&text[triggers[0]], "visited");
        assert!(unmark("No mark").1.is_empty());
    }
}
