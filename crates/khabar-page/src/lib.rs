//! Bytes of a page to a clean article.
//!
//! A news page is mostly not news: of its bytes, a few per cent are the story, and what surrounds and interrupts the story
//! names people, quotes speech and reports events of its own. A reader that lets "READ ALSO: …" into its text makes false
//! records, and one that drops a lead paragraph loses true ones, so everything behind this crate depends on it.
//!
//! The way through: [`Inputs`] finds what there is to read; [`read_input`] decodes the bytes (pages lie about their
//! encoding), cuts what would hurt an HTML parser, takes the page apart into pieces, decides for each whether it is the
//! story or [furniture](khabar_record::Furniture), and lays the story out as text with blocks. Nothing is thrown away
//! without a trace: what is no story is kept as a typed piece with the place where it stood.
//!
//! Untrusted pages can make any HTML parser slow or deeply recursive; [`Guarded`] runs the step on threads that have the
//! stack for it and gives up on a page that takes too long.

mod assemble;
mod decode;
mod error;
mod furniture;
#[doc(hidden)]
pub mod fuzz;
mod guard;
mod html;
mod input;
mod meta;
mod options;
mod origin;
mod page;
mod text;
mod worker;

pub use error::{InputError, PageError};
pub use input::{GivenDocument, GivenMoment, Inputs, RawContent, RawInput};
pub use options::{Limits, PageOptions};
pub use page::{read_document, read_html, read_input, read_text};
pub use worker::{Guarded, WORKER_STACK};
