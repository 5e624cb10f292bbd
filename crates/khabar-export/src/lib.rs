//! The formats that others use.
//!
//! What is read is of use to people whose tools were there before khabar: notebooks and warehouses take Parquet or CSV, event
//! data pipelines take GDELT or POLECAT files, investigators' tools take FollowTheMoney, annotation tools take
//! Web Annotations. [`Export`] writes any of them from a stream of records, one record at a time, so that an archive of any size
//! fits through.
//!
//! Every format carries the words that a row rests on, or their offsets in Unicode code points, where it has a place for them.
//! Formats that know facts only (GDELT, POLECAT, FollowTheMoney's events) get the events that happened and not those that
//! were denied, feared or announced: a column that others read as a fact must not hold a rumour. A field that khabar knows
//! nothing about stays empty, however usual it is to fill it.

mod annotation;
mod csv;
mod dyad;
mod error;
mod export;
mod ftm;
#[doc(hidden)]
pub mod fuzz;
mod gdelt;
mod ndjson;
mod output;
mod parquet;
mod polecat;
mod states;
mod story;
mod tables;
mod view;

pub use error::{ExportError, Result};
pub use export::{Export, Format, Summary};
pub use ndjson::read_records;
pub use story::{DenialItem, HappeningItem, StoryItem, StoryMember};
pub use view::Item;
