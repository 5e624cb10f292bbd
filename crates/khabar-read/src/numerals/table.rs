//! Reading the tab-separated files that rules and word lists are kept in.

/// One line of a table that is neither empty nor a comment.
pub(crate) struct Row<'a> {
    /// The line's number in the file, counted from one.
    pub(crate) line: usize,
    /// The cells, without white space at their edges.
    pub(crate) cells: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// Returns a cell, or the empty text for a cell that the line does not have.
    pub(crate) fn cell(&self, index: usize) -> &'a str {
        self.cells.get(index).copied().unwrap_or_default()
    }
}

/// Returns the rows of a table; a line that starts with `#` is a comment.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(index, line)| Row {
            line: index + 1,
            cells: line.split('\t').map(str::trim).collect(),
        })
}
