//! Reads the lists that khabar's rules and knowledge are kept in: tab-separated tables that people edit, with notes and a
//! header.
//!
//! Lists are most of khabar, and most of its faults are slips in a list. Every fault is therefore an error that names the
//! file and the line, unknown columns included, so that whoever edits a list finds it at once.
//!
//! ```
//! let table = khabar_table::Table::parse("verbs.tsv", "# A note.\nid\tverb\nv1\tsay|tell\n")?;
//! let columns = table.columns(["verb", "id"])?;
//! for row in table.rows() {
//!     let [verbs, id] = columns.cells(row);
//!     assert_eq!((id, khabar_table::list(verbs).count()), ("v1", 2));
//! }
//! # Ok::<(), khabar_table::TableError>(())
//! ```

use thiserror::Error;

/// A fault in a list, with its file and line.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{file}:{line}: {fault}")]
pub struct TableError {
    file: &'static str,
    line: usize,
    fault: String,
}

/// A parsed table: a header and the rows below it. Empty lines and lines that start with `#` are notes.
#[derive(Debug)]
pub struct Table<'t> {
    file: &'static str,
    header: Vec<&'t str>,
    rows: Vec<Row<'t>>,
}

/// One row of a table.
#[derive(Debug)]
pub struct Row<'t> {
    file: &'static str,
    line: usize,
    cells: Vec<&'t str>,
}

/// The places of the columns that a reader asked for.
#[derive(Debug)]
pub struct Columns<const N: usize>([usize; N]);

impl<'t> Table<'t> {
    /// Parses `text`; `file` is its name in errors.
    ///
    /// Empty lines and lines that start with `#` are notes. The first other line is the header, and every row below it has
    /// as many cells.
    pub fn parse(file: &'static str, text: &'t str) -> Result<Self, TableError> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(n, line)| (n + 1, line))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let fault = |line, fault: String| TableError { file, line, fault };
        let (_, header) = lines.next().ok_or_else(|| fault(1, "the table is empty".into()))?;
        let header: Vec<&str> = header.split('\t').collect();
        let mut rows = Vec::new();
        for (line, text) in lines {
            let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
            if cells.len() != header.len() {
                let (found, wanted) = (cells.len(), header.len());
                return Err(fault(line, format!("{found} cells where the header has {wanted}")));
            }
            rows.push(Row { file, line, cells });
        }
        Ok(Self { file, header, rows })
    }

    /// Finds the columns by name; a missing or an unknown column is a fault.
    pub fn columns<const N: usize>(&self, wanted: [&str; N]) -> Result<Columns<N>, TableError> {
        let fault = |fault| TableError { file: self.file, line: 1, fault };
        if let Some(unknown) = self.header.iter().find(|name| !wanted.contains(name)) {
            return Err(fault(format!("unknown column {unknown:?}")));
        }
        let mut places = [0; N];
        for (place, name) in places.iter_mut().zip(wanted) {
            *place = self
                .header
                .iter()
                .position(|column| *column == name)
                .ok_or_else(|| fault(format!("the column {name:?} is missing")))?;
        }
        Ok(Columns(places))
    }

    /// Returns the rows below the header.
    pub fn rows(&self) -> &[Row<'t>] {
        &self.rows
    }
}

impl Row<'_> {
    /// Makes an error that points at this row.
    pub fn error(&self, fault: String) -> TableError {
        TableError { file: self.file, line: self.line, fault }
    }
}

impl<const N: usize> Columns<N> {
    /// Returns the row's cells in the order in which the columns were asked for.
    pub fn cells<'t>(&self, row: &Row<'t>) -> [&'t str; N] {
        self.0.map(|place| row.cells[place])
    }
}

/// Splits a cell at `|` into its values, without the empty ones.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|value| !value.is_empty())
}

/// Splits a cell of names at `|`; the flag is set for a name behind `~`, which is ambiguous.
pub fn names(cell: &str) -> impl Iterator<Item = (&str, bool)> {
    list(cell).map(|name| {
        name.strip_prefix('~').map_or((name, false), |ambiguous| (ambiguous.trim(), true))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_comments_a_header_and_full_rows() {
        let table = Table::parse("t.tsv", "# note\n\na\tb\n1\t2\n").unwrap();
        let columns = table.columns(["b", "a"]).unwrap();
        assert_eq!(columns.cells(&table.rows()[0]), ["2", "1"]);
        assert!(table.columns(["a", "b", "c"]).is_err());
        assert!(table.columns(["a"]).is_err());
        let error = Table::parse("t.tsv", "a\tb\n1\n").err().unwrap().to_string();
        assert_eq!(error, "t.tsv:2: 1 cells where the header has 2");
    }

    #[test]
    fn cells_hold_names_and_marks_of_doubt() {
        let all: Vec<_> = names("Chad| ~Jordan |").collect();
        assert_eq!(all, [("Chad", false), ("Jordan", true)]);
    }
}
