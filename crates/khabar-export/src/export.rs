//! Choosing a format and sending records through it.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::annotation::Annotations;
use crate::csv::CsvTable;
use crate::ftm::FollowTheMoney;
use crate::gdelt::Gdelt;
use crate::output::Output;
use crate::parquet::ParquetTable;
use crate::polecat::Polecat;
use crate::tables::Folder;
use crate::view::View;
use crate::{Item, Result, StoryItem, ndjson};

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Parquet, one file a table in a folder.
    Parquet,
    /// The records themselves, one line each.
    Ndjson,
    /// CSV, one file a table in a folder.
    Csv,
    /// Events, Mentions and the Global Knowledge Graph as GDELT 2 has them, three files in a folder.
    Gdelt,
    /// Events as POLECAT has them.
    Polecat,
    /// Entities of FollowTheMoney, one line each.
    FollowTheMoney,
    /// A page of W3C Web Annotations.
    WebAnnotation,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] = [
        Self::Parquet,
        Self::Ndjson,
        Self::Csv,
        Self::Gdelt,
        Self::Polecat,
        Self::FollowTheMoney,
        Self::WebAnnotation,
    ];

    /// The name at the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Gdelt => "gdelt",
            Self::Polecat => "polecat",
            Self::FollowTheMoney => "ftm",
            Self::WebAnnotation => "webannotation",
        }
    }

    /// Whether it takes a folder of files rather than one file.
    pub const fn takes_folder(self) -> bool {
        matches!(self, Self::Parquet | Self::Csv | Self::Gdelt)
    }

    /// Whether it has tables of stories and happenings.
    pub const fn takes_stories(self) -> bool {
        matches!(self, Self::Parquet | Self::Csv)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| format!("{name:?} is no format of an export"))
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many documents.
    pub documents: u64,
    /// How many documents have no place in the format: they have no day of publication, and it goes by days.
    pub documents_left_out: u64,
    /// How many events have no place in the format: they did not happen, or lack the code that the format is about.
    pub events_left_out: u64,
}

/// An export under way. Nothing is at its place before [`Export::finish`].
pub struct Export {
    writer: Writer,
    summary: Summary,
}

enum Writer {
    Parquet(Folder<ParquetTable>),
    Ndjson(Output),
    Csv(Folder<CsvTable>),
    Gdelt(Box<Gdelt>),
    Polecat(Polecat),
    FollowTheMoney(FollowTheMoney),
    WebAnnotation(Annotations),
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export").field("summary", &self.summary).finish_non_exhaustive()
    }
}

impl Export {
    /// Begins an export to a folder or a file, as the format takes; a file may be `-` for standard output.
    pub fn create(format: Format, path: &Path) -> Result<Self> {
        let writer = match format {
            Format::Parquet => Writer::Parquet(Folder::create(path)?),
            Format::Csv => Writer::Csv(Folder::create(path)?),
            Format::Gdelt => Writer::Gdelt(Box::new(Gdelt::create(path)?)),
            Format::Ndjson => Writer::Ndjson(Output::create(path)?),
            Format::Polecat => Writer::Polecat(Polecat::create(Output::create(path)?)?),
            Format::FollowTheMoney => {
                Writer::FollowTheMoney(FollowTheMoney::create(Output::create(path)?)?)
            }
            Format::WebAnnotation => {
                Writer::WebAnnotation(Annotations::create(Output::create(path)?)?)
            }
        };
        Ok(Self { writer, summary: Summary::default() })
    }

    /// Writes all of a document.
    pub fn write(&mut self, item: &Item) -> Result<()> {
        let view = View::new(item);
        let left_out = match &mut self.writer {
            Writer::Parquet(tables) => tables.write(&view).map(|()| 0),
            Writer::Csv(tables) => tables.write(&view).map(|()| 0),
            Writer::Ndjson(out) => ndjson::write(out, item).map(|()| 0),
            Writer::Gdelt(gdelt) => {
                let Some(left_out) = gdelt.write(&view)? else {
                    self.summary.documents_left_out += 1;
                    return Ok(());
                };
                Ok(left_out)
            }
            Writer::Polecat(polecat) => polecat.write(&view),
            Writer::FollowTheMoney(entities) => entities.write(&view),
            Writer::WebAnnotation(annotations) => annotations.write(&view).map(|()| 0),
        }?;
        self.summary.documents += 1;
        self.summary.events_left_out += left_out;
        Ok(())
    }

    /// Writes a story and what happened in it; nothing where the format has no place for it.
    pub fn write_story(&mut self, story: &StoryItem) -> Result<()> {
        match &mut self.writer {
            Writer::Parquet(tables) => tables.write_story(story),
            Writer::Csv(tables) => tables.write_story(story),
            _ => Ok(()),
        }
    }

    /// Completes the files and moves them to their places.
    pub fn finish(self) -> Result<Summary> {
        match self.writer {
            Writer::Parquet(tables) => tables.finish(),
            Writer::Csv(tables) => tables.finish(),
            Writer::Ndjson(out) => out.finish(),
            Writer::Gdelt(gdelt) => gdelt.finish(),
            Writer::Polecat(polecat) => polecat.finish(),
            Writer::FollowTheMoney(entities) => entities.finish(),
            Writer::WebAnnotation(annotations) => annotations.finish(),
        }?;
        Ok(self.summary)
    }
}
