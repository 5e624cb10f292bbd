//! `khabar timeline`: what happened, day by day.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use khabar_store::Store;

use crate::args::{RowFormat, SearchArgs};
use crate::rows;
use crate::view::Layout;
use crate::view::rows::Page;

/// Prints the events in the order in which they happened. The exit status is 1 when there are none.
pub(crate) fn run(args: &SearchArgs) -> Result<ExitCode> {
    let store = Store::open(&args.store.db)?;
    let filter = args.filter.filter(&args.words);
    let timeline = store.timeline(&filter, args.output.limit as usize)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match rows::format(args.output.format) {
        RowFormat::Text => {
            let mut page = Page::new(Layout::of_output());
            page.timeline(&timeline);
            out.write_all(page.finish().as_bytes())?;
        }
        RowFormat::Json => rows::line(&mut out, &timeline.entries)?,
        format => rows::print(&mut out, format, &["reports", "outlets"], &timeline.entries)?,
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(timeline.entries.is_empty())))
}
