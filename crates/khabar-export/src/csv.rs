//! CSV by RFC 4180: UTF-8, a header, lines that end with a line feed. Several values in a cell are set apart by `|`.

use std::fmt::Write as _;
use std::path::Path;

use crate::Result;
use crate::output::Output;
use crate::tables::{Cell, Table, TableWriter};

/// A table as CSV.
#[derive(Debug)]
pub(crate) struct CsvTable {
    out: Output,
    line: String,
}

impl TableWriter for CsvTable {
    fn create(folder: &Path, table: &'static Table) -> Result<Self> {
        let mut out = Output::create_in(folder, &format!("{}.csv", table.name))?;
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        out.put(format!("{}\n", names.join(",")).as_bytes())?;
        Ok(Self { out, line: String::new() })
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        self.line.clear();
        for (n, cell) in cells.iter().enumerate() {
            if n > 0 {
                self.line.push(',');
            }
            push(&mut self.line, cell);
        }
        self.line.push('\n');
        self.out.put(self.line.as_bytes())
    }

    fn finish(self) -> Result<()> {
        self.out.finish()
    }
}

fn push(line: &mut String, cell: &Cell<'_>) {
    // Writing to a string can't fail.
    let _ = match cell {
        Cell::None => Ok(()),
        Cell::Text(text) => {
            quote(line, text);
            Ok(())
        }
        Cell::List(values) => {
            quote(line, &values.join("|"));
            Ok(())
        }
        Cell::Integer(value) => write!(line, "{value}"),
        Cell::Number(value) => write!(line, "{value}"),
        Cell::Day(day) => write!(line, "{day}"),
    };
}

fn quote(line: &mut String, text: &str) {
    let plain = !text.is_empty()
        && !text.contains(['"', ',', '\n', '\r'])
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace);
    if plain {
        line.push_str(text);
        return;
    }
    line.push('"');
    line.push_str(&text.replace('"', "\"\""));
    line.push('"');
}
