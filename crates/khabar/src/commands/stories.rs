//! `khabar stories` and `khabar story`: documents on the same happening, and what happened.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use khabar_store::{Row, Store, Story};
use serde::Serialize;

use super::show::list;
use crate::args::{RowFormat, SearchArgs, StoryArgs};
use crate::rows;
use crate::view::Layout;
use crate::view::rows::Page;

/// A report or a denial of a happening, as a row of a table.
#[derive(Serialize)]
struct Side<'s> {
    side: &'static str,
    #[serde(flatten)]
    row: &'s Row,
}

/// Prints the stories. The exit status is 1 when there are none.
pub(crate) fn run(args: &SearchArgs) -> Result<ExitCode> {
    let store = Store::open(&args.store.db)?;
    note_waiting(&store)?;
    let filter = args.filter.filter(&args.words);
    let stories = store.stories(&filter, args.output.limit as usize)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match rows::format(args.output.format) {
        RowFormat::Text => {
            let mut page = Page::new(Layout::of_output());
            stories.iter().for_each(|story| page.story_line(story));
            out.write_all(page.finish().as_bytes())?;
        }
        RowFormat::Json => rows::line(&mut out, &stories)?,
        RowFormat::Ndjson => stories.iter().try_for_each(|story| rows::line(&mut out, story))?,
        RowFormat::Csv => rows::table(&mut out, &COLUMNS, stories.iter().map(counted))?,
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(stories.is_empty())))
}

/// The columns of a list of stories.
const COLUMNS: [&str; 8] =
    ["id", "title", "first", "last", "documents", "outlets", "countries", "languages"];

/// A story with its documents counted.
fn counted(story: &Story) -> serde_json::Value {
    serde_json::json!({
        "id": story.id, "title": story.title, "first": story.first, "last": story.last,
        "documents": story.documents.len(), "outlets": story.outlets, "countries": story.countries,
        "languages": story.languages,
    })
}

/// Prints one story. The exit status is 1 when the store has no such document.
pub(crate) fn one(args: &StoryArgs) -> Result<ExitCode> {
    let store = Store::open(&args.store.db)?;
    note_waiting(&store)?;
    let key = match store.resolve(&args.id)?.as_slice() {
        [] => {
            eprintln!("khabar: the store has no document {}", args.id);
            return Ok(ExitCode::from(1));
        }
        [key] => *key,
        several => bail!("{} may mean any of {}", args.id, list(several)),
    };
    let Some(story) = store.story(key)? else {
        bail!("document {key} has just been taken out");
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    match rows::format(args.output.format) {
        RowFormat::Text => {
            let mut page = Page::new(Layout::of_output());
            page.story(&story, args.output.limit as usize);
            out.write_all(page.finish().as_bytes())?;
        }
        RowFormat::Json => rows::line(&mut out, &story)?,
        RowFormat::Ndjson => {
            story.happenings.iter().try_for_each(|happening| rows::line(&mut out, happening))?;
        }
        RowFormat::Csv => {
            let sides = story.happenings.iter().flat_map(|happening| {
                let reports = happening.reports.iter().map(|row| Side { side: "report", row });
                reports.chain(happening.denied.iter().map(|row| Side { side: "denial", row }))
            });
            rows::print(&mut out, RowFormat::Csv, &["side"], sides)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Says when the stories are not those of all documents: another process is adding, or was stopped.
fn note_waiting(store: &Store) -> Result<()> {
    let waiting = store.waiting()?;
    if waiting > 0 {
        eprintln!(
            "khabar: {waiting} documents are not grouped yet; the next `khabar add` groups them"
        );
    }
    Ok(())
}
