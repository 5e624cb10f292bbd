//! Records as they are: one line of JSON each, out and in.

use std::io::BufRead;

use khabar_record::{CodePointRange, Record, SCHEMA};

use crate::output::Output;
use crate::view::Item;
use crate::{ExportError, Result};

pub(crate) fn write(out: &mut Output, item: &Item) -> Result<()> {
    out.put_json(&item.record.clone().into_code_points())
}

/// Reads records that were written as NDJSON; `name` is the input's name in errors. Records of documents that could not be
/// read hold nothing to export and are left out.
pub fn read_records(
    input: impl BufRead,
    name: impl Into<String>,
) -> impl Iterator<Item = Result<Record>> {
    let name = name.into();
    input.lines().zip(1..).filter_map(move |(line, number)| {
        let fault = |fault: String| ExportError::Input { name: name.clone(), line: number, fault };
        let parse = |line: std::io::Result<String>| {
            let line = line.map_err(|error| fault(error.to_string()))?;
            if line.trim().is_empty() {
                return Ok(None);
            }
            let record: Record<CodePointRange> =
                serde_json::from_str(&line).map_err(|error| fault(error.to_string()))?;
            if record.schema != SCHEMA {
                return Err(fault(format!("the schema is {:?}, not {SCHEMA}", record.schema)));
            }
            if record.document.text.is_empty() && !record.errors.is_empty() {
                return Ok(None);
            }
            record.into_bytes().map(Some).map_err(|error| fault(error.to_string()))
        };
        parse(line).transpose()
    })
}
