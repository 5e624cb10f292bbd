//! From markup to the pieces of a page, each judged to be the story or not.

mod align;
mod judge;
mod linked_data;
mod main_text;
mod plain;
mod segment;
mod story;
mod structure;

pub(crate) use segment::Page;
pub(crate) use story::story_of;
