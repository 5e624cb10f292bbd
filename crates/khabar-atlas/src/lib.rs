//! The world that news speaks of: states, people, organisations, outlets and places, with their names in Arabic and
//! English, their codes and the dates between which they hold.
//!
//! The lists are data files in `data/` that a person can edit. They are written by the authors of khabar from general
//! knowledge; where a list comes from somewhere else, its header says so. The build script checks them and compiles them
//! to one table, which [`Atlas`] looks names up in without parsing anything when a program starts.
//!
//! ```
//! use khabar_atlas::{Atlas, EntryKind, Sense};
//!
//! let found = Atlas::get().longest_at(&["الخارجيه", "الروسيه"]);
//! assert!(found.is_none_or(|found| found.words == 1));
//! let hit = Atlas::get().longest_at(&["الروسيه"]).and_then(|found| found.hits().next()).unwrap();
//! assert_eq!((hit.entry.country(), hit.sense), (Some("RUS"), Sense::Demonym));
//! ```

mod atlas;
mod entry;
mod key;
#[allow(dead_code, reason = "the build script writes what is read here")]
mod layout;
pub mod offices;
pub mod outlets;
pub mod places;
mod state_rows;
mod states;
mod table;

pub use atlas::{Atlas, Hit, Match, Sense};
pub use entry::{Entry, EntryKind, Office, PlaceKind};
pub use states::{Name, NameKind, State, state, states};
