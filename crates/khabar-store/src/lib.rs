//! One SQLite file that keeps what was read: documents and records in, search and stories out.
//!
//! A reader's output is worth keeping: nobody wants to read an archive twice to ask it a second question. So everything that
//! is read goes into one file that any SQLite client can open. Its views (`sql/views.sql`) are the documented face: plain
//! rows, each with the words it rests on; its tables are packed, since the file may hold half as much again as the texts
//! and no more.
//!
//! A [`Store`] has one writer at a time and any number of readers, in this process and in others. Documents are known by a
//! hash of their input ([`DocumentKey`]), so that adding twice changes nothing, and every batch of documents is one
//! transaction, so that a kill at any moment leaves whole documents behind and nothing else.

// The helpers of the tests speak of this crate by its name.
#[cfg(test)]
extern crate self as khabar_store;

mod blocks;
mod claims;
mod day;
mod error;
mod filter;
mod furniture;
mod items;
mod key;
mod pack;
mod quick;
mod read;
mod records;
mod resolve;
mod rows;
mod search;
mod store;
mod stories;
mod terms;
mod timeline;
mod views;
mod who;
mod write;

pub use claims::{Claim, Rival};
pub use error::{Result, StoreError};
pub use filter::Filter;
pub use key::{DocumentKey, ParseKeyError};
pub use read::StoredDocument;
pub use records::Records;
pub use rows::{DocumentHead, Row, RowKind};
pub use search::{Hit, Passage, PassageKind};
pub use store::Store;
pub use stories::{Denied, Happening, Sayer, Story, StoryDocument, denials};
pub use timeline::{Entry, Timeline};
pub use who::{Bearer, Relation, Who};
pub use write::{Change, NewDocument};
