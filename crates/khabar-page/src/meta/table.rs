//! The rule tables of this half of the crate.
//!
//! Words and patterns are data, so that a reader of either language can correct them without reading Rust. A table is a
//! TSV file: a first line that names the columns, comment lines that start with `#`, and rows of a fixed width. What
//! can't be understood is an error that names the file and the line, and a test loads every table.

use regex::Regex;

/// A rule that can't be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub(crate) struct TableError {
    pub(crate) file: &'static str,
    pub(crate) line: usize,
    pub(crate) problem: String,
}

/// An embedded table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    pub(crate) file: &'static str,
    pub(crate) text: &'static str,
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<const N: usize> {
    file: &'static str,
    line: usize,
    pub(crate) cells: [&'static str; N],
}

/// Embeds a table of `rules/` under its path.
macro_rules! table {
    ($path:literal) => {
        $crate::meta::table::Table {
            file: concat!("rules/", $path),
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/", $path)),
        }
    };
}
pub(crate) use table;

impl Table {
    /// Reads the rows, each of which must have exactly `N` cells; the last is the comment column.
    pub(crate) fn rows<const N: usize>(self) -> Result<Vec<Row<N>>, TableError> {
        let mut rows = Vec::new();
        for (index, text) in self.text.lines().enumerate().skip(1) {
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            let line = index + 1;
            let cells: Vec<&'static str> = text.split('\t').map(str::trim).collect();
            let cells = <[&'static str; N]>::try_from(cells).map_err(|cells| TableError {
                file: self.file,
                line,
                problem: format!("{} columns instead of {N}", cells.len()),
            })?;
            rows.push(Row { file: self.file, line, cells });
        }
        Ok(rows)
    }
}

impl<const N: usize> Row<N> {
    /// Makes an error about this row.
    pub(crate) fn error(&self, problem: impl Into<String>) -> TableError {
        TableError { file: self.file, line: self.line, problem: problem.into() }
    }

    /// Compiles a cell as a pattern, without regard to case.
    pub(crate) fn pattern(&self, cell: usize) -> Result<Regex, TableError> {
        regex::RegexBuilder::new(self.cells[cell])
            .case_insensitive(true)
            .size_limit(1 << 22)
            .build()
            .map_err(|error| self.error(error.to_string()))
    }
}

/// Unwraps a table that is part of the program.
///
/// # Panics
/// If the table is damaged, which a test rules out.
pub(crate) fn sound<T>(loaded: Result<T, TableError>) -> T {
    loaded.unwrap_or_else(|error| panic!("{error}"))
}
