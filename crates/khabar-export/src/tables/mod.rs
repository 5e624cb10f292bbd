//! Records and stories as rows of tables: what Parquet and CSV are written from.
//!
//! Tables and columns bear the names of the store's views, so that a query written for one works on the other. Rows of
//! different tables are joined by `document`, `statement`, `event`, `story` and `happening`. Everywhere `start` and `end` count Unicode code points of
//! `documents.text`, and `words` are what stands there.

mod rows;
mod stories;

use std::borrow::Cow;

use jiff::civil::Date;

use crate::view::View;
use crate::{Result, StoryItem};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// Several texts.
    List,
    Integer,
    Number,
    Day,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Whether every row has a value.
    pub(crate) required: bool,
}

const fn must(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, required: true }
}

const fn may(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, required: false }
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'v> {
    None,
    Text(Cow<'v, str>),
    List(Vec<&'v str>),
    Integer(i64),
    Number(f64),
    Day(Date),
}

/// Where rows go.
pub(crate) type Take<'t> = dyn FnMut(&[Cell<'_>]) -> Result<()> + 't;

/// A table: its columns, and how its rows are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    rows: Source,
}

impl Table {
    /// Gives the rows of a record; a table of stories has none.
    pub(crate) fn write(&self, view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
        match self.rows {
            Record(rows) => rows(view, take),
            Story(_) => Ok(()),
        }
    }

    fn write_story(&self, story: &StoryItem, take: &mut Take<'_>) -> Result<()> {
        match self.rows {
            Story(rows) => rows(story, take),
            Record(_) => Ok(()),
        }
    }
}

/// What the rows of a table are made of.
#[derive(Clone, Copy, Debug)]
enum Source {
    Record(fn(&View<'_>, &mut Take<'_>) -> Result<()>),
    Story(fn(&StoryItem, &mut Take<'_>) -> Result<()>),
}

use Kind::{Day, Integer, List, Number, Text};
use Source::{Record, Story};

/// All tables.
pub(crate) static TABLES: [Table; 16] = [
    Table {
        name: "documents",
        columns: &[
            must("document", Text),
            must("id", Text),
            may("title", Text),
            may("outlet", Text),
            may("published", Day),
            may("language", Text),
            may("byline", List),
            may("source", Text),
            may("url", Text),
            may("origin", Text),
            may("origin_outlet", Text),
            may("story", Text),
            must("text", Text),
        ],
        rows: Record(rows::documents),
    },
    Table {
        name: "sentences",
        columns: &[
            must("document", Text),
            must("n", Integer),
            must("start", Integer),
            must("end", Integer),
            must("words", Text),
        ],
        rows: Record(rows::sentences),
    },
    Table {
        name: "entities",
        columns: &[
            must("document", Text),
            must("entity", Text),
            must("kind", Text),
            may("name_en", Text),
            may("name_ar", Text),
            may("country", Text),
            may("sectors", List),
            may("role", Text),
            may("wikidata", Text),
            may("geonames", Integer),
            may("lat", Number),
            may("lon", Number),
        ],
        rows: Record(rows::entities),
    },
    Table {
        name: "mentions",
        columns: &[
            must("document", Text),
            must("n", Integer),
            must("entity", Text),
            must("form", Text),
            must("start", Integer),
            must("end", Integer),
            must("words", Text),
        ],
        rows: Record(rows::mentions),
    },
    Table {
        name: "times",
        columns: &[
            must("document", Text),
            must("n", Integer),
            must("type", Text),
            must("value", Text),
            may("first", Text),
            may("after", Text),
            may("anchor", Text),
            must("start", Integer),
            must("end", Integer),
            must("words", Text),
        ],
        rows: Record(rows::times),
    },
    Table {
        name: "amounts",
        columns: &[
            must("document", Text),
            must("n", Integer),
            must("kind", Text),
            must("value", Number),
            may("high", Number),
            may("unit", Text),
            must("bound", Text),
            may("of", Text),
            must("start", Integer),
            must("end", Integer),
            must("words", Text),
        ],
        rows: Record(rows::amounts),
    },
    Table {
        name: "statements",
        columns: &[
            must("statement", Text),
            must("document", Text),
            must("stance", Text),
            must("kind", Text),
            must("manner", Text),
            may("source", Text),
            must("words", Text),
            may("cue", Text),
            may("lemma", Text),
            may("act", Text),
            may("cue_start", Integer),
            may("cue_end", Integer),
            may("medium", Text),
            may("within", Text),
            may("answers", Text),
            may("said_at", Integer),
            may("day", Day),
            must("rule", Text),
        ],
        rows: Record(rows::statements),
    },
    Table {
        name: "statement_parties",
        columns: PARTIES_OF_STATEMENT,
        rows: Record(rows::statement_parties),
    },
    Table {
        name: "statement_contents",
        columns: &[
            must("statement", Text),
            must("document", Text),
            must("k", Integer),
            must("start", Integer),
            must("end", Integer),
            must("words", Text),
        ],
        rows: Record(rows::statement_contents),
    },
    Table {
        name: "statement_chains",
        columns: &[
            must("statement", Text),
            must("document", Text),
            must("k", Integer),
            must("entity", Text),
        ],
        rows: Record(rows::statement_chains),
    },
    Table {
        name: "events",
        columns: &[
            must("event", Text),
            must("document", Text),
            must("type", Text),
            may("mode", Text),
            may("contexts", List),
            may("cameo", Text),
            must("status", Text),
            may("actors", Text),
            may("recipients", Text),
            must("trigger", Text),
            must("trigger_start", Integer),
            must("trigger_end", Integer),
            must("words", Text),
            must("start", Integer),
            must("end", Integer),
            may("time", Integer),
            may("day", Day),
            may("place", Text),
            may("according_to", Text),
            may("happening", Text),
            may("amounts", List),
            must("rule", Text),
        ],
        rows: Record(rows::events),
    },
    Table { name: "event_parties", columns: PARTIES_OF_EVENT, rows: Record(rows::event_parties) },
    Table {
        name: "stories",
        columns: &[
            must("story", Text),
            may("title", Text),
            may("first", Day),
            may("last", Day),
            must("documents", Integer),
            must("copies", Integer),
            may("outlets", List),
            may("countries", List),
            may("languages", List),
        ],
        rows: Story(stories::stories),
    },
    Table {
        name: "story_documents",
        columns: &[must("story", Text), must("document", Text), may("copy_of", Text)],
        rows: Story(stories::story_documents),
    },
    Table {
        name: "happenings",
        columns: &[
            must("happening", Text),
            may("story", Text),
            must("type", Text),
            may("mode", Text),
            may("day", Day),
            may("actors", List),
            may("recipients", List),
            may("place", Text),
            must("words", Text),
            must("reports", Integer),
            must("documents", Integer),
            must("copies", Integer),
            may("outlets", List),
            may("countries", List),
            must("first_document", Text),
            may("first_sources", List),
            must("denials", Integer),
        ],
        rows: Story(stories::happenings),
    },
    Table {
        name: "denials",
        columns: &[
            must("happening", Text),
            must("denial", Text),
            must("document", Text),
            may("day", Day),
            may("source", Text),
            must("words", Text),
        ],
        rows: Story(stories::denials),
    },
];

const PARTIES_OF_STATEMENT: &[Column] = &parties("statement");
const PARTIES_OF_EVENT: &[Column] = &parties("event");

const fn parties(of: &'static str) -> [Column; 10] {
    [
        must(of, Text),
        must("document", Text),
        must("role", Text),
        must("k", Integer),
        may("entity", Text),
        may("start", Integer),
        may("end", Integer),
        may("words", Text),
        may("country", Text),
        may("sector", Text),
    ]
}

/// A table as it is being written.
pub(crate) trait TableWriter: Sized {
    /// Begins a table in a folder.
    fn create(folder: &std::path::Path, table: &'static Table) -> Result<Self>;
    /// Writes a row, which has a cell for every column.
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<()>;
    /// Completes the table.
    fn finish(self) -> Result<()>;
}

/// All tables in a folder, one file each.
#[derive(Debug)]
pub(crate) struct Folder<W> {
    writers: Vec<(&'static Table, W)>,
}

impl<W: TableWriter> Folder<W> {
    pub(crate) fn create(folder: &std::path::Path) -> Result<Self> {
        crate::output::folder(folder)?;
        let writers = TABLES
            .iter()
            .map(|table| Ok((table, W::create(folder, table)?)))
            .collect::<Result<_>>()?;
        Ok(Self { writers })
    }

    /// Writes the rows of a record.
    pub(crate) fn write(&mut self, view: &View<'_>) -> Result<()> {
        self.each(|table, take| table.write(view, take))
    }

    /// Writes the rows of a story.
    pub(crate) fn write_story(&mut self, story: &StoryItem) -> Result<()> {
        self.each(|table, take| table.write_story(story, take))
    }

    fn each(&mut self, rows: impl Fn(&Table, &mut Take<'_>) -> Result<()>) -> Result<()> {
        self.writers.iter_mut().try_for_each(|(table, writer)| {
            rows(table, &mut |cells| {
                debug_assert_eq!(cells.len(), table.columns.len(), "{}", table.name);
                writer.row(cells)
            })
        })
    }

    pub(crate) fn finish(self) -> Result<()> {
        self.writers.into_iter().try_for_each(|(_, writer)| writer.finish())
    }
}
