//! `khabar-lab reading`: precision by reading. Events are drawn by chance from records and printed beside their sentences; a
//! person writes into the sheet what is right; the sheet is counted. It names documents and places in them, never their
//! words, so that it can be kept where the texts can't.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use khabar_record::{CodePointIndex, CodePointRange, Event, Party, Record, Status};

use crate::records;
use crate::train::rng::Rng;

/// The first line of a sheet.
const HEADER: [&str; 10] = [
    "document",
    "start",
    "end",
    "type",
    "mode",
    "status",
    "type_right",
    "actors_right",
    "recipients_right",
    "note",
];

/// Judge events by reading.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Draw events from records: prints them for reading, and writes a sheet whose judgements are empty.
    Draw {
        /// Records (khabar-record/1, a line each).
        records: PathBuf,
        /// The sheet to write.
        #[arg(long, value_name = "FILE")]
        sheet: PathBuf,
        /// How many events are drawn.
        #[arg(long, default_value_t = 100)]
        count: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Count the judgements of sheets.
    Count {
        /// Sheets that have been filled in with `y` and `n`.
        #[arg(required = true)]
        sheets: Vec<PathBuf>,
    },
}

pub(crate) fn run(command: &Command) -> Result<()> {
    match command {
        Command::Draw { records, sheet, count, seed } => draw(records, sheet, *count, *seed),
        Command::Count { sheets } => sheets.iter().try_for_each(|sheet| count(sheet)),
    }
}

fn draw(path: &Path, sheet: &Path, count: usize, seed: u64) -> Result<()> {
    let records = records::load(path)?;
    let mut all: Vec<(&Record, &Event)> = records
        .values()
        .flat_map(|record| record.events.iter().map(move |event| (record, event)))
        .collect();
    Rng::new(seed).shuffle(&mut all);
    all.truncate(count);
    let mut rows = HEADER.join("\t") + "\n";
    for (number, (record, event)) in (1..).zip(&all) {
        println!("{}", for_reading(number, record, event));
        rows.push_str(&row(record, event));
    }
    fs::write(sheet, rows).with_context(|| format!("{}", sheet.display()))
}

fn row(record: &Record, event: &Event) -> String {
    let text = &record.document.text;
    let CodePointRange(start, end) = CodePointIndex::new(text).span(text, event.trigger);
    let mode = event.mode.as_deref().unwrap_or_default();
    let (id, status) = (&record.document.id, status(event.status));
    format!("{id}\t{start}\t{end}\t{}\t{mode}\t{status}\t\t\t\t\n", event.kind)
}

/// An event with its sentence and the one before.
fn for_reading(number: usize, record: &Record, event: &Event) -> String {
    let text = &record.document.text;
    let sentence = record.sentences.iter().position(|range| range.contains_range(event.trigger));
    let before = sentence.and_then(|at| at.checked_sub(1)).map(|at| &text[record.sentences[at]]);
    let (before, own) =
        (before.unwrap_or(""), sentence.map_or("", |at| &text[record.sentences[at]]));
    let according = event
        .according_to
        .and_then(|id| record.statements.iter().find(|statement| statement.id == id));
    let mut out = format!(
        "{number}. {}\n   before: {before}\n   text:   {own}\n   {} {} [{}] on \"{}\"\n",
        record.document.id,
        event.kind,
        event.mode.as_deref().unwrap_or("-"),
        status(event.status),
        &text[event.trigger],
    );
    let _ = writeln!(out, "   actors: {}", parties(record, &event.actors));
    let _ = writeln!(out, "   recipients: {}", parties(record, &event.recipients));
    if let Some(statement) = according {
        let _ = writeln!(out, "   according to: {}", parties(record, &statement.source));
    }
    out
}

fn parties(record: &Record, parties: &[Party]) -> String {
    let text = &record.document.text;
    let one = |party: &Party| {
        let entity = record.entities.iter().find(|entity| Some(entity.id) == party.entity);
        let words = party.span.map_or("(not in the clause)", |span| &text[span]);
        let name = entity.and_then(|entity| entity.names.values().next());
        let name = name.map_or("unnamed", String::as_str);
        let country =
            party.country.as_deref().or(entity.and_then(|entity| entity.country.as_deref()));
        format!("\"{words}\" = {name} ({})", country.unwrap_or("-"))
    };
    if parties.is_empty() {
        "unknown".to_owned()
    } else {
        parties.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

fn status(status: Status) -> String {
    format!("{status:?}").to_lowercase()
}

/// Prints how many of a sheet's events are right in each respect, and in all of them.
fn count(path: &Path) -> Result<()> {
    let sheet = fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
    let mut lines = sheet.lines();
    if lines.next().is_none_or(|header| !header.split('\t').eq(HEADER)) {
        bail!("{}: a sheet has the columns {}", path.display(), HEADER.join(", "));
    }
    let mut right: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows = 0;
    for (number, line) in (2..).zip(lines) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [.., kind, actors, recipients, _] = cells[..] else {
            bail!("{}:{number}: {} cells", path.display(), cells.len());
        };
        let judge = |cell: &str| match cell {
            "y" => Ok(true),
            "n" => Ok(false),
            _ => bail!("{}:{number}: {cell:?} is neither y nor n", path.display()),
        };
        let (kind, actors, recipients) = (judge(kind)?, judge(actors)?, judge(recipients)?);
        rows += 1;
        for (what, is) in [
            ("type", kind),
            ("actors", actors),
            ("recipients", recipients),
            ("type and both parties", kind && actors && recipients),
        ] {
            *right.entry(what).or_default() += usize::from(is);
        }
    }
    println!("{}: {rows} events", path.display());
    for (what, right) in right {
        println!("  {what:<24}{right:>5}  {:.2}", right as f64 / f64::from(rows.max(1)));
    }
    Ok(())
}
