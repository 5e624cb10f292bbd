//! `khabar claims`: what is contested.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use khabar_store::{Claim, Row, Store};
use serde::Serialize;

use crate::args::{RowFormat, SearchArgs};
use crate::rows;
use crate::view::Layout;
use crate::view::rows::Page;

/// A statement on one side of a claim, as a row of a table.
#[derive(Serialize)]
struct Side<'c> {
    claim: usize,
    claimed: &'c str,
    side: &'static str,
    number: Option<f64>,
    #[serde(flatten)]
    row: &'c Row,
}

/// Prints the claims that somebody denies, and the numbers that contradict each other. The exit status is 1 when there are none.
pub(crate) fn run(args: &SearchArgs) -> Result<ExitCode> {
    let store = Store::open(&args.store.db)?;
    let filter = args.filter.filter(&args.words);
    let claims = store.claims(&filter, args.output.limit as usize)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match rows::format(args.output.format) {
        RowFormat::Text => {
            let mut page = Page::new(Layout::of_output());
            claims.iter().for_each(|claim| page.claim(claim));
            out.write_all(page.finish().as_bytes())?;
        }
        RowFormat::Json => rows::line(&mut out, &claims)?,
        RowFormat::Ndjson => claims.iter().try_for_each(|claim| rows::line(&mut out, claim))?,
        RowFormat::Csv => {
            let sides = claims.iter().enumerate().flat_map(|(n, claim)| sides(n + 1, claim));
            rows::print(&mut out, RowFormat::Csv, &["claim", "claimed", "side", "number"], sides)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(claims.is_empty())))
}

fn sides(number: usize, claim: &Claim) -> impl Iterator<Item = Side<'_>> {
    let asserted = claim.asserted.iter().map(|row| ("asserted", None, row));
    let denied = claim.denied.iter().map(|row| ("denied", None, row));
    let rivals = claim.rivals.iter().map(|rival| ("rival", Some(rival.value), &rival.row));
    asserted.chain(denied).chain(rivals).map(move |(side, value, row)| Side {
        claim: number,
        claimed: &claim.words,
        side,
        number: value,
        row,
    })
}
