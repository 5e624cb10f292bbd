//! `khabar who`: all that the store knows of somebody.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use khabar_store::{Relation, Row, Store, Who};
use serde::Serialize;

use crate::args::{RowFormat, WhoArgs};
use crate::rows;
use crate::view::Layout;
use crate::view::rows::Page;

/// A row with how it concerns the one who was asked for.
#[derive(Serialize)]
struct Concern<'w> {
    relation: Relation,
    #[serde(flatten)]
    row: &'w Row,
}

/// Prints what somebody said and did. The exit status is 1 when nobody bears the name.
pub(crate) fn run(args: &WhoArgs) -> Result<ExitCode> {
    let store = Store::open(&args.store.db)?;
    let filter = args.filter.filter(&[]);
    let who = store.who(&args.name.join(" "), &filter, args.output.limit as usize)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match rows::format(args.output.format) {
        RowFormat::Text => {
            let mut page = Page::new(Layout::of_output());
            page.who(&who);
            out.write_all(page.finish().as_bytes())?;
        }
        RowFormat::Json => {
            let rows: Vec<Concern<'_>> = concerns(&who).collect();
            let json = serde_json::json!({
                "bearers": who.bearers, "months": who.months, "counts": who.counts, "rows": rows
            });
            rows::line(&mut out, &json)?;
        }
        format => rows::print(&mut out, format, &["relation"], concerns(&who))?,
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(who.bearers.is_empty())))
}

fn concerns(who: &Who) -> impl Iterator<Item = Concern<'_>> {
    who.rows
        .iter()
        .flat_map(|(&relation, rows)| rows.iter().map(move |row| Concern { relation, row }))
}
