//! `khabar export`: a store, or records, into the formats of others.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use khabar_export::{
    DenialItem, Export, HappeningItem, Item, StoryItem, StoryMember, Summary, read_records,
};
use khabar_store::{Happening, Row, RowKind, Store, StoredDocument, Story, StoryDocument};

use crate::args::ExportArgs;

/// Writes what the filter lets through. The exit status is 1 when that is nothing.
pub(crate) fn run(args: &ExportArgs) -> Result<ExitCode> {
    let progress = ProgressBar::new_spinner();
    progress.set_style(
        ProgressStyle::with_template("{spinner} {pos} documents written, {per_sec}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    let format = args.to.format();
    let summary = if let Some(path) = &args.records {
        let name = path.display().to_string();
        let records = read_records(open(path)?, name);
        export(args, records.map(|record| Ok((record?.into(), None))), &progress)?
    } else {
        let store = Store::open(&args.store.db)?;
        let documents = store.records(&args.filter.filter(&args.words))?;
        let mut stories = Stories::new(&store);
        export(
            args,
            documents.map(|stored| {
                let stored = stored?;
                let story = if format.takes_stories() { stories.of(&stored)? } else { None };
                Ok((item(stored), story))
            }),
            &progress,
        )?
    };
    progress.finish_and_clear();
    eprintln!("khabar: {}", told(summary));
    Ok(ExitCode::from(u8::from(summary.documents == 0)))
}

fn export(
    args: &ExportArgs,
    items: impl Iterator<Item = Result<(Item, Option<StoryItem>)>>,
    progress: &ProgressBar,
) -> Result<Summary> {
    let mut export = Export::create(args.to.format(), &args.out)?;
    for item in items {
        let (item, story) = item?;
        export.write(&item)?;
        story.map_or(Ok(()), |story| export.write_story(&story))?;
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

/// The stories of the documents that are exported, each once and whole.
struct Stories<'s> {
    store: &'s Store,
    seen: HashSet<String>,
}

impl<'s> Stories<'s> {
    fn new(store: &'s Store) -> Self {
        Self { store, seen: HashSet::new() }
    }

    /// The story of a document, with its first document that is met; what happened in a document that stands alone.
    fn of(&mut self, stored: &StoredDocument) -> Result<Option<StoryItem>> {
        let Some(id) = &stored.story else {
            let happenings = stored.happenings_alone();
            return Ok(Some(StoryItem {
                happenings: happenings.into_iter().map(happening).collect(),
                ..StoryItem::default()
            }));
        };
        if !self.seen.insert(id.clone()) {
            return Ok(None);
        }
        Ok(self.store.story(stored.key)?.map(story))
    }
}

fn story(story: Story) -> StoryItem {
    let member =
        |it: StoryDocument| StoryMember { document: it.head.document, copy_of: it.copy_of };
    StoryItem {
        id: story.id,
        title: story.title,
        first: story.first,
        last: story.last,
        outlets: story.outlets,
        countries: story.countries,
        languages: story.languages,
        documents: story.documents.into_iter().map(member).collect(),
        happenings: story.happenings.into_iter().map(happening).collect(),
    }
}

fn happening(happening: Happening) -> HappeningItem {
    let (kind, mode) = match happening.what.split_once('/') {
        Some((kind, mode)) => (kind.to_owned(), Some(mode.to_owned())),
        None => (happening.what, None),
    };
    let reports = happening.reports.len() as u64;
    let first = happening.reports.into_iter().next();
    let (actors, recipients, place, words) =
        first.map(|row| (row.who, row.whom, row.place, row.words)).unwrap_or_default();
    HappeningItem {
        id: happening.id,
        kind,
        mode,
        day: happening.day,
        actors,
        recipients,
        place,
        words,
        reports,
        documents: happening.documents,
        copies: happening.copies,
        outlets: happening.outlets,
        countries: happening.countries,
        first_document: happening.first.document,
        first_sources: happening.first.who,
        denials: happening.denied.into_iter().map(denial).collect(),
    }
}

fn denial(row: Row) -> DenialItem {
    let sources = if row.kind == RowKind::Event { Vec::new() } else { row.who };
    DenialItem { id: row.id, document: row.head.document, day: row.day, sources, words: row.words }
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
