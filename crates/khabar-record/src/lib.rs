//! The data model that every other crate of khabar shares.
//!
//! A page becomes an [`Article`]: clean text with what is known about it. An article becomes a [`Record`]: the same
//! document with entities, times, amounts, statements and events, each of which points at the words it rests on.
//!
//! Inside the program a span is a [`TextRange`], a pair of byte offsets into `document.text`, because that is what Rust
//! slices. Readers in other languages count code points, so a record is turned into `Record<CodePointRange>` before it is
//! written as JSON (`khabar-record/1`); the two cannot be mixed up, since only the latter can be serialised.
//! This crate holds types and the conversion between the two units, and no other logic.

mod article;
mod ids;
mod offset;
mod record;
mod units;

pub use article::{
    Article, Block, BlockKind, DateSource, Document, Furniture, FurnitureKind, Origin, OriginKind,
    PublishedTime,
};
pub use ids::{EntityId, EventId, ParseIdError, StatementId};
pub use offset::{CodePointRange, TextRange, TextSize};
pub use record::{
    Amount, Bound, Cue, Entity, EntityKind, Event, Manner, Medium, Mention, MentionForm, Party,
    Record, SCHEMA, Stance, Statement, StatementKind, Status, Time, TimeAnchor, TimeKind,
};
pub use units::{CodePointIndex, SpanError};

/// Returns the JSON Schema of one line of `khabar-record/1`.
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(Record<CodePointRange>)
}
