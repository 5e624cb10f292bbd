//! `khabar show`: a document, a statement or an event.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use khabar_store::{DocumentKey, Store};

use crate::args::{RowFormat, ShowArgs};
use crate::rows;
use crate::view::rows::Page;
use crate::view::{self, Layout};

/// Prints what an identifier means. The exit status is 1 when the store has nothing of that name.
pub(crate) fn run(args: &ShowArgs) -> Result<ExitCode> {
    let store = Store::open(&args.store.db)?;
    let (name, part) = split(&args.id);
    let keys = store.resolve(name)?;
    let key = match keys.as_slice() {
        [] => {
            eprintln!("khabar: the store has no document {name}");
            return Ok(ExitCode::from(1));
        }
        [key] => *key,
        several => bail!("{name} may mean any of {}", list(several)),
    };
    let Some(stored) = store.document(key)? else {
        bail!("document {key} has just been taken out");
    };
    let format = rows::format(args.format);
    let layout = Layout::of_output();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if let Some(part) = part {
        let Some(row) = stored.row(part) else {
            eprintln!("khabar: document {} has no {part}", key.short());
            return Ok(ExitCode::from(1));
        };
        match format {
            RowFormat::Text => {
                let mut page = Page::new(layout);
                page.row(&row);
                out.write_all(page.finish().as_bytes())?;
            }
            RowFormat::Csv => rows::print(&mut out, format, &[], [row])?,
            RowFormat::Ndjson | RowFormat::Json => rows::line(&mut out, &row)?,
        }
    } else {
        match format {
            RowFormat::Text => out.write_all(view::render(&stored.record, layout).as_bytes())?,
            RowFormat::Csv => {
                let record = &stored.record;
                let ids = record.statements.iter().map(|it| it.id.to_string());
                let ids = ids.chain(record.events.iter().map(|it| it.id.to_string()));
                rows::print(&mut out, format, &[], ids.filter_map(|id| stored.row(&id)))?;
            }
            RowFormat::Ndjson | RowFormat::Json => {
                rows::line(&mut out, &stored.record.into_code_points())?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The document and, behind the last slash, a statement or an event; other slashes belong to a path.
fn split(id: &str) -> (&str, Option<&str>) {
    let is_part = |part: &str| {
        part.strip_prefix(['s', 'v'])
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    match id.rsplit_once('/') {
        Some((document, part)) if is_part(part) => (document, Some(part)),
        _ => (id, None),
    }
}

pub(super) fn list(keys: &[DocumentKey]) -> String {
    const SHOWN: usize = 5;
    let mut names: Vec<String> = keys.iter().take(SHOWN).map(ToString::to_string).collect();
    if keys.len() > SHOWN {
        names.push(format!("{} others", keys.len() - SHOWN));
    }
    names.join(", ")
}
