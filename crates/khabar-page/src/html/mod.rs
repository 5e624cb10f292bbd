//! From markup to the pieces of a page, each judged to be the story or not.

mod align;
mod judge;
mod main_text;
mod segment;
mod structure;

pub(crate) use align::Extracted;
pub(crate) use judge::{Verdict, judge};
pub(crate) use main_text::{MainText, Trafilatura};
pub(crate) use segment::{Page, Piece, PieceKind};
