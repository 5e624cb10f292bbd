//! `khabar export`: a store, or records, into the formats of others.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use khabar_export::{Export, Item, Summary, read_records};
use khabar_store::{Store, StoredDocument};

use crate::args::ExportArgs;

/// Writes what the filter lets through. The exit status is 1 when that is nothing.
pub(crate) fn run(args: &ExportArgs) -> Result<ExitCode> {
    let progress = ProgressBar::new_spinner();
    progress.set_style(
        ProgressStyle::with_template("{spinner} {pos} documents written, {per_sec}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    let summary = if let Some(path) = &args.records {
        let name = path.display().to_string();
        let records = read_records(open(path)?, name);
        export(args, records.map(|record| Ok(record?.into())), &progress)?
    } else {
        let store = Store::open(&args.store.db)?;
        let documents = store.records(&args.filter.filter(&args.words))?;
        export(args, documents.map(|stored| Ok(item(stored?))), &progress)?
    };
    progress.finish_and_clear();
    eprintln!("khabar: {}", told(summary));
    Ok(ExitCode::from(u8::from(summary.documents == 0)))
}

fn export(
    args: &ExportArgs,
    items: impl Iterator<Item = Result<Item>>,
    progress: &ProgressBar,
) -> Result<Summary> {
    let mut export = Export::create(args.to.format(), &args.out)?;
    for item in items {
        export.write(&item?)?;
        progress.inc(1);
    }
    Ok(export.finish()?)
}

fn item(stored: StoredDocument) -> Item {
    Item {
        key: stored.key.to_string(),
        record: stored.record,
        story: stored.story,
        happenings: stored.happenings,
    }
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).with_context(|| path.display().to_string())?;
    Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
}

fn told(summary: Summary) -> String {
    let documents = match summary.documents {
        0 if summary.documents_left_out == 0 => return "nothing to export".to_owned(),
        1 => "1 document".to_owned(),
        count => format!("{count} documents"),
    };
    let mut facts = vec![format!("{documents} exported")];
    for (count, what) in [
        (summary.events_left_out, "events left out, which did not happen or have no code"),
        (summary.documents_left_out, "documents left out, which have no day of publication"),
    ] {
        if count > 0 {
            facts.push(format!("{count} {what}"));
        }
    }
    facts.join("; ")
}
