//! Stories: which documents tell of the same happening, which are near-copies, and what happened once however often it is told.
//!
//! | module | what it decides | of what |
//! |---|---|---|
//! | `near_copies` | whether two texts are all but the same | runs of three words |
//! | `marks`, `skeleton` | what a document is compared by | its record: entities, countries, amounts, events, words |
//! | `weigh` | how much two documents have in common | their marks, and how rare each is |
//! | `group` | which documents make a story | day by day, from the past alone |
//! | `happenings` | which events of a story are one occurrence | type, parties, day, place, amounts |
//! | `join` | which likely pairs make groups | the mean of their probabilities |
//! | `denials` | which happenings a denial is about | its words, the claim it answers |
//! | `rivals` | which numbers contradict each other | what they count, who gives them, place and day |
//! | `settle` | what must be decided anew | the days that something was added to |
//!
//! Nothing is translated: documents in two languages meet by what has no language.

mod ask;
mod denials;
mod fresh;
mod group;
mod happenings;
mod join;
mod marks;
pub(crate) mod near_copies;
mod reports;
mod rivals;
mod settle;
mod skeleton;
mod weigh;

use khabar_record::{Record, TimeAnchor};

use crate::day;

pub use ask::{Happening, Sayer, Story, StoryDocument};
pub use denials::{Denied, denials};

pub(crate) use ask::{stories, story};
pub(crate) use fresh::Fresh;
pub(crate) use marks::Marks;
pub(crate) use rivals::statement_around;
pub(crate) use settle::{forget, note, settle, waiting};

/// The day that a document belongs to: that of its publication, else the latest date in its text that does not hang on it.
pub(crate) fn day_of(record: &Record) -> Option<i64> {
    let told = || {
        let dates = record.times.iter().filter(|time| time.anchor == Some(TimeAnchor::Absolute));
        dates.filter_map(|time| day::of_start(time.start.as_deref()?)).max()
    };
    record.document.published.or_else(told).map(day::number)
}
