//! `khabar search`: documents, statements and events by words and names.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use khabar_store::{Row, Store};
use serde::Serialize;

use crate::args::{RowFormat, SearchArgs};
use crate::rows;
use crate::view::Layout;
use crate::view::rows::Page;

/// A passage with the score of its document.
#[derive(Serialize)]
struct Found {
    score: f32,
    #[serde(flatten)]
    row: Row,
}

/// Prints what is found. The exit status is 1 when nothing is.
pub(crate) fn run(args: &SearchArgs) -> Result<ExitCode> {
    let store = Store::open(&args.store.db)?;
    let filter = args.filter.filter(&args.words);
    let hits = store.search(&filter, args.output.limit as usize)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let found = hits
        .iter()
        .flat_map(|hit| hit.rows().into_iter().map(|row| Found { score: hit.score, row }));
    match rows::format(args.output.format) {
        RowFormat::Text => {
            let mut page = Page::new(Layout::of_output());
            hits.iter().for_each(|hit| page.hit(hit));
            out.write_all(page.finish().as_bytes())?;
        }
        RowFormat::Json => rows::line(&mut out, &found.collect::<Vec<_>>())?,
        format => rows::print(&mut out, format, &["score"], found)?,
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(hits.is_empty())))
}
