//! Rows for programs: NDJSON, CSV and JSON.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;
use serde_json::Value;

use crate::args::RowFormat;

/// The form asked for, else the one that suits the standard output.
pub(crate) fn format(asked: Option<RowFormat>) -> RowFormat {
    let usual = if io::stdout().is_terminal() { RowFormat::Text } else { RowFormat::Ndjson };
    asked.unwrap_or(usual)
}

/// The columns of a CSV table, behind those of a command.
const COLUMNS: [&str; 21] = [
    "id",
    "kind",
    "day",
    "who",
    "what",
    "whom",
    "status",
    "place",
    "according_to",
    "answers",
    "happening",
    "words",
    "start",
    "end",
    "rule",
    "document",
    "title",
    "outlet",
    "published",
    "language",
    "source",
];

/// Prints rows as NDJSON or as CSV; `more` names the command's own columns.
pub(crate) fn print<R: Serialize>(
    out: &mut impl Write,
    format: RowFormat,
    more: &[&str],
    rows: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    if format == RowFormat::Csv {
        let header: Vec<&str> = more.iter().chain(&COLUMNS).copied().collect();
        writeln!(out, "{}", header.join(","))?;
    }
    for row in rows {
        if format == RowFormat::Csv {
            let row = serde_json::to_value(row)?;
            let cells: Vec<String> =
                more.iter().chain(&COLUMNS).map(|column| cell(&row, column)).collect();
            writeln!(out, "{}", cells.join(","))?;
        } else {
            line(out, &row)?;
        }
    }
    Ok(())
}

/// Prints values as CSV with columns of their own.
pub(crate) fn table(
    out: &mut impl Write,
    columns: &[&str],
    rows: impl IntoIterator<Item = Value>,
) -> io::Result<()> {
    writeln!(out, "{}", columns.join(","))?;
    for row in rows {
        let cells: Vec<String> = columns.iter().map(|column| cell(&row, column)).collect();
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

/// Prints one JSON document on a line of its own.
pub(crate) fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

fn cell(row: &Value, column: &str) -> String {
    let value = match column {
        "start" => row.get("span").and_then(|span| span.get(0)),
        "end" => row.get("span").and_then(|span| span.get(1)),
        _ => row.get(column),
    };
    quote(&value.map(plain).unwrap_or_default())
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// A cell by RFC 4180: in quotation marks when it holds what would end it.
fn quote(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let rows = [serde_json::json!({
            "id": "a/s1", "who": ["A, B", "C"], "words": "he said \"no\"", "span": [3, 9], "score": 1.5
        })];
        let mut out = Vec::new();
        print(&mut out, RowFormat::Csv, &["score"], rows).unwrap();
        let text = String::from_utf8(out).unwrap();
        let (header, row) = text.split_once('\n').unwrap();
        assert!(header.starts_with("score,id,kind,"), "{header}");
        assert_eq!(row, "1.5,a/s1,,,\"A, B; C\",,,,,,,,\"he said \"\"no\"\"\",3,9,,,,,,,\n");
    }
}
