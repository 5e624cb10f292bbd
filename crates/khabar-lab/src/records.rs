//! Records that were written before, read back.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use khabar_record::{CodePointRange, Record};

/// Reads records (khabar-record/1, a line each), by the id of their document.
pub(crate) fn load(path: &Path) -> Result<BTreeMap<String, Record>> {
    let file = File::open(path).with_context(|| format!("{}", path.display()))?;
    let mut records = BTreeMap::new();
    for (n, line) in (1..).zip(BufReader::new(file).lines()) {
        let line = line.with_context(|| format!("{}", path.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Record<CodePointRange> =
            serde_json::from_str(&line).with_context(|| format!("{}:{n}", path.display()))?;
        let record = record.into_bytes().with_context(|| format!("{}:{n}", path.display()))?;
        records.insert(record.document.id.clone(), record);
    }
    Ok(records)
}
