//! Events, Mentions and the Global Knowledge Graph in the columns of GDELT 2: tab-separated, without a header.
//!
//! The columns are GDELT's and so are their meanings, with these limits. What GDELT reckons from its own stream (tone,
//! confidence, themes, its places' identifiers) stays empty. Where an event has no day of its own the day of publication
//! stands in for it, as it does there. One occurrence is one row of Events when the store knows its happenings, however many
//! documents report it, and every report is a row of Mentions. The offsets count code points of khabar's text; with the
//! words themselves, the status and the statement that an event rests on they stand in the column `Extras` of Mentions.

pub(crate) mod codes;
mod events;
mod geo;
mod gkg;
mod mentions;

use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::Date;
use khabar_record::Event;

use crate::Result;
use crate::dyad::dyads;
use crate::output::{Output, folder};
use crate::view::{View, happened};
use codes::{Code, Codes};
use events::Events;

/// The three files.
#[derive(Debug)]
pub(crate) struct Gdelt {
    codes: Codes,
    events: Events,
    mentions: Output,
    gkg: Output,
    /// How many documents the knowledge graph has so far.
    documents: u64,
}

impl Gdelt {
    pub(crate) fn create(path: &Path) -> Result<Self> {
        folder(path)?;
        Ok(Self {
            codes: Codes::load()?,
            events: Events::create(path)?,
            mentions: Output::create_in(path, "khabar.mentions.CSV")?,
            gkg: Output::create_in(path, "khabar.gkg.csv")?,
            documents: 0,
        })
    }

    /// Writes a document and returns how many of its events were left out; `None` if all of it was. GDELT is a stream in time, in
    /// which a document without a day of publication has no place.
    pub(crate) fn write(&mut self, view: &View<'_>) -> Result<Option<u64>> {
        if view.record().document.published.is_none() {
            return Ok(None);
        }
        let mut left_out = 0;
        for event in &view.record().events {
            let Some(code) = code_of(event) else {
                left_out += 1;
                continue;
            };
            for dyad in dyads(event) {
                let row = events::row(view, event, dyad, code, &self.codes);
                let id = row.id;
                self.events.take(view, row)?;
                self.mentions.put(&mentions::row(view, event, dyad, id).finish::<16>())?;
            }
        }
        self.gkg.put(&gkg::row(view, self.documents).finish::<27>())?;
        self.documents += 1;
        Ok(Some(left_out))
    }

    pub(crate) fn finish(self) -> Result<()> {
        self.events.finish()?;
        self.mentions.finish()?;
        self.gkg.finish()
    }
}

/// The code of an event that happened.
fn code_of(event: &Event) -> Option<Code<'_>> {
    Code::parse(event.cameo.as_deref()?).filter(|_| happened(event))
}

/// A row as it is being written: cells without tabs and line breaks.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    line: String,
    count: usize,
}

impl Cells {
    fn next(&mut self) {
        if self.count > 0 {
            self.line.push('\t');
        }
        self.count += 1;
    }

    /// Adds a text; white space that would break the row becomes a space. Many readers take a quotation mark at the start of a
    /// cell for the start of a quoted cell and read on into the next rows, so that one becomes a typographic one.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.next();
        let text = match text.strip_prefix('"') {
            Some(rest) => {
                self.line.push('“');
                rest
            }
            None => text,
        };
        self.line.extend(text.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c }));
        self
    }

    /// Adds a value that has no white space.
    pub(crate) fn value(&mut self, value: impl std::fmt::Display) -> &mut Self {
        self.next();
        // Writing to a string can't fail.
        let _ = write!(self.line, "{value}");
        self
    }

    /// Adds a value, or an empty cell.
    pub(crate) fn maybe(&mut self, value: Option<impl std::fmt::Display>) -> &mut Self {
        match value {
            Some(value) => self.value(value),
            None => self.blank(1),
        }
    }

    /// Adds empty cells.
    pub(crate) fn blank(&mut self, count: usize) -> &mut Self {
        (0..count).for_each(|_| self.next());
        self
    }

    /// Ends the row, which must have `N` cells.
    pub(crate) fn finish<const N: usize>(mut self) -> Vec<u8> {
        assert_eq!(self.count, N, "a row has as many cells as its format has columns");
        self.line.push('\n');
        self.line.into_bytes()
    }
}

/// Line and paragraph separators, at which some readers break lines.
fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// A day as `YYYYMMDD`.
pub(crate) fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A day as the moment `YYYYMMDDHHMMSS` that it begins with.
pub(crate) fn moment(day: Date) -> String {
    compact(day) + "000000"
}
